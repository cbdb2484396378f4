namespace Granary.Exchange.Contracts;

/// <summary>Changed levels since the previous diff, with absolute quantities.</summary>
/// <param name="FirstUpdateId">U.</param>
/// <param name="LastUpdateId">u.</param>
/// <param name="PreviousUpdateId">pu: the u of the previous diff.</param>
/// <param name="TimeMs">Market time.</param>
/// <param name="Bids">Changed bids.</param>
/// <param name="Asks">Changed asks.</param>
public sealed record DepthDiff(
    long FirstUpdateId, long LastUpdateId, long PreviousUpdateId, long TimeMs, IReadOnlyList<DepthLevel> Bids, IReadOnlyList<DepthLevel> Asks);
