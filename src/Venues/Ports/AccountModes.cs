namespace Granary.Venues.Ports;

/// <summary>What an account may do, and its modes.</summary>
/// <param name="FeeTier">The venue's tier.</param>
/// <param name="CanTrade">Whether orders are taken.</param>
/// <param name="IsHedgeMode">Whether long and short positions of a symbol are held at once; the engine needs false.</param>
/// <param name="IsMultiAssets">Whether other assets than the symbol's serve as margin; the engine needs false.</param>
public sealed record AccountModes(int FeeTier, bool CanTrade, bool IsHedgeMode, bool IsMultiAssets);
