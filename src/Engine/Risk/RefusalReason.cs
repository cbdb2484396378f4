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

    /// <summary>The day's realised loss is above its share of the equity at 00:00 UTC: no entries until the next 00:00 UTC.</summary>
    DailyLoss = 50,

    /// <summary>A long losing streak paused entries.</summary>
    LossStreakPause = 51,

    /// <summary>There is no position to reduce.</summary>
    ReduceOnlyNoPosition = 60,

    /// <summary>The exit is on the wrong side, or larger than the position.</summary>
    ReduceOnlyWouldIncrease = 61,

    /// <summary>The symbol already has a position.</summary>
    PositionAlreadyOpen = 62,

    /// <summary>An order that is still in flight, or whose outcome is unknown, already does this.</summary>
    OrderInFlight = 63,
}
