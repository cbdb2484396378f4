using Granary.Engine.Features;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Signals;

/// <summary>
/// All signals of one symbol, in the order of formulas §3: regime, momentum, mean reversion, combination. Takes every bar once, in order; it may start at any
/// bar. A snapshot at any bar continues bit for bit. Not safe for concurrent use.
/// </summary>
public sealed class SignalSet
{
    private readonly SignalOptions _options;
    private VolatilityRegime _regime;
    private OrderFlowMomentum _momentum;
    private VwapReversion _reversion;
    private readonly ExponentialAverage _stopOfi;

    /// <summary>The signals before their first bar.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public SignalSet(SignalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _regime = new VolatilityRegime(options.Regime);
        _momentum = new OrderFlowMomentum(options.Momentum);
        _reversion = new VwapReversion(options.Reversion);
        _stopOfi = new ExponentialAverage(options.StopOfiLookback);
    }

    /// <summary>The bar expected next; 0 before the first, when any is taken.</summary>
    public long NextBarIndex => _regime.NextBarIndex;

    /// <summary>Takes the next bar and decides.</summary>
    /// <exception cref="ArgumentException">
    /// The bar is not the one after the last, or has no z-scores of a configured window; it is taken by none of the signals.
    /// </exception>
    public SignalReport Evaluate(FeatureBar bar)
    {
        ArgumentNullException.ThrowIfNull(bar);
        KernelChecks.RequireZScores(bar, _options.Momentum.SignalZWindow, nameof(MomentumOptions.SignalZWindow));
        var regime = _regime.Evaluate(bar);
        var momentum = _momentum.Evaluate(bar);
        var reversion = _reversion.Evaluate(bar, regime, momentum);
        var combined = SignalCombination.Combine(regime, momentum, reversion, _options.Combination);
        return new SignalReport(bar.Bar.Index, regime, momentum, reversion, combined, _stopOfi.Push(bar.Features.Ofi), _stopOfi.IsWarm);
    }

    /// <summary>Writes the state of all signals.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(SignalSet), 1);
        _regime.Write(writer);
        _momentum.Write(writer);
        _reversion.Write(writer);
        _stopOfi.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="options">The options of the signals to be; their windows must be those that the snapshot was taken with.</param>
    /// <exception cref="InvalidDataException">
    /// The snapshot was taken with other windows, is damaged, not of a set of signals, or of signals that stand at different bars.
    /// </exception>
    public static SignalSet Read(ref SnapshotReader reader, SignalOptions options)
    {
        var signals = new SignalSet(options);
        reader.Section(nameof(SignalSet), 1);
        signals._regime = VolatilityRegime.Read(ref reader, options.Regime);
        signals._momentum = OrderFlowMomentum.Read(ref reader, options.Momentum);
        signals._reversion = VwapReversion.Read(ref reader, options.Reversion);
        signals._stopOfi.Restore(ref reader);
        if (signals._momentum.NextBarIndex != signals.NextBarIndex || signals._reversion.NextBarIndex != signals.NextBarIndex)
            throw new InvalidDataException("snapshot of signals is damaged: they stand at different bars");
        return signals;
    }
}
