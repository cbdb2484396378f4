namespace Granary.Exchange.Contracts;

/// <summary>A book at one moment, best levels first.</summary>
/// <param name="LastUpdateId">The u of the last diff contained.</param>
/// <param name="TimeMs">Market time.</param>
/// <param name="Bids">Bids, highest first.</param>
/// <param name="Asks">Asks, lowest first.</param>
public sealed record DepthSnapshot(long LastUpdateId, long TimeMs, IReadOnlyList<DepthLevel> Bids, IReadOnlyList<DepthLevel> Asks);
