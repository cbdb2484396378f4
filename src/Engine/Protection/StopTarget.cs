using Granary.Engine.Orders;

namespace Granary.Engine.Protection;

/// <summary>The stop that a position needs.</summary>
/// <param name="OpeningId">Client order id of the entry.</param>
/// <param name="Side">Side of the stop: a sell for a long position.</param>
/// <param name="TriggerPrice">The guard's stop, on the tick, quote units.</param>
/// <param name="Size">Size of the position, base units, above 0.</param>
public sealed record StopTarget(string OpeningId, OrderSide Side, decimal TriggerPrice, decimal Size)
{
    /// <summary>Whether the account holds more in the symbol, which is not to be closed with it: the stop then names exactly the size. Default false.</summary>
    public bool IsShared { get; init; }
}
