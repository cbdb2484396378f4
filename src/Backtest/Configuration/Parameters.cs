using Granary.Engine.Protection;
using Granary.Engine.Signals;

namespace Granary.Backtest.Configuration;

/// <summary>The numbers of a configuration that can be set by name, searched over and varied.</summary>
public static class Parameters
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        Momentum("ofiLookback", true, o => o.OfiLookback, (o, v) => o with { OfiLookback = (int)v }),
        Momentum("ofiThreshold", false, o => o.OfiThreshold, (o, v) => o with { OfiThreshold = v }),
        Momentum("deltaLookback", true, o => o.DeltaLookback, (o, v) => o with { DeltaLookback = (int)v }),
        Momentum("intensityThreshold", false, o => o.IntensityThreshold, (o, v) => o with { IntensityThreshold = v }),
        Momentum("largeTradeThreshold", false, o => o.LargeTradeThreshold, (o, v) => o with { LargeTradeThreshold = v }),
        Momentum("sizeRatio", false, o => o.SizeRatio, (o, v) => o with { SizeRatio = v }),
        Momentum("optionalNeeded", true, o => o.OptionalNeeded, (o, v) => o with { OptionalNeeded = (int)v }),
        Reversion("entryQuantile", false, o => o.EntryQuantile, (o, v) => o with { EntryQuantile = v }),
        Reversion("deviationExit", false, o => o.DeviationExit, (o, v) => o with { DeviationExit = v }),
        Reversion("ofiNeutral", false, o => o.OfiNeutral, (o, v) => o with { OfiNeutral = v }),
        Regime("extremeRatio", false, o => o.ExtremeRatio, (o, v) => o with { ExtremeRatio = v }),
        Regime("impactThreshold", false, o => o.ImpactThreshold, (o, v) => o with { ImpactThreshold = v }),
        Regime("highRatio", false, o => o.HighRatio, (o, v) => o with { HighRatio = v }),
        Guards("stopAtrMultiple", false, o => (double)o.StopAtrMultiple, (o, v) => o with { StopAtrMultiple = (decimal)v }),
        Guards("trailActivationAtrMultiple", false, o => (double)o.TrailActivationAtrMultiple, (o, v) => o with { TrailActivationAtrMultiple = (decimal)v }),
        Guards("trailAtrMultiple", false, o => (double)o.TrailAtrMultiple, (o, v) =>
            o with { TrailAtrMultiple = (decimal)v, TrailWideAtrMultiple = Math.Max(o.TrailWideAtrMultiple, (decimal)v) }),
        Guards("flowExitLevel", false, o => o.FlowExitLevel, (o, v) => o with { FlowExitLevel = v }),
        Guards("flowExitBars", true, o => o.FlowExitBars, (o, v) => o with { FlowExitBars = (int)v }),
        Guards("holdingBarsMax", true, o => o.HoldingBarsMax, (o, v) => o with { HoldingBarsMax = (int)v }),
        new("cross.fast", true, c => c.Cross.Fast, (c, v) => c with { Cross = c.Cross with { Fast = (int)v } }),
        new("cross.slow", true, c => c.Cross.Slow, (c, v) => c with { Cross = c.Cross with { Slow = (int)v } }),
        new("seed", true, c => c.Seed, (c, v) => c with { Seed = (int)v }),
        new("volumeThreshold", false, c => (double)(c.VolumeThreshold ?? 0), (c, v) => c with { VolumeThreshold = decimal.Round((decimal)v, 8) }),
        new("execution.slippageScale", false, c => (double)c.Execution.SlippageScale, (c, v) =>
            c with { Execution = c.Execution with { SlippageScale = (decimal)v } }),
    ];

    /// <summary>The parameters that a strategy decides by.</summary>
    public static IReadOnlyList<Parameter> Of(StrategyKind strategy) => [.. All.Where(p => Belongs(p.Name, strategy))];

    /// <summary>The parameter of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static Parameter Find(string name) =>
        All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"there is no parameter '{name}'; there are: {string.Join(", ", All.Select(p => p.Name))}");

    /// <summary>Sets a parameter; a whole number is rounded.</summary>
    /// <exception cref="ArgumentException">There is no such parameter, or the value is no number that fits.</exception>
    public static RunConfig Set(RunConfig config, string name, double value)
    {
        var parameter = Find(name);
        if (!double.IsFinite(value) || Math.Abs(value) > 1e9)
            throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected a number"));
        return parameter.With(config, parameter.IsWhole ? Math.Round(value) : value);
    }

    private static bool Belongs(string parameter, StrategyKind strategy) => strategy switch
    {
        StrategyKind.Signals => parameter.StartsWith("momentum.", StringComparison.Ordinal) || parameter.StartsWith("guards.", StringComparison.Ordinal)
            || parameter.StartsWith("reversion.", StringComparison.Ordinal) || parameter.StartsWith("regime.", StringComparison.Ordinal),
        StrategyKind.Cross => parameter.StartsWith("cross.", StringComparison.Ordinal),
        _ => false,
    };

    private static Parameter Momentum(string name, bool isWhole, Func<MomentumOptions, double> get, Func<MomentumOptions, double, MomentumOptions> with) => new(
        "momentum." + name, isWhole, c => get(c.Decision.Signals.Momentum),
        (c, v) => Signals(c, c.Decision.Signals with { Momentum = with(c.Decision.Signals.Momentum, v) }));

    private static Parameter Reversion(
        string name, bool isWhole, Func<ReversionOptions, double> get, Func<ReversionOptions, double, ReversionOptions> with) => new(
        "reversion." + name, isWhole, c => get(c.Decision.Signals.Reversion),
        (c, v) => Signals(c, c.Decision.Signals with { Reversion = with(c.Decision.Signals.Reversion, v) }));

    private static Parameter Regime(string name, bool isWhole, Func<RegimeOptions, double> get, Func<RegimeOptions, double, RegimeOptions> with) => new(
        "regime." + name, isWhole, c => get(c.Decision.Signals.Regime),
        (c, v) => Signals(c, c.Decision.Signals with { Regime = with(c.Decision.Signals.Regime, v) }));

    private static Parameter Guards(string name, bool isWhole, Func<GuardParameters, double> get, Func<GuardParameters, double, GuardParameters> with) => new(
        "guards." + name, isWhole, c => get(c.Guards), (c, v) => c with { Guards = with(c.Guards, v) });

    private static RunConfig Signals(RunConfig config, SignalOptions signals) => config with { Decision = config.Decision with { Signals = signals } };
}
