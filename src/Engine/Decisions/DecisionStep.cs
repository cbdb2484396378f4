using Granary.Engine.Features;
using Granary.Engine.Signals;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Decisions;

/// <summary>
/// The step from a closed bar to what it leads to, the same wherever it runs: all signals, the combination, the inputs of protection, and the entry that is
/// asked of risk. Takes every bar once, in order. A snapshot at any bar continues bit for bit. Not safe for concurrent use.
/// </summary>
public sealed class DecisionStep
{
    private readonly DecisionOptions _options;
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
        _protection = new ProtectionInputs(options.Signals.StopOfiLookback);
    }

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentException">The bar is not the one after the last, or lacks z-scores of a configured window.</exception>
    public BarVerdict Take(FeatureBar bar)
    {
        var report = _signals.Evaluate(bar);
        _protection.Add(bar);
        return new BarVerdict(report, _protection.ToGuardBar(bar), _protection.Slope, EntryIntent.Of(report.Regime, report.Combined, bar, _options));
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(DecisionStep), 1);
        _signals.Write(writer);
        _protection.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="options">The options of the step to be; their windows must be those that the snapshot was taken with.</param>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or was taken with other windows.</exception>
    public static DecisionStep Read(ref SnapshotReader reader, DecisionOptions options)
    {
        var step = new DecisionStep(options);
        reader.Section(nameof(DecisionStep), 1);
        step._signals = SignalSet.Read(ref reader, options.Signals);
        step._protection = ProtectionInputs.Read(ref reader, options.Signals.StopOfiLookback);
        return step;
    }
}
