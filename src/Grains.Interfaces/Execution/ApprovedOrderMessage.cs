using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Symbols;

namespace Granary.Grains.Interfaces.Execution;

/// <summary>An order that the risk gate approved.</summary>
[GenerateSerializer, Immutable, Alias("granary.ApprovedOrderMessage")]
public sealed class ApprovedOrderMessage
{
    /// <summary>Creates a message.</summary>
    public ApprovedOrderMessage(Approved<Order> approved, long receivedTimestamp)
    {
        Approved = approved;
        ReceivedTimestamp = receivedTimestamp;
    }

    /// <summary>The order; only the risk gate can make one.</summary>
    [Id(0)]
    public Approved<Order> Approved { get; }

    /// <summary>Monotonic timestamp of the frame that led here, or 0; measures tick to order.</summary>
    [Id(1)]
    public long ReceivedTimestamp { get; }

    /// <summary>Whether it may be placed with patience, if it is an exit; default false.</summary>
    [Id(2)]
    public bool IsPatient { get; init; }

    /// <summary>Best bid that the gate decided by, or null.</summary>
    [Id(3)]
    public decimal? BidPrice { get; init; }

    /// <summary>Best ask that the gate decided by, or null.</summary>
    [Id(4)]
    public decimal? AskPrice { get; init; }

    /// <summary>Price of the last trade that the gate decided by; 0, the default, when it is not told.</summary>
    [Id(5)]
    public decimal LastPrice { get; init; }

    /// <summary>Price that the strategy decided on; 0, the default, when it named none.</summary>
    [Id(6)]
    public decimal ReferencePrice { get; init; }

    /// <summary>The order book that the gate decided by, or null.</summary>
    [Id(7)]
    public DepthState? Depth { get; init; }

    /// <summary>Quantile of the recent bars' |price impact| (formulas §4.5), or null.</summary>
    [Id(8)]
    public double? PriceImpact { get; init; }
}
