namespace Granary.Engine.Risk;

/// <summary>
/// Why the risk gate refused a proposal: what it means, and in the remarks what an operator can do. docs/reference/refusal-reasons.md is made from it. The
/// numbers are stable: they are journalled and never used again for something else.
/// </summary>
public enum RefusalReason
{
    /// <summary>The symbol is not one that this account trades, or its venue rules are not known yet.</summary>
    /// <remarks>
    /// Compare the symbol with the account's configuration and the venue's list; right after a start, wait until the venue's rules have been read.
    /// </remarks>
    UnknownSymbol = 1,

    /// <summary>The proposal names another account than the one this gate guards.</summary>
    /// <remarks>A wiring fault: look at the strategy's account in the configuration. Nothing was sent.</remarks>
    AccountMismatch = 2,

    /// <summary>
    /// Engine, account and strategy name do not make a valid client order id (too long, a character that the venue does not take), or its sequence numbers
    /// are used up.
    /// </summary>
    /// <remarks>Shorten or rename what the detail names, and restart; used-up numbers need another engine name.</remarks>
    NameInvalid = 3,

    /// <summary>The venue does not accept orders in this symbol now, exits included.</summary>
    /// <remarks>Look at the venue's announcements for the status named. A position in it can only be waited out or hedged elsewhere by hand.</remarks>
    SymbolNotTrading = 4,

    /// <summary>The proposal names more signals than a size is made of, or one without a name.</summary>
    /// <remarks>A fault of the strategy that proposed: nothing to do at night but to stop it.</remarks>
    SignalsInvalid = 5,

    /// <summary>The account is halted: it opens nothing until an operator resumes it.</summary>
    /// <remarks>Read the reason and resume once its cause is gone. Exits and cancels pass.</remarks>
    StateHalted = 10,

    /// <summary>The account only reduces positions.</summary>
    /// <remarks>Read the reason; resume when positions may be opened again.</remarks>
    StateReduceOnly = 11,

    /// <summary>The account is not yet reconciled with the venue: orders, position and fills are being compared, or the user stream is down.</summary>
    /// <remarks>Ends by itself. If it lasts longer than a minute, look at the stream and the last reconciliation.</remarks>
    StateRecovering = 12,

    /// <summary>The same intent has been approved before.</summary>
    /// <remarks>Nothing: this is how a repeated message is kept from becoming a second order.</remarks>
    DuplicateIntent = 13,

    /// <summary>The time until which the proposal was meant has passed before it was decided.</summary>
    /// <remarks>Nothing for one. Many mean that the engine is behind: look at its queues and its load.</remarks>
    ProposalExpired = 14,

    /// <summary>The newest trade or quote of the symbol is too old to trade on.</summary>
    /// <remarks>Look at the market stream of the symbol; a quiet symbol may need a higher <c>DataAgeMsMax</c>.</remarks>
    StaleData = 20,

    /// <summary>No price of the symbol is known.</summary>
    /// <remarks>Wait for the first trade; if none comes, look at the market stream.</remarks>
    NoPrice = 21,

    /// <summary>The account's equity is not known yet, or is not above zero.</summary>
    /// <remarks>Unknown: wait for the venue's balance, or look at the connection. Not above zero: there is nothing to trade with.</remarks>
    EquityUnknown = 22,

    /// <summary>The size comes from the ATR and there is none, or it is zero.</summary>
    /// <remarks>Wait until the strategy's bars have warmed up; a price that stands still has no ATR.</remarks>
    NoAtr = 23,

    /// <summary>A size factor (regime, signal strength, Kelly or multiplier) is zero or no number, so the size is zero.</summary>
    /// <remarks>The factor is in the detail. A Kelly factor of 0 comes from a <c>Kelly.Floor</c> of 0.</remarks>
    SizeZero = 24,

    /// <summary>The venue's clock and ours are too far apart to trust the age of market data.</summary>
    /// <remarks>Look at the machine's time synchronisation (NTP).</remarks>
    ClockSkew = 25,

    /// <summary>The best quotes are too far apart, or crossed.</summary>
    /// <remarks>Wait for the market to calm down; crossed quotes that last are a fault of the stream.</remarks>
    SpreadTooWide = 26,

    /// <summary>Too little is traded, measured by its usual intensity.</summary>
    /// <remarks>Wait. Exits pass.</remarks>
    ThinMarket = 27,

    /// <summary>The venue is in maintenance, or a configured maintenance window is open.</summary>
    /// <remarks>Wait for the time in the detail; remove the window if it is over early.</remarks>
    Maintenance = 28,

    /// <summary>The related market's order flow points the other way.</summary>
    /// <remarks>Nothing; the check is optional (<c>CrossMarketFlowMax</c>).</remarks>
    CrossMarketDisagrees = 29,

    /// <summary>The quantity is below the smallest the venue takes, or a size is below one lot step.</summary>
    /// <remarks>With a size made by the gate: the account is too small for the symbol, or what a cap leaves is.</remarks>
    QuantityBelowMin = 30,

    /// <summary>The quantity is above the largest the venue takes in one order.</summary>
    /// <remarks>Propose it in parts; a size made by the gate is cut by itself, an exit at market is placed in parts.</remarks>
    QuantityAboveMax = 31,

    /// <summary>The quantity is not a multiple of the lot step.</summary>
    /// <remarks>A fault of who gave the quantity: the gate denies, it does not round.</remarks>
    QuantityStep = 32,

    /// <summary>The limit price is missing, or not a multiple of the tick.</summary>
    /// <remarks>A fault of who gave the price: the gate denies, it does not round.</remarks>
    PriceTick = 33,

    /// <summary>The limit price is outside the range that the venue takes now.</summary>
    /// <remarks>Give a price nearer to the mark price.</remarks>
    PriceRange = 34,

    /// <summary>The order is worth less than the venue's minimum; orders that only reduce are exempt.</summary>
    /// <remarks>With a size made by the gate: the account is too small for the symbol, or what a cap leaves is.</remarks>
    NotionalBelowMin = 35,

    /// <summary>The order is worth more than the account allows in one order.</summary>
    /// <remarks>Propose less, or raise <c>NotionalMaxPerOrder</c>.</remarks>
    NotionalAboveMax = 36,

    /// <summary>The order's price is too far from the mark price.</summary>
    /// <remarks>A fat finger, or a book that has come loose: compare both prices before anything else.</remarks>
    DistanceFromMark = 37,

    /// <summary>The side, the order type or its time in force is not one that the venue takes together.</summary>
    /// <remarks>A fault of who proposed. Known are market orders, and limit orders that are GTC, IOC, FOK or GTX (post-only).</remarks>
    OrderTypeUnsupported = 38,

    /// <summary>The post-only order would take from the best opposite quote.</summary>
    /// <remarks>Propose a price behind the quote, or an order that may take.</remarks>
    PostOnlyWouldCross = 39,

    /// <summary>The position would be worth more than its share of equity.</summary>
    /// <remarks>Nothing, or raise <c>PositionEquityShareMax</c>. Orders in flight and of unknown outcome count.</remarks>
    PositionLimit = 40,

    /// <summary>All positions in this direction together would be worth more than their share of equity.</summary>
    /// <remarks>Nothing, or raise <c>DirectionEquityShareMax</c>. Orders in flight and of unknown outcome count.</remarks>
    DirectionLimit = 41,

    /// <summary>All positions together would be worth more than their multiple of equity.</summary>
    /// <remarks>Nothing, or raise <c>GrossNotionalEquityMax</c>.</remarks>
    GrossNotionalLimit = 42,

    /// <summary>The account's leverage, not counting unrealised profit, would be too high.</summary>
    /// <remarks>Nothing, or raise <c>LeverageMax</c>.</remarks>
    LeverageLimit = 43,

    /// <summary>The equity does not cover the initial margin and the fee of the order on top of what is already open.</summary>
    /// <remarks>Close something, deposit, or raise the leverage at the venue and <c>MarginLeverage</c> with it.</remarks>
    MarginInsufficient = 44,

    /// <summary>Too many orders are open.</summary>
    /// <remarks>Cancel what is not needed; foreign orders of the account count. `symbol=` in the detail means the venue's own count.</remarks>
    OpenOrdersLimit = 45,

    /// <summary>The position would be worth more than its absolute limit.</summary>
    /// <remarks>Nothing, or raise <c>PositionNotionalMax</c> (or the symbol's own).</remarks>
    PositionNotionalLimit = 46,

    /// <summary>Long less short notional, in the order's direction, would be above its absolute limit.</summary>
    /// <remarks>Nothing, or raise <c>NetNotionalMax</c>.</remarks>
    NetNotionalLimit = 47,

    /// <summary>All positions together would be worth more than their absolute limit.</summary>
    /// <remarks>Nothing, or raise <c>GrossNotionalMax</c>.</remarks>
    GrossNotionalAboveMax = 48,

    /// <summary>The position would be a larger multiple of equity than its symbol, or its volatility, allows.</summary>
    /// <remarks>Nothing, or raise <c>SymbolLeverageMax</c>; a cap by volatility rises by itself when the market calms down.</remarks>
    SymbolLeverageLimit = 49,

    /// <summary>The day's realised loss is above its share of the equity at 00:00 UTC: no entries until the next 00:00 UTC.</summary>
    /// <remarks>Nothing: later profit does not lift it, and neither does a restart.</remarks>
    DailyLoss = 50,

    /// <summary>A long losing streak paused entries.</summary>
    /// <remarks>Wait for the time in the detail; look at the strategy meanwhile.</remarks>
    LossStreakPause = 51,

    /// <summary>Equity, unrealised loss included, fell too far since 00:00 UTC: no entries until the next 00:00 UTC.</summary>
    /// <remarks>Look at the open positions: they carry the loss. A recovery does not lift it.</remarks>
    DailyTotalLoss = 52,

    /// <summary>Equity fell too far from the highest of 7 days: no entries until it has recovered, or the peak is past.</summary>
    /// <remarks>Decide by day whether to go on; <c>DrawdownStopAbove</c> and <c>DrawdownRestoreAt</c> are its bounds.</remarks>
    DrawdownStop = 53,

    /// <summary>There is no position to reduce.</summary>
    /// <remarks>Nothing: it has been closed already.</remarks>
    ReduceOnlyNoPosition = 60,

    /// <summary>The exit is on the wrong side, or larger than the position.</summary>
    /// <remarks>A fault of who proposed, or a position that changed meanwhile: compare with the venue.</remarks>
    ReduceOnlyWouldIncrease = 61,

    /// <summary>The symbol already has a position, or as many entries as allowed.</summary>
    /// <remarks>Nothing, or raise <c>EntriesPerSymbolMax</c>; an opposite entry needs the position closed first.</remarks>
    PositionAlreadyOpen = 62,

    /// <summary>An order that is still in flight, or whose outcome is unknown, already does this.</summary>
    /// <remarks>Nothing for seconds. If it lasts, look for the order named at the venue: unknown ones are asked for until the venue answers.</remarks>
    OrderInFlight = 63,

    /// <summary>The order would meet one of the account's own resting orders.</summary>
    /// <remarks>Cancel the resting order named in the detail.</remarks>
    SelfTrade = 64,

    /// <summary>The trigger price is missing, outside the venue's range, has too many decimals, or is not a multiple of the tick.</summary>
    /// <remarks>The position has no stop at the venue: set one by hand, or close it.</remarks>
    TriggerPrice = 65,

    /// <summary>The trigger price is on the wrong side of the market: the order would fire at once.</summary>
    /// <remarks>The stop is already passed: the position should be closed at market.</remarks>
    TriggerWouldFire = 66,

    /// <summary>Too many symbols would be held on one side.</summary>
    /// <remarks>Nothing, or raise <c>SymbolsPerSideMax</c>.</remarks>
    ConcentrationLimit = 70,

    /// <summary>What is held of a group of related symbols on one side would be worth more than its share of equity.</summary>
    /// <remarks>Nothing, or change the group named in the detail.</remarks>
    CorrelationLimit = 71,

    /// <summary>A move of prices against the book that is smaller than the limit would liquidate the account.</summary>
    /// <remarks>Reduce positions or deposit. <c>LiquidationDistanceMin</c> is the bound.</remarks>
    LiquidationDistance = 72,

    /// <summary>The account has sent so many orders lately that only exits may use what the venue still allows.</summary>
    /// <remarks>Wait a minute; if it lasts, find the strategy that sends so much.</remarks>
    OrderRate = 80,

    /// <summary>The account has sent as many orders as the venue allows in the time, exits included.</summary>
    /// <remarks>Wait seconds, up to a minute. A position that must go now can be closed at the venue by hand.</remarks>
    VenueOrderRate = 81,

    /// <summary>Too many of the account's orders end without a fill.</summary>
    /// <remarks>Find the strategy whose orders expire; the window forgets after <c>CancelFillWindowMs</c>.</remarks>
    CancelFillRatio = 82,

    /// <summary>The expected profit is too small a multiple of the fees of getting in and out.</summary>
    /// <remarks>Nothing: the trade is not worth its cost.</remarks>
    ProfitBelowFees = 90,

    /// <summary>The limit price has more decimals than the venue prints of prices.</summary>
    /// <remarks>The venue's tick and precision contradict each other, or are read wrongly: compare with its exchange information.</remarks>
    PricePrecision = 100,

    /// <summary>The quantity has more decimals than the venue prints of quantities.</summary>
    /// <remarks>The venue's step and precision contradict each other, or are read wrongly: compare with its exchange information.</remarks>
    QuantityPrecision = 101,
}
