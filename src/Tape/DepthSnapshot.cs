namespace Granary.Tape;

/// <summary>An order book as the REST endpoint gave it.</summary>
/// <param name="LastUpdateId">The last update contained.</param>
/// <param name="EventTimeMs">E: milliseconds since the Unix epoch, UTC; 0 on spot, which does not send it.</param>
/// <param name="TimeMs">T: transaction time, milliseconds since the Unix epoch, UTC; 0 on spot.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record DepthSnapshot(long LastUpdateId, long EventTimeMs, long TimeMs, DepthLevel[] Bids, DepthLevel[] Asks);
