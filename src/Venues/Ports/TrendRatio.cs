namespace Granary.Venues.Ports;

/// <summary>How two sides of the market stand to each other at a moment.</summary>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
/// <param name="Ratio">The long (or buying) side over the short (or selling) one.</param>
/// <param name="Long">Share of accounts or positions that are long; of takers the volume that they bought.</param>
/// <param name="Short">The other side.</param>
public readonly record struct TrendRatio(long TimeMs, decimal Ratio, decimal Long, decimal Short);
