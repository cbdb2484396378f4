namespace Granary.Engine.Bars;

/// <summary>A volume bar that is being built.</summary>
/// <param name="Index">The index that it will have.</param>
/// <param name="OpenTimeMs">Time of its first trade, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Open">Price of its first trade, quote units.</param>
/// <param name="High">Highest price so far.</param>
/// <param name="Low">Lowest price so far.</param>
/// <param name="Close">Price of its last trade so far.</param>
/// <param name="Volume">Volume so far, base units.</param>
/// <param name="Threshold">Volume at which it closes, base units.</param>
public sealed record OpenVolumeBar(
    long Index, long OpenTimeMs, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume, decimal Threshold);
