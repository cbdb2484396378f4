namespace Granary.Simulation.Troubles;

/// <summary>What can befall a simulated engine.</summary>
internal enum TroubleKind
{
    /// <summary>Calls between grains take up to 50 ms, in the whole run.</summary>
    SlowCalls,

    /// <summary>One-way calls between grains are lost, in the whole run.</summary>
    LostNotices,

    /// <summary>Frames and requests take up to 200 ms, in the whole run.</summary>
    FarVenue,

    /// <summary>Order requests are executed and their answers lost.</summary>
    AnswersLost,

    /// <summary>Requests break before they are executed, and the client cannot know.</summary>
    RequestsLost,

    /// <summary>503 with -1007 after execution.</summary>
    UnknownAnswers,

    /// <summary>502 with a page that is no JSON.</summary>
    ServerErrors,

    /// <summary>503 with -1008: refused, not executed.</summary>
    Overloaded,

    /// <summary>429 with Retry-After.</summary>
    RateLimited,

    /// <summary>418 with Retry-After.</summary>
    Banned,

    /// <summary>Answers take up to three seconds.</summary>
    SlowAnswers,

    /// <summary>Frames take up to two seconds.</summary>
    SlowFrames,

    /// <summary>The venue's clock is off.</summary>
    ClockSkew,

    /// <summary>Snapshots of the book are old ones.</summary>
    StaleDepth,

    /// <summary>Answers about orders and positions are older than what the stream has told since.</summary>
    StaleAnswers,

    /// <summary>Answers are 200 with a page that is no JSON, orders' answers among them.</summary>
    PagesForAnswers,

    /// <summary>Answers and events have new fields, words that nobody knows, and empty balances.</summary>
    StrangeAnswers,

    /// <summary>The venue halts the symbol: no order, no change.</summary>
    TradingHalt,

    /// <summary>Public trades are lost, doubled or overtaken.</summary>
    TradesGarbled,

    /// <summary>The public streams fall silent.</summary>
    FeedGap,

    /// <summary>Order events of the user stream are lost.</summary>
    OrderEventsLost,

    /// <summary>Order events come twice.</summary>
    OrderEventsTwice,

    /// <summary>Order events are overtaken by later ones.</summary>
    OrderEventsLate,

    /// <summary>Every socket is cut.</summary>
    SocketsCut,

    /// <summary>The listen key ends, with or without a word.</summary>
    ListenKeyLost,

    /// <summary>A second program on the account closes the listen key.</summary>
    ListenKeyClosed,

    /// <summary>The account's change comes before the event of the order that made it.</summary>
    AccountBeforeOrder,

    /// <summary>No connection, no answer.</summary>
    Outage,

    /// <summary>The journal answers late.</summary>
    SlowDisk,

    /// <summary>A call that a grain waits for is not answered for minutes: its journal, or the venue past every time-out.</summary>
    StuckGrain,

    /// <summary>One single stream falls silent while the others go on.</summary>
    SilentStream,

    /// <summary>The engine is killed at some turn and started again.</summary>
    Kill,

    /// <summary>A second engine takes over while the first one still runs.</summary>
    Rival,

    /// <summary>Somebody trades on the same account.</summary>
    HandTrades,

    /// <summary>Somebody leaves an order resting on the same account.</summary>
    HandOrder,

    /// <summary>The price runs away.</summary>
    PriceMove,

    /// <summary>A position by hand far too large, and a fall: the venue liquidates the account.</summary>
    Liquidation,

    /// <summary>An operator halts the account and resumes it later.</summary>
    Halt,

    /// <summary>An operator has everything closed and resumes later.</summary>
    Flatten,

    /// <summary>An operator cancels every order.</summary>
    CancelAll,
}
