namespace Granary.Engine.Risk;

/// <summary>Why the risk gate refused a proposal. The numbers are stable: they are journalled and never used again for something else.</summary>
public enum RefusalReason
{
    /// <summary>The symbol is not one that this account trades, or its venue rules are not known yet.</summary>
    UnknownSymbol = 1,

    /// <summary>The proposal names another account than the one this gate guards.</summary>
    AccountMismatch = 2,

    /// <summary>Engine, account and strategy name do not make a valid client order id: too long, or a character that the venue does not take.</summary>
    NameInvalid = 3,

    /// <summary>The venue does not accept orders in this symbol now.</summary>
    SymbolNotTrading = 4,

    /// <summary>The proposal names more signals than a size is made of, or one without a name.</summary>
    SignalsInvalid = 5,

    /// <summary>The account is halted: it opens nothing until an operator resumes it.</summary>
    StateHalted = 10,

    /// <summary>The account only reduces positions.</summary>
    StateReduceOnly = 11,

    /// <summary>The account is not yet reconciled with the venue: orders, position and fills are being compared.</summary>
    StateRecovering = 12,

    /// <summary>The same intent has been approved before.</summary>
    DuplicateIntent = 13,

    /// <summary>The newest trade or quote of the symbol is too old to trade on.</summary>
    StaleData = 20,

    /// <summary>No price of the symbol is known.</summary>
    NoPrice = 21,

    /// <summary>The account's equity is not known yet, or is not above zero.</summary>
    EquityUnknown = 22,

    /// <summary>The size comes from the ATR and there is none, or it is zero.</summary>
    NoAtr = 23,

    /// <summary>A size factor (regime, signal strength or multiplier) is zero, so the size is zero.</summary>
    SizeZero = 24,

    /// <summary>The venue's clock and ours are too far apart to trust the age of market data.</summary>
    ClockSkew = 25,

    /// <summary>The best quotes are too far apart, or crossed.</summary>
    SpreadTooWide = 26,

    /// <summary>Too little is traded, measured by its usual intensity.</summary>
    ThinMarket = 27,

    /// <summary>The venue is in maintenance, or a configured maintenance window is open.</summary>
    Maintenance = 28,

    /// <summary>The related market's order flow points the other way.</summary>
    CrossMarketDisagrees = 29,

    /// <summary>The quantity is below the smallest the venue takes.</summary>
    QuantityBelowMin = 30,

    /// <summary>The quantity is above the largest the venue takes in one order.</summary>
    QuantityAboveMax = 31,

    /// <summary>The quantity is not a multiple of the lot step.</summary>
    QuantityStep = 32,

    /// <summary>The limit price is missing, or not a multiple of the tick.</summary>
    PriceTick = 33,

    /// <summary>The limit price is outside the range that the venue takes now.</summary>
    PriceRange = 34,

    /// <summary>The order is worth less than the venue's minimum; orders that only reduce are exempt.</summary>
    NotionalBelowMin = 35,

    /// <summary>The order is worth more than the account allows in one order.</summary>
    NotionalAboveMax = 36,

    /// <summary>The order's price is too far from the mark price.</summary>
    DistanceFromMark = 37,

    /// <summary>The side, the order type or its time in force is not one that the venue takes together.</summary>
    OrderTypeUnsupported = 38,

    /// <summary>The post-only order would take from the best opposite quote.</summary>
    PostOnlyWouldCross = 39,

    /// <summary>The position would be worth more than its share of equity.</summary>
    PositionLimit = 40,

    /// <summary>All positions in this direction together would be worth more than their share of equity.</summary>
    DirectionLimit = 41,

    /// <summary>All positions together would be worth more than their multiple of equity.</summary>
    GrossNotionalLimit = 42,

    /// <summary>The account's leverage, not counting unrealised profit, would be too high.</summary>
    LeverageLimit = 43,

    /// <summary>The equity does not cover the initial margin and the fee of the order on top of what is already open.</summary>
    MarginInsufficient = 44,

    /// <summary>Too many orders are open.</summary>
    OpenOrdersLimit = 45,

    /// <summary>The position would be worth more than its absolute limit.</summary>
    PositionNotionalLimit = 46,

    /// <summary>Long less short notional, in the order's direction, would be above its absolute limit.</summary>
    NetNotionalLimit = 47,

    /// <summary>All positions together would be worth more than their absolute limit.</summary>
    GrossNotionalAboveMax = 48,

    /// <summary>The position would be a larger multiple of equity than its symbol, or its volatility, allows.</summary>
    SymbolLeverageLimit = 49,

    /// <summary>The day's realised loss is above its share of the equity at 00:00 UTC: no entries until the next 00:00 UTC.</summary>
    DailyLoss = 50,

    /// <summary>A long losing streak paused entries.</summary>
    LossStreakPause = 51,

    /// <summary>Equity, unrealised loss included, fell too far since 00:00 UTC: no entries until the next 00:00 UTC.</summary>
    DailyTotalLoss = 52,

    /// <summary>Equity fell too far from the highest of 7 days: no entries until it has recovered, or the peak is past.</summary>
    DrawdownStop = 53,

    /// <summary>There is no position to reduce.</summary>
    ReduceOnlyNoPosition = 60,

    /// <summary>The exit is on the wrong side, or larger than the position.</summary>
    ReduceOnlyWouldIncrease = 61,

    /// <summary>The symbol already has a position.</summary>
    PositionAlreadyOpen = 62,

    /// <summary>An order that is still in flight, or whose outcome is unknown, already does this.</summary>
    OrderInFlight = 63,

    /// <summary>The order would meet one of the account's own resting orders.</summary>
    SelfTrade = 64,

    /// <summary>The trigger price is missing, outside the venue's range, or not a multiple of the tick.</summary>
    TriggerPrice = 65,

    /// <summary>The trigger price is on the wrong side of the market: the order would fire at once.</summary>
    TriggerWouldFire = 66,

    /// <summary>Too many symbols would be held on one side.</summary>
    ConcentrationLimit = 70,

    /// <summary>What is held of a group of related symbols on one side would be worth more than its share of equity.</summary>
    CorrelationLimit = 71,

    /// <summary>A move of prices against the book that is smaller than the limit would liquidate the account.</summary>
    LiquidationDistance = 72,

    /// <summary>The account has sent so many orders lately that only exits may use what the venue still allows.</summary>
    OrderRate = 80,

    /// <summary>The account has sent as many orders as the venue allows in the time.</summary>
    VenueOrderRate = 81,

    /// <summary>Too many of the account's orders end without a fill.</summary>
    CancelFillRatio = 82,

    /// <summary>The expected profit is too small a multiple of the fees of getting in and out.</summary>
    ProfitBelowFees = 90,
}
