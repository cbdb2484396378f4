using Granary.Engine.Signals;

namespace Granary.Grains.Interfaces.Strategies;

/// <summary>Closed bars with what the earlier signals said about them.</summary>
[GenerateSerializer, Immutable, Alias("granary.ReversionBatch")]
public sealed class ReversionBatch
{
    /// <summary>Creates a batch.</summary>
    public ReversionBatch(BarBatch bars, RegimeDecision[] regimes, MomentumDecision[] momentums)
    {
        Bars = bars;
        Regimes = regimes;
        Momentums = momentums;
    }

    /// <summary>The bars.</summary>
    [Id(0)]
    public BarBatch Bars { get; }

    /// <summary>The regime's decision about each bar.</summary>
    [Id(1)]
    public RegimeDecision[] Regimes { get; }

    /// <summary>Momentum's decision about each bar.</summary>
    [Id(2)]
    public MomentumDecision[] Momentums { get; }
}
