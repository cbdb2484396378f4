using Granary.Engine.Orders;

namespace Granary.Engine.Execution.Placement;

/// <summary>What a working order needs done next. A default value is to wait for an event.</summary>
/// <param name="Kind">What.</param>
/// <param name="Type">Of the order to place.</param>
/// <param name="TimeInForce">Of the order to place.</param>
/// <param name="Quantity">Of the order to place, base units.</param>
/// <param name="Price">Of the order to place or to amend, quote units; null for a market order.</param>
/// <param name="Child">Number of the part to amend or cancel.</param>
/// <param name="LookAgainMs">When to ask again if nothing happens before, milliseconds since the Unix epoch, UTC; null for never.</param>
public readonly record struct PlacementStep(
    PlacementStepKind Kind, OrderType Type, TimeInForce TimeInForce, decimal Quantity, decimal? Price, int Child, long? LookAgainMs)
{
    internal static PlacementStep Wait(long? lookAgainMs) => new(PlacementStepKind.Wait, default, default, 0, null, 0, lookAgainMs);

    internal static PlacementStep Limit(TimeInForce timeInForce, decimal quantity, decimal price) =>
        new(PlacementStepKind.Place, OrderType.Limit, timeInForce, quantity, price, 0, null);

    internal static PlacementStep Market(decimal quantity) => new(PlacementStepKind.Place, OrderType.Market, TimeInForce.Gtc, quantity, null, 0, null);

    internal static PlacementStep Amend(int child, decimal price) => new(PlacementStepKind.Amend, OrderType.Limit, default, 0, price, child, null);

    internal static PlacementStep Cancel(int child) => new(PlacementStepKind.Cancel, default, default, 0, null, child, null);

    internal static PlacementStep End() => new(PlacementStepKind.End, default, default, 0, null, 0, null);
}
