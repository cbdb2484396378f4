namespace Granary.Tape;

/// <summary>Changes of an order book (depthUpdate); quantities are absolute.</summary>
/// <param name="FirstUpdateId">U: the first update contained.</param>
/// <param name="FinalUpdateId">u: the last update contained.</param>
/// <param name="PreviousFinalUpdateId">pu: the last update of the event before; -1 on spot, which does not send it.</param>
/// <param name="EventTimeMs">E: milliseconds since the Unix epoch, UTC.</param>
/// <param name="TimeMs">T: transaction time, milliseconds since the Unix epoch, UTC; the event time on spot, which does not send it.</param>
/// <param name="Bids">Changed bids as sent.</param>
/// <param name="Asks">Changed asks as sent.</param>
public sealed record DepthUpdate(
    long FirstUpdateId, long FinalUpdateId, long PreviousFinalUpdateId, long EventTimeMs, long TimeMs, DepthLevel[] Bids, DepthLevel[] Asks);
