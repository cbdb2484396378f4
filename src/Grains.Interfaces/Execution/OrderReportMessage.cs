using Granary.Engine.Orders;

namespace Granary.Grains.Interfaces.Execution;

/// <summary>An order event of the venue.</summary>
[GenerateSerializer, Immutable, Alias("granary.OrderReportMessage")]
public sealed class OrderReportMessage
{
    /// <summary>Creates a message.</summary>
    public OrderReportMessage(OrderReport report) => Report = report;

    /// <summary>What the venue said.</summary>
    [Id(0)]
    public OrderReport Report { get; }
}
