using Granary.Engine.Features;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Signals;

/// <summary>
/// VWAP mean reversion (signal B, formulas §3.2 and §3.5): fires against a deviation from the VWAP that is extreme for the bars before it, once order flow is
/// neutral, volatility falls and the side that made the deviation fades, and never against momentum's trend. Takes every bar once, in order, after the
/// regime and momentum; it may start at any bar, and its own windows warm up from there.
/// </summary>
public sealed class VwapReversion
{
    private const string Name = "VWAP mean reversion";

    private readonly ReversionOptions _options;
    private readonly ExponentialAverage _ofi;
    private readonly TrailingQuantile _deviations;
    private readonly RollingWindow _volatilities;
    private readonly DecimalWindow _buyVolumes;
    private readonly DecimalWindow _sellVolumes;

    /// <summary>A signal before its first bar.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public VwapReversion(ReversionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _ofi = new ExponentialAverage(options.OfiLookback);
        _deviations = new TrailingQuantile(options.EntryWindow, options.EntryQuantile);
        _volatilities = new RollingWindow(2 * options.VolatilityWindow);
        _buyVolumes = new DecimalWindow(options.VolumeWindow);
        _sellVolumes = new DecimalWindow(options.VolumeWindow);
    }

    /// <summary>The bar expected next; 0 before the first, when any is taken.</summary>
    public long NextBarIndex { get; private set; }

    /// <summary>Takes the next bar and decides.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="regime">The regime of that bar; Unknown counts as Normal here, the combination lets nothing through then.</param>
    /// <param name="momentum">What momentum said about that bar: its trend blocks the other side.</param>
    /// <exception cref="ArgumentException">The bar is not the one after the last, or a decision is of another bar; it is not taken.</exception>
    public ReversionDecision Evaluate(FeatureBar bar, RegimeDecision regime, MomentumDecision momentum)
    {
        KernelChecks.RequireNext(bar, _ofi.Count == 0, NextBarIndex);
        var index = bar.Bar.Index;
        KernelChecks.RequireSameBar(index, regime.BarIndex, nameof(regime));
        KernelChecks.RequireSameBar(index, momentum.BarIndex, nameof(momentum));
        var deviation = bar.Features.VwapDeviation;
        NextBarIndex = index + 1;

        // Read before the bar's own deviation goes in: the threshold knows only earlier bars.
        var quantile = _deviations.Value;
        if (deviation is { } known) _deviations.Push(Math.Abs(known));
        else _deviations.Clear();
        _ofi.Push(bar.Features.Ofi);
        _volatilities.Push(bar.Features.RealizedVolatility);
        _buyVolumes.Push(bar.Bar.BuyVolume);
        _sellVolumes.Push(bar.Bar.SellVolume);

        var entry = regime.Regime == MarketRegime.Low ? quantile * _options.LowEntryMultiplier : quantile;
        Condition[] conditions =
        [
            Beyond(ReversionConditions.DeviationLong, deviation, entry, -1),
            Beyond(ReversionConditions.DeviationShort, deviation, entry, 1),
            Neutral(),
            VolatilityFalls(),
            Falls(ReversionConditions.SellVolumeFalls, _sellVolumes),
            Slopes(ReversionConditions.SellVolumeSlope, _sellVolumes),
            Falls(ReversionConditions.BuyVolumeFalls, _buyVolumes),
            Slopes(ReversionConditions.BuyVolumeSlope, _buyVolumes),
            NoTrend(ReversionConditions.NoTrendShort, momentum[MomentumConditions.OfiShort], momentum[MomentumConditions.DeltaShort]),
            NoTrend(ReversionConditions.NoTrendLong, momentum[MomentumConditions.OfiLong], momentum[MomentumConditions.DeltaLong]),
            Exit(deviation),
        ];
        var valid = Array.TrueForAll(conditions, condition => condition.Met is not null);
        var decision = new ReversionDecision(
            index, valid, null, 0, conditions[^1].Met, quantile, entry, _ofi.Value, _options.Decline, conditions);
        OrderSide? side = decision.Fires(OrderSide.Buy, _options.Decline) ? OrderSide.Buy
            : decision.Fires(OrderSide.Sell, _options.Decline) ? OrderSide.Sell
            : null;
        return side is null ? decision : decision with { Side = side, Strength = Strength(decision, side == OrderSide.Buy ? _sellVolumes : _buyVolumes) };
    }

    /// <summary>Writes the state and the windows it depends on.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(VwapReversion), 1);
        writer.Write(_options.VolatilityWindow);
        _ofi.Write(writer);
        writer.Write(NextBarIndex);
        _deviations.Write(writer);
        _volatilities.Write(writer);
        _buyVolumes.Write(writer);
        _sellVolumes.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="options">The options of the signal to be; its windows must be those that the snapshot was taken with.</param>
    /// <exception cref="InvalidDataException">The snapshot was taken with other windows, is damaged, or not of this signal.</exception>
    public static VwapReversion Read(ref SnapshotReader reader, ReversionOptions options)
    {
        var signal = new VwapReversion(options);
        reader.Section(nameof(VwapReversion), 1);
        KernelChecks.RequireOption(ref reader, Name, nameof(ReversionOptions.VolatilityWindow), options.VolatilityWindow);
        signal._ofi.Restore(ref reader);
        signal.NextBarIndex = reader.ReadInt64();
        signal._deviations.Restore(ref reader, Name, nameof(ReversionOptions.EntryWindow));
        signal._volatilities.Restore(ref reader);
        signal._buyVolumes.Restore(ref reader, Name, nameof(ReversionOptions.VolumeWindow));
        signal._sellVolumes.Restore(ref reader, Name, nameof(ReversionOptions.VolumeWindow));
        return signal;
    }

    private static Condition Beyond(string name, double? deviation, double? entry, int direction) =>
        new(name, deviation is null || entry is null ? null : direction * deviation > entry, deviation, direction * entry);

    private Condition Neutral()
    {
        var value = Math.Abs(_ofi.Value);
        return new Condition(ReversionConditions.OfiNeutral, _ofi.IsWarm ? value < _options.OfiNeutral : null, value, _options.OfiNeutral);
    }

    private Condition VolatilityFalls()
    {
        var window = _options.VolatilityWindow;
        if (!_volatilities.HasValues(2 * window)) return new Condition(ReversionConditions.VolatilityFalls, null, null, null);
        var items = _volatilities.Newest(2 * window);
        var before = Moments.Sum(items[..window]) / window;
        var now = Moments.Sum(items[window..]) / window;
        return new Condition(ReversionConditions.VolatilityFalls, now < before, now, before);
    }

    private Condition Falls(string name, DecimalWindow volumes)
    {
        var needed = _options.VolumeWindow - 1;
        if (!volumes.IsFull) return new Condition(name, null, null, needed);
        var falls = volumes.Falls();
        return new Condition(name, falls == needed, falls, needed);
    }

    private static Condition Slopes(string name, DecimalWindow volumes)
    {
        if (!volumes.IsFull) return new Condition(name, null, null, 0);
        var slope = volumes.Slope();
        return new Condition(name, slope < 0, slope, 0);
    }

    /// <summary>The trend is momentum's two necessary conditions; it is known as soon as both have a value.</summary>
    private static Condition NoTrend(string name, Condition first, Condition second)
    {
        if (first.Met is not { } isFirst || second.Met is not { } isSecond) return new Condition(name, null, null, 0);
        var isTrend = isFirst && isSecond;
        return new Condition(name, !isTrend, isTrend ? 1 : 0, 0);
    }

    private Condition Exit(double? deviation)
    {
        double? value = deviation is { } known ? Math.Abs(known) : null;
        return new Condition(ReversionConditions.Exit, value is null ? null : value <= _options.DeviationExit, value, _options.DeviationExit);
    }

    /// <summary>0.5 plus the mean of four scores (formulas §3.5). A window that began without volume has not fallen and scores 0.</summary>
    private double Strength(ReversionDecision decision, DecimalWindow fading)
    {
        var deviation = Math.Abs(decision[ReversionConditions.DeviationLong].Value!.Value);
        var volatility = decision[ReversionConditions.VolatilityFalls];
        var entry = decision.DeviationEntry!.Value;
        var scores = entry > 0 ? Clip((deviation / entry) - 1) : 1;
        scores += Clip(1 - (Math.Abs(_ofi.Value) / _options.OfiNeutral));
        scores += Clip(1 - (volatility.Value!.Value / volatility.Threshold!.Value));
        scores += fading[0] > 0 ? Clip(1 - ((double)fading[_options.VolumeWindow - 1] / (double)fading[0])) : 0;
        return 0.5 + (scores / 4);
    }

    private static double Clip(double score) => Math.Clamp(score, 0, 1);
}
