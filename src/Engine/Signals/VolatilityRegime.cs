using Granary.Engine.Features;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Signals;

/// <summary>
/// The volatility regime (signal C, formulas §3.3): the first of Unknown, Extreme, High, Low and Normal that applies. Takes every bar once, in order; it may
/// start at any bar, and its own windows warm up from there.
/// </summary>
public sealed class VolatilityRegime
{
    private const string Name = "volatility regime";

    private readonly RegimeOptions _options;
    private readonly RollingWindow _returns;
    private readonly RollingWindow _volatilities;
    private readonly RollingWindow _durations;
    private bool _isStarted;

    /// <summary>A regime before its first bar.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public VolatilityRegime(RegimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        var longest = Math.Max(options.VolatilityShortWindow, options.VolatilityLongWindow);
        _returns = new RollingWindow(longest);
        _volatilities = new RollingWindow(longest);
        _durations = new RollingWindow(options.DurationWindow);
    }

    /// <summary>The bar expected next; 0 before the first, when any is taken.</summary>
    public long NextBarIndex { get; private set; }

    /// <summary>Takes the next bar and decides.</summary>
    /// <exception cref="ArgumentException">The bar is not the one after the last, or has no z-scores of the configured window; it is not taken.</exception>
    public RegimeDecision Evaluate(FeatureBar bar)
    {
        KernelChecks.RequireNext(bar, !_isStarted, NextBarIndex);
        KernelChecks.RequireZScores(bar, _options.SignalZWindow, nameof(RegimeOptions.SignalZWindow));
        var features = bar.Features;
        _isStarted = true;
        NextBarIndex = bar.Bar.Index + 1;
        _returns.Push(features.LogReturn ?? double.NaN);
        _volatilities.Push(features.RealizedVolatility);
        _durations.Push(features.DurationMs);

        var shortWindow = _options.VolatilityShortWindow;
        var longWindow = _options.VolatilityLongWindow;
        var (volatilityShort, volatilityLong) = (Deviation(shortWindow), Deviation(longWindow));
        var ratio = Ratio(volatilityShort, volatilityLong);
        var ratioIntraBar = Ratio(Mean(_volatilities, shortWindow), Mean(_volatilities, longWindow));
        var durationMean = Mean(_durations, _options.DurationWindow);
        var durationRatio = Ratio(features.DurationMs, durationMean);
        var impactZ = features.ZScores[ZFeature.PriceImpact, _options.SignalZWindow];

        var used = _options.Reading == VolatilityReading.CloseToClose ? ratio : ratioIntraBar;
        Condition[] conditions =
        [
            Above(RegimeConditions.RatioExtreme, used, _options.ExtremeRatio),
            Above(RegimeConditions.ImpactExtreme, impactZ is { } z ? Math.Abs(z) : null, _options.ImpactThreshold),
            Above(RegimeConditions.RatioHigh, used, _options.HighRatio),
            Below(RegimeConditions.DurationHigh, durationRatio, _options.HighDurationRatio),
            Below(RegimeConditions.RatioLow, used, _options.LowRatio),
            Above(RegimeConditions.DurationLow, durationRatio, _options.LowDurationRatio),
        ];
        return new RegimeDecision(
            bar.Bar.Index, Decide(conditions), volatilityShort, volatilityLong, ratio, ratioIntraBar, durationMean, durationRatio, impactZ, conditions);
    }

    /// <summary>Writes the state and the windows it depends on.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(VolatilityRegime), 1);
        writer.Write(_options.VolatilityShortWindow);
        writer.Write(_options.VolatilityLongWindow);
        writer.Write(_options.DurationWindow);
        writer.Write(_isStarted);
        writer.Write(NextBarIndex);
        _returns.Write(writer);
        _volatilities.Write(writer);
        _durations.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="options">The options of the regime to be; its three windows must be those that the snapshot was taken with.</param>
    /// <exception cref="InvalidDataException">The snapshot was taken with other windows, is damaged, or not of this signal.</exception>
    public static VolatilityRegime Read(ref SnapshotReader reader, RegimeOptions options)
    {
        var regime = new VolatilityRegime(options);
        reader.Section(nameof(VolatilityRegime), 1);
        KernelChecks.RequireOption(ref reader, Name, nameof(RegimeOptions.VolatilityShortWindow), options.VolatilityShortWindow);
        KernelChecks.RequireOption(ref reader, Name, nameof(RegimeOptions.VolatilityLongWindow), options.VolatilityLongWindow);
        KernelChecks.RequireOption(ref reader, Name, nameof(RegimeOptions.DurationWindow), options.DurationWindow);
        regime._isStarted = reader.ReadBoolean();
        regime.NextBarIndex = reader.ReadInt64();
        regime._returns.Restore(ref reader);
        regime._volatilities.Restore(ref reader);
        regime._durations.Restore(ref reader);
        return regime;
    }

    private static MarketRegime Decide(ReadOnlySpan<Condition> conditions)
    {
        foreach (var condition in conditions)
        {
            if (condition.Met is null) return MarketRegime.Unknown;
        }
        return conditions[0].Met == true || conditions[1].Met == true ? MarketRegime.Extreme
            : conditions[2].Met == true && conditions[3].Met == true ? MarketRegime.High
            : conditions[4].Met == true && conditions[5].Met == true ? MarketRegime.Low
            : MarketRegime.Normal;
    }

    /// <summary>Equal returns have a deviation of exactly 0: what rounding leaves of it would make any ratio (formulas §0.5).</summary>
    private double? Deviation(int window) =>
        !_returns.HasValues(window) ? null : _returns.AreEqual(window) ? 0 : Moments.StandardDeviation(_returns.Newest(window));

    private static double? Mean(RollingWindow items, int window) => items.HasValues(window) ? Moments.Sum(items.Newest(window)) / window : null;

    private static double? Ratio(double? value, double? unit) => unit > 0 ? value / unit : null;

    private static Condition Above(string name, double? value, double threshold) => new(name, value is null ? null : value > threshold, value, threshold);

    private static Condition Below(string name, double? value, double threshold) => new(name, value is null ? null : value < threshold, value, threshold);
}
