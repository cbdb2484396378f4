namespace Granary.Engine.Risk;

/// <summary>What a kill switch watches. The numbers are stable.</summary>
public enum IncidentKind
{
    /// <summary>The age of the oldest order of unknown outcome, milliseconds.</summary>
    UnknownOrder = 1,

    /// <summary>What venue and books differ by in a reconciliation, absolute notional, quote units.</summary>
    ReconcileDifference = 2,

    /// <summary>Drawdown from the highest equity of 7 days, a fraction.</summary>
    Drawdown = 3,

    /// <summary>The share that all prices may move against the book before it is liquidated; small is bad.</summary>
    LiquidationDistance = 4,

    /// <summary>Time since the account's user stream was last heard, milliseconds.</summary>
    StaleStream = 5,
}
