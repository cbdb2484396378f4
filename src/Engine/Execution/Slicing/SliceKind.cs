namespace Granary.Engine.Execution.Slicing;

/// <summary>How an order is spread.</summary>
public enum SliceKind
{
    /// <summary>Evenly over time.</summary>
    Twap = 1,

    /// <summary>Over time as the market's volume is expected to come, by the learned curve; evenly while there is none.</summary>
    Vwap = 2,

    /// <summary>One visible part at a time; the next one follows when it is filled.</summary>
    Iceberg = 3,
}
