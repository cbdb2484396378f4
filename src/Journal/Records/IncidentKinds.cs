namespace Granary.Journal.Records;

/// <summary>
/// The kinds of incidents: what each means and, in the remarks, what an operator can do. docs/reference/incidents.md is made from it. The names are stable.
/// </summary>
public static class IncidentKinds
{
    /// <summary>The state of an account in force changed: Recovering, Active, ReduceOnly or Halted.</summary>
    /// <remarks>Read the reason. Recovering ends by itself; what a stop brought about ends when an operator resumes the account.</remarks>
    public const string AccountState = "AccountState";

    /// <summary>The venue deleveraged the position to end somebody else's liquidation (ADL).</summary>
    /// <remarks>The account is halted. Compare the position with what the strategies should hold, then resume.</remarks>
    public const string Deleveraging = "Deleveraging";

    /// <summary>The venue did not take the countdown that cancels resting orders should the engine fall silent.</summary>
    /// <remarks>It is sent again every second. If it stays, look at the connection; cancel resting orders if the engine is to be left alone.</remarks>
    public const string DeadMansSwitch = "DeadMansSwitch";

    /// <summary>An operator stopped or resumed the whole engine.</summary>
    /// <remarks>Nothing; this is the record of it.</remarks>
    public const string EngineStop = "EngineStop";

    /// <summary>A rule (daily loss, drawdown, losing streak) began or ceased to stop entries.</summary>
    /// <remarks>Entries come back by themselves as the rule says. Do not resize by hand what the rule is there to stop.</remarks>
    public const string EntryRule = "EntryRule";

    /// <summary>The market feed agrees with the backup venues again.</summary>
    /// <remarks>Nothing.</remarks>
    public const string FeedAgreeing = "FeedAgreeing";

    /// <summary>Feed and backups are silent.</summary>
    /// <remarks>Look at the machine's network. Nothing is opened; positions rest on their stops at the venue.</remarks>
    public const string FeedAllStale = "FeedAllStale";

    /// <summary>The market feed's prices and those of the backups lie too far apart.</summary>
    /// <remarks>Compare with the venue's own site. Entries are refused; reduce by hand if the feed is the one that is wrong.</remarks>
    public const string FeedDiverging = "FeedDiverging";

    /// <summary>The market feed is silent while a backup is not.</summary>
    /// <remarks>Look at the stream's connection. Positions are guarded by the backup's prices meanwhile.</remarks>
    public const string FeedStale = "FeedStale";

    /// <summary>No backup speaks, so nobody vouches for the feed.</summary>
    /// <remarks>Look at the backups' connections; the feed itself goes on.</remarks>
    public const string FeedUnverified = "FeedUnverified";

    /// <summary>Fills that no event of the user stream told were found in the venue's history and booked.</summary>
    /// <remarks>Nothing for a few after a reconnection. Many while the stream is up mean that it loses events: have it reconnect, tell the venue.</remarks>
    public const string FillsMissed = "FillsMissed";

    /// <summary>A flatten is done: every order cancelled, every position closed.</summary>
    /// <remarks>The account stays halted. Resume it when its cause is gone.</remarks>
    public const string Flattened = "Flattened";

    /// <summary>An open order that the engine did not place was found.</summary>
    /// <remarks>Find out who trades on the account. `Engine:ForeignOrders` says whether it is cancelled with the rest.</remarks>
    public const string ForeignOrder = "ForeignOrder";

    /// <summary>A waiting trigger order that the engine did not place was found.</summary>
    /// <remarks>It is left alone, and may close a position over the engine's head: cancel it at the venue unless it is meant.</remarks>
    public const string ForeignTrigger = "ForeignTrigger";

    /// <summary>A grain that was stuck answers again.</summary>
    /// <remarks>Nothing. An account that was halted because of it is resumed by an operator.</remarks>
    public const string GrainAnswers = "GrainAnswers";

    /// <summary>A grain does not answer. It is begun anew where that is safe; otherwise the accounts that trade with it are halted.</summary>
    /// <remarks>Read what was done. After a halt: compare orders and position at the venue, restart the silo, then resume the account.</remarks>
    public const string GrainStuck = "GrainStuck";

    /// <summary>An operator paused or resumed a grid.</summary>
    /// <remarks>Nothing; this is the record of it.</remarks>
    public const string GridCommand = "GridCommand";

    /// <summary>The venue did not take the leverage that a grid aims at.</summary>
    /// <remarks>It is tried again; until then the grid trades with the old one, and not at all where none is known. Look at the venue's message.</remarks>
    public const string GridLeverage = "GridLeverage";

    /// <summary>Many post-only orders of a grid in a row were refused because they would take.</summary>
    /// <remarks>Compare the quotes that the engine sees with the venue's: stale ones are the usual cause. Pause the grid if it stays.</remarks>
    public const string GridRejected = "GridRejected";

    /// <summary>A grid's state could not be read after a restart.</summary>
    /// <remarks>Its levels were made anew and what it holds was given back to its rungs by the ids of its orders. Look at the ladder; report the damage.</remarks>
    public const string GridStateLost = "GridStateLost";

    /// <summary>A trigger of the kill switch stopped an account.</summary>
    /// <remarks>Read the measure and its threshold; resume when its cause is understood.</remarks>
    public const string KillSwitch = "KillSwitch";

    /// <summary>The venue liquidated a position, or a part of it.</summary>
    /// <remarks>The account is halted. Look at its margin and at the limits that let it come to this before resuming.</remarks>
    public const string Liquidation = "Liquidation";

    /// <summary>The market stream is connected again.</summary>
    /// <remarks>Nothing; what was missed is fetched.</remarks>
    public const string MarketStreamConnected = "MarketStreamConnected";

    /// <summary>The market stream was lost.</summary>
    /// <remarks>It reconnects by itself. If it stays away, look at the network and at the venue's status.</remarks>
    public const string MarketStreamLost = "MarketStreamLost";

    /// <summary>An operator's command and its outcome.</summary>
    /// <remarks>Nothing; this is the record of it. Where the outcome is unknown, look at the account.</remarks>
    public const string OperatorCommand = "OperatorCommand";

    /// <summary>An order stood otherwise in the books than at the venue, whose word was taken.</summary>
    /// <remarks>Nothing; an event was lost or is late.</remarks>
    public const string OrderDiffers = "OrderDiffers";

    /// <summary>The venue does not have an order of the books; it was ended.</summary>
    /// <remarks>Nothing for one whose request got lost. For one that rested, look at the venue's order history.</remarks>
    public const string OrderGone = "OrderGone";

    /// <summary>The outcome of an unknown order was found out by asking.</summary>
    /// <remarks>Nothing.</remarks>
    public const string OrderResolved = "OrderResolved";

    /// <summary>An order that counted as over turned out to be open at the venue, and is followed again.</summary>
    /// <remarks>Cancel it if it is not wanted any more.</remarks>
    public const string OrderRevived = "OrderRevived";

    /// <summary>An order or a cancel was sent and not answered.</summary>
    /// <remarks>It is asked for and never sent again. If it stays unknown for minutes, look for it at the venue by its client id.</remarks>
    public const string OrderUnknown = "OrderUnknown";

    /// <summary>Order after order that may only rest was refused, because the market stood at its price; the order is not placed yet.</summary>
    /// <remarks>Nothing while it is placed further away. If it happens often, raise the distance or the time of `Placement`, or look at how old the quotes are.</remarks>
    public const string PlacementStuck = "PlacementStuck";

    /// <summary>The venue's position differed and no fill explains it: the difference was booked as a synthetic fill.</summary>
    /// <remarks>Look at the venue's trade history for what happened. The wallet's difference is booked as other flow.</remarks>
    public const string PositionDiffers = "PositionDiffers";

    /// <summary>A queue is long, or grows towards its bound.</summary>
    /// <remarks>Look at what it feeds: the disk for the journal, the processor for trades. Its bound says what happens when it is full.</remarks>
    public const string QueueGrowing = "QueueGrowing";

    /// <summary>A queue that was long is short again.</summary>
    /// <remarks>Nothing.</remarks>
    public const string QueueShort = "QueueShort";

    /// <summary>The tape could not be written.</summary>
    /// <remarks>Look at the disk. Trading goes on.</remarks>
    public const string RecordingFailed = "RecordingFailed";

    /// <summary>The venue settled the contract.</summary>
    /// <remarks>The account is halted. Take the symbol out of the configuration, then resume.</remarks>
    public const string Settlement = "Settlement";

    /// <summary>A stop stood otherwise in the books than at the venue, whose word was taken.</summary>
    /// <remarks>Nothing; see that the position has one stop.</remarks>
    public const string StopDiffers = "StopDiffers";

    /// <summary>A stop of this engine was at the venue and in no book; it was taken over.</summary>
    /// <remarks>Nothing after a loss of the journal. Otherwise see whether a second engine runs under the same name.</remarks>
    public const string StopFound = "StopFound";

    /// <summary>The venue ended a stop while its position is open; another one is placed.</summary>
    /// <remarks>See that the position has a stop; find out who cancelled it.</remarks>
    public const string StopLost = "StopLost";

    /// <summary>The venue does not have a stop of the books; another one is placed.</summary>
    /// <remarks>See that the position has a stop.</remarks>
    public const string StopMissing = "StopMissing";

    /// <summary>The venue, or the gate, refused a stop.</summary>
    /// <remarks>Read what was done: the position is left at market, or guarded by the engine alone. Place a stop by hand if the engine is to be stopped.</remarks>
    public const string StopRefused = "StopRefused";

    /// <summary>A stop was sent and not answered.</summary>
    /// <remarks>It is asked for. The engine's own stop stands meanwhile.</remarks>
    public const string StopUnknown = "StopUnknown";

    /// <summary>A stream that was silent is heard again.</summary>
    /// <remarks>Nothing; entries are allowed again.</remarks>
    public const string StreamHeard = "StreamHeard";

    /// <summary>A stream was subscribed and says nothing, although the venue has something to say. Entries in the symbol are refused.</summary>
    /// <remarks>It is subscribed anew every few seconds. If it stays, look at the venue's notices: streams move to other addresses.</remarks>
    public const string StreamSilent = "StreamSilent";

    /// <summary>A real fill turned up that the position contained already as a synthetic one, which it replaced.</summary>
    /// <remarks>Nothing; the position did not move.</remarks>
    public const string SyntheticReplaced = "SyntheticReplaced";

    /// <summary>A tape was damaged; it was moved aside and a new one begun.</summary>
    /// <remarks>Keep the moved file if the hours in it are wanted; look at the disk.</remarks>
    public const string TapeDamaged = "TapeDamaged";

    /// <summary>The replayed tape of a symbol could not be read on.</summary>
    /// <remarks>Check the file named; the symbol's market has stopped.</remarks>
    public const string TapeFailed = "TapeFailed";

    /// <summary>Trades are missing that the venue cannot show any more; the running bar is incomplete.</summary>
    /// <remarks>Nothing; no strategy fires on that bar.</remarks>
    public const string TradesMissing = "TradesMissing";

    /// <summary>Trades were left out of the tape because the recorder's queue was full.</summary>
    /// <remarks>Look at the disk's speed. Trading goes on.</remarks>
    public const string TradesNotRecorded = "TradesNotRecorded";

    /// <summary>Trades that the stream did not bring were fetched over REST, in order.</summary>
    /// <remarks>Nothing.</remarks>
    public const string TradesRefilled = "TradesRefilled";

    /// <summary>The user stream is connected again.</summary>
    /// <remarks>Nothing; books and venue are compared.</remarks>
    public const string UserStreamConnected = "UserStreamConnected";

    /// <summary>The user stream was lost; nothing is opened.</summary>
    /// <remarks>It reconnects by itself. If it stays away, look at the network, the API key and the venue's status.</remarks>
    public const string UserStreamLost = "UserStreamLost";

    /// <summary>The venue's wallet differs from the books and no fill explains it; booked as other flow.</summary>
    /// <remarks>Compare with the venue's income history: a transfer, a fee in another asset, or what a synthetic fill could not know.</remarks>
    public const string WalletDifference = "WalletDifference";
}
