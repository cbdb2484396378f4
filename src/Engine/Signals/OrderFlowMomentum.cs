using Granary.Engine.Features;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Signals;

/// <summary>
/// Order flow momentum (formulas §3.1 and §3.5): fires when the average order flow imbalance and the slope of cumulative delta agree and enough of the
/// three optional conditions hold. Takes every bar once, in order; it may start at any bar, and its own windows warm up from there.
/// </summary>
public sealed class OrderFlowMomentum
{
    private readonly MomentumOptions _options;
    private readonly ExponentialAverage _ofi;

    // The slope ignores the origin, and decimals keep its sign exact (formulas §0.8).
    private readonly DecimalWindow _cumulativeDelta;

    /// <summary>A signal before its first bar.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public OrderFlowMomentum(MomentumOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _ofi = new ExponentialAverage(options.OfiLookback);
        _cumulativeDelta = new DecimalWindow(options.DeltaLookback);
    }

    /// <summary>The bar expected next; 0 before the first, when any is taken.</summary>
    public long NextBarIndex { get; private set; }

    /// <summary>Takes the next bar and decides.</summary>
    /// <exception cref="ArgumentException">The bar is not the one after the last, or has no z-scores of the configured window.</exception>
    public MomentumDecision Evaluate(FeatureBar bar)
    {
        KernelChecks.RequireNext(bar, _ofi.Count == 0, NextBarIndex);
        KernelChecks.RequireZScores(bar, _options.SignalZWindow, nameof(MomentumOptions.SignalZWindow));
        var index = bar.Bar.Index;
        var features = bar.Features;
        NextBarIndex = index + 1;
        _ofi.Push(features.Ofi);
        _cumulativeDelta.Push(features.CumulativeDelta);

        double? slope = _cumulativeDelta.IsFull ? _cumulativeDelta.Slope() : null;
        var intensity = features.ZScores[ZFeature.TradeIntensity, _options.SignalZWindow];
        var large = features.ZScores[ZFeature.LargeTradeRatio, _options.SignalZWindow];
        var valid = _ofi.IsWarm && slope is not null && intensity is not null && large is not null;

        var isIntense = Exceeds(MomentumConditions.Intensity, intensity, _options.IntensityThreshold);
        var isLarge = Exceeds(MomentumConditions.LargeTrades, large, _options.LargeTradeThreshold);
        var isLong = Ofi(MomentumConditions.OfiLong, 1);
        var isShort = Ofi(MomentumConditions.OfiShort, -1);
        var rises = new Condition(MomentumConditions.DeltaLong, slope is null ? null : slope > 0, slope, 0);
        var falls = new Condition(MomentumConditions.DeltaShort, slope is null ? null : slope < 0, slope, 0);
        var sizeLong = Size(MomentumConditions.SizeLong, features.AvgBuySize, features.AvgSellSize);
        var sizeShort = Size(MomentumConditions.SizeShort, features.AvgSellSize, features.AvgBuySize);

        var trendLong = valid && isLong.Met == true && rises.Met == true;
        var trendShort = valid && isShort.Met == true && falls.Met == true;
        OrderSide? side = trendLong && IsEnough(isIntense, isLarge, sizeLong) ? OrderSide.Buy
            : trendShort && IsEnough(isIntense, isLarge, sizeShort) ? OrderSide.Sell
            : null;
        var strength = side is null ? 0 : Strength(isIntense, isLarge, side == OrderSide.Buy ? sizeLong : sizeShort);
        return new MomentumDecision(
            index, valid, side, strength, trendLong, trendShort, [isLong, rises, isShort, falls, isIntense, isLarge, sizeLong, sizeShort]);
    }

    /// <summary>Writes the state and the options it depends on.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(OrderFlowMomentum), 2);
        _ofi.Write(writer);
        writer.Write(NextBarIndex);
        _cumulativeDelta.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="options">The options of the signal to be; its two lookbacks must be those that the snapshot was taken with.</param>
    /// <exception cref="InvalidDataException">The snapshot was taken with other lookbacks, is damaged, or not of this signal.</exception>
    public static OrderFlowMomentum Read(ref SnapshotReader reader, MomentumOptions options)
    {
        var signal = new OrderFlowMomentum(options);
        if (reader.Section(nameof(OrderFlowMomentum), 2) < 2)
            throw new InvalidDataException("snapshot of order flow momentum is of an older layout; give the signal its bars again");
        signal._ofi.Restore(ref reader);
        signal.NextBarIndex = reader.ReadInt64();
        signal._cumulativeDelta.Restore(ref reader, "order flow momentum", nameof(MomentumOptions.DeltaLookback));
        return signal;
    }

    private static Condition Exceeds(string name, double? value, double threshold) => new(name, value is null ? null : value > threshold, value, threshold);

    private Condition Ofi(string name, int direction)
    {
        var threshold = direction * _options.OfiThreshold;
        return new Condition(name, _ofi.IsWarm ? direction * _ofi.Value > _options.OfiThreshold : null, _ofi.Value, threshold);
    }

    /// <summary>Compares mean trade sizes. Against a side that did not trade (mean 0) the condition holds and the ratio has no value.</summary>
    private Condition Size(string name, double own, double other) =>
        new(name, own > _options.SizeRatio * other, other > 0 ? own / other : null, _options.SizeRatio);

    private bool IsEnough(Condition intensity, Condition large, Condition size) =>
        (intensity.Met == true ? 1 : 0) + (large.Met == true ? 1 : 0) + (size.Met == true ? 1 : 0) >= _options.OptionalNeeded;

    /// <summary>0.5 plus the mean of five scores; the necessary conditions hold, and the slope scores 1 (formulas §3.5).</summary>
    private double Strength(Condition intensity, Condition large, Condition size)
    {
        var scores = Clip((Math.Abs(_ofi.Value) / _options.OfiThreshold) - 1) + 1;
        foreach (var condition in (ReadOnlySpan<Condition>)[intensity, large, size])
        {
            if (condition.Met == true) scores += condition.Value is { } value ? Clip((value / condition.Threshold!.Value) - 1) : 1;
        }
        return 0.5 + (scores / 5);
    }

    private static double Clip(double score) => Math.Clamp(score, 0, 1);
}
