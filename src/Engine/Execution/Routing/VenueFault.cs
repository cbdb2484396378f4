namespace Granary.Engine.Execution.Routing;

/// <summary>Why a venue is not considered.</summary>
public enum VenueFault
{
    /// <summary>It is not connected or takes no orders.</summary>
    Unhealthy = 1,

    /// <summary>Its book was not heard of for too long.</summary>
    StaleBook = 2,

    /// <summary>Its book has no level to take from.</summary>
    EmptyBook = 3,

    /// <summary>Its latency was not measured.</summary>
    LatencyUnknown = 4,

    /// <summary>Its step or smallest notional is more than the whole order.</summary>
    BelowMinimum = 5,
}
