using Granary.Engine.Features;

namespace Granary.Grains.Interfaces.Strategies;

/// <summary>Closed bars with their features, ascending, without a hole.</summary>
[GenerateSerializer, Immutable, Alias("granary.BarBatch")]
public sealed class BarBatch
{
    /// <summary>Creates a batch.</summary>
    public BarBatch(FeatureBar[] bars, BarSeries series, bool restart)
    {
        Bars = bars;
        Series = series;
        Restart = restart;
    }

    /// <summary>One or more bars.</summary>
    [Id(0)]
    public FeatureBar[] Bars { get; }

    /// <summary>Older bars do not exist any more: start afresh with the first of these.</summary>
    [Id(1)]
    public bool Restart { get; }

    /// <summary>What the bars belong to.</summary>
    [Id(2)]
    public BarSeries Series { get; }
}
