using Granary.Engine.Features;
using Granary.Engine.Signals;
using Granary.Engine.Sizing;
using Granary.Grains.Strategies;

namespace Granary.Grains.Configuration;

/// <summary>One symbol's settings.</summary>
public sealed record SymbolSettings
{
    /// <summary>Upper-case symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>Bars and features, with the volume threshold in base units.</summary>
    public required PipelineOptions Pipeline { get; init; }

    /// <summary>
    /// Strategies that are asked, by name; default all: regime, momentum, reversion. Momentum alone is asked without a regime filter and without size
    /// factors. Mean reversion rests on the two others and needs both.
    /// </summary>
    public IReadOnlyList<string> Strategies { get; init; } = StrategyNames.All;

    /// <summary>Parameters of the strategies and of their combination.</summary>
    public SignalOptions Signals { get; init; } = new();

    /// <summary>What the regime multiplies sizes with.</summary>
    public RegimeFactors RegimeFactors { get; init; } = new();

    /// <summary>Accounts that the strategies' proposals go to, by name.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }
}
