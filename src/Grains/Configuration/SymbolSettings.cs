using Granary.Engine.Features;
using Granary.Engine.Protection;
using Granary.Engine.Rules;
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
    /// Strategies that are asked, by name: the engine's own signals, which are the default, and rules. Without the regime there is no filter and there are no
    /// size factors. Mean reversion rests on the two other signals and needs both.
    /// </summary>
    public IReadOnlyList<string> Strategies { get; init; } = StrategyNames.All;

    /// <summary>Parameters of the strategies and of their combination.</summary>
    public SignalOptions Signals { get; init; } = new();

    /// <summary>Parameters of rules; one that is asked and not listed has its defaults.</summary>
    public IReadOnlyList<RuleSpec> Rules { get; init; } = [];

    /// <summary>What the regime multiplies sizes with.</summary>
    public RegimeFactors RegimeFactors { get; init; } = new();

    /// <summary>
    /// Protection of the symbol's positions: the one source of the gate's sizes and planned stops, of the stop at the venue and of the stops that follow trades.
    /// </summary>
    public GuardParameters Guard { get; init; } = new();

    /// <summary>The market whose order flow entries are held against (formulas §4.5), a configured symbol; null, the default, for none.</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>Minutes of mark prices that the realised volatility looks back on; 2 to 10,080, default 60.</summary>
    public int VolatilityMinutes { get; init; } = 60;

    /// <summary>Whether exits are expected to rest and pay the maker fee, when profit is held against fees; default false: the engine leaves at market.</summary>
    public bool ExitsAreMaker { get; init; }

    /// <summary>The maker-only grid; default off.</summary>
    public GridSettings Grid { get; init; } = new();

    /// <summary>Accounts that the strategies' proposals go to, by name.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }
}
