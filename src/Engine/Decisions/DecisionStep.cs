using Granary.Engine.Features;
using Granary.Engine.Rules;
using Granary.Engine.Signals;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Decisions;

/// <summary>
/// The step from a closed bar to what it leads to, the same wherever it runs: all signals and rules, the combination, the inputs of protection, and the entry that is
/// asked of risk. Takes every bar once, in order. A snapshot at any bar continues bit for bit. Not safe for concurrent use.
/// </summary>
public sealed class DecisionStep
{
    private readonly DecisionOptions _options;
    private readonly BarRule[] _rules;
    private readonly bool _asksRegime;
    private readonly bool _asksMomentum;
    private readonly bool _asksReversion;
    private SignalSet _signals;
    private ProtectionInputs _protection;

    /// <summary>The step before its first bar.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public DecisionStep(DecisionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _signals = new SignalSet(options.Signals);
        _rules = [.. options.AskedRules.Select(RuleCatalog.Create)];
        _asksRegime = options.Strategies.Contains(SignalNames.Regime);
        _asksMomentum = options.Strategies.Contains(SignalNames.Momentum);
        _asksReversion = options.Strategies.Contains(SignalNames.Reversion);
        _protection = new ProtectionInputs(options.Signals.StopOfiLookback);
    }

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentException">The bar is not the one after the last, or lacks z-scores of a configured window.</exception>
    public BarVerdict Take(FeatureBar bar)
    {
        var report = _signals.Evaluate(bar);
        _protection.Add(bar);
        RuleDecision[] rules = _rules.Length == 0 ? [] : Array.ConvertAll(_rules, rule => rule.Evaluate(bar));
        report = report with { Combined = RuleCombination.Add(Combine(report), _asksRegime, rules) };
        return new BarVerdict(
            report, rules, _protection.ToGuardBar(bar), _protection.Slope, EntryIntent.Of(_asksRegime ? report.Regime : null, report.Combined, bar, _options));
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(DecisionStep), 2);
        _signals.Write(writer);
        _protection.Write(writer);
        writer.Write(_rules.Length);
        foreach (var rule in _rules) rule.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="options">The options of the step to be; their windows must be those that the snapshot was taken with.</param>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or was taken with other windows.</exception>
    public static DecisionStep Read(ref SnapshotReader reader, DecisionOptions options)
    {
        var step = new DecisionStep(options);
        var layout = reader.Section(nameof(DecisionStep), 2, 1);
        step._signals = SignalSet.Read(ref reader, options.Signals);
        step._protection = ProtectionInputs.Read(ref reader, options.Signals.StopOfiLookback);
        var rules = layout == 1 ? 0 : reader.ReadInt32();
        if (rules != step._rules.Length) throw new InvalidDataException($"snapshot of a decision step was taken with {rules} rules, configured are {step._rules.Length}");
        var specs = options.AskedRules;
        for (var i = 0; i < rules; i++) step._rules[i] = BarRule.Read(specs[i], ref reader);
        return step;
    }

    /// <summary>What the signals that are asked say together.</summary>
    private CombinedDecision Combine(SignalReport report)
    {
        var momentum = _asksMomentum ? report.Momentum : MomentumDecision.None(report.BarIndex);
        if (!_asksRegime) return SignalCombination.Unfiltered(momentum);
        return _asksReversion && _asksMomentum
            ? report.Combined
            : SignalCombination.Combine(
                report.Regime, momentum, _asksReversion ? report.Reversion : ReversionDecision.None(report.BarIndex), _options.Signals.Combination);
    }
}
