using Granary.Engine.Risk;

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
}
