namespace Granary.Engine.Orders;

/// <summary>Which price sets a trigger order off.</summary>
public enum WorkingPrice
{
    /// <summary>The last trade's.</summary>
    Last,

    /// <summary>The venue's mark price, which single prints do not move.</summary>
    Mark,
}
