using Granary.Engine.Bars;

namespace Granary.Grains.Interfaces.Symbols;

/// <summary>A volume bar that is being built: <see cref="OpenVolumeBar"/> for the way between hosts.</summary>
/// <param name="Index">The index that it will have.</param>
/// <param name="OpenTimeMs">Time of its first trade, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Open">Price of its first trade, quote units.</param>
/// <param name="High">Highest price so far.</param>
/// <param name="Low">Lowest price so far.</param>
/// <param name="Close">Price of its last trade so far.</param>
/// <param name="Volume">Volume so far, base units.</param>
/// <param name="Threshold">Volume at which it closes, base units.</param>
[GenerateSerializer, Immutable, Alias("granary.RunningBarView")]
public sealed record RunningBarView(
    [property: Id(0)] long Index,
    [property: Id(1)] long OpenTimeMs,
    [property: Id(2)] decimal Open,
    [property: Id(3)] decimal High,
    [property: Id(4)] decimal Low,
    [property: Id(5)] decimal Close,
    [property: Id(6)] decimal Volume,
    [property: Id(7)] decimal Threshold)
{
    /// <summary>What the kernel says.</summary>
    public static RunningBarView From(OpenVolumeBar bar) =>
        new(bar.Index, bar.OpenTimeMs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.Threshold);
}
