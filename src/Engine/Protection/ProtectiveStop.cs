using Granary.Engine.Orders;

namespace Granary.Engine.Protection;

/// <summary>One stop of ours at the venue.</summary>
/// <param name="ClientId">Its deterministic id (<see cref="ProtectiveStopId"/>).</param>
/// <param name="Side">Side of the order that it becomes.</param>
/// <param name="TriggerPrice">Quote units.</param>
/// <param name="Quantity">Base units; null for the whole position.</param>
/// <param name="State">Where it stands.</param>
/// <param name="VenueId">The venue's id; 0 until known.</param>
/// <param name="UpdatedMs">Engine time of the state, milliseconds since the Unix epoch, UTC.</param>
public sealed record ProtectiveStop(
    string ClientId, OrderSide Side, decimal TriggerPrice, decimal? Quantity, ProtectiveStopState State, long VenueId, long UpdatedMs)
{
    /// <summary>Whether it covers a position of this size.</summary>
    /// <param name="size">Base units, above 0.</param>
    public bool Covers(decimal size) => Quantity is null || Quantity >= size;

    /// <summary>Whether it waits for its price, as far as is known.</summary>
    public bool MayWait => State is ProtectiveStopState.Pending or ProtectiveStopState.Unknown or ProtectiveStopState.Resting or ProtectiveStopState.Canceling;
}
