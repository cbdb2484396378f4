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

    // Newest last; the slope ignores the origin, and decimals keep its sign exact (formulas §0.8).
    private readonly decimal[] _cumulativeDelta;
    private int _deltaCount;

    /// <summary>A signal before its first bar.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public OrderFlowMomentum(MomentumOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _ofi = new ExponentialAverage(options.OfiLookback);
        _cumulativeDelta = new decimal[options.DeltaLookback];
    }

    /// <summary>The bar expected next; 0 before the first, when any is taken.</summary>
    public long NextBarIndex { get; private set; }

    /// <summary>Takes the next bar and decides.</summary>
    /// <exception cref="ArgumentException">The bar is not the one after the last, or has no z-scores of the configured window.</exception>
    public MomentumDecision Evaluate(FeatureBar bar)
    {
        ArgumentNullException.ThrowIfNull(bar);
        var index = bar.Bar.Index;
        if (_ofi.Count > 0 && index != NextBarIndex) throw new ArgumentException($"bar {index} was offered, expected bar {NextBarIndex}", nameof(bar));
        var features = bar.Features;
        if (!features.ZScores.Windows.Contains(_options.SignalZWindow))
        {
            throw new ArgumentException(
                $"bar {index} has no z-scores over {_options.SignalZWindow} bars ({nameof(MomentumOptions.SignalZWindow)}); "
                + $"add the window to {nameof(PipelineOptions.ZWindows)}",
                nameof(bar));
        }
        NextBarIndex = index + 1;
        _ofi.Push(features.Ofi);
        PushDelta(features.CumulativeDelta);

        double? slope = _deltaCount == _cumulativeDelta.Length ? Slope() : null;
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
        writer.Section(nameof(OrderFlowMomentum), 1);
        _ofi.Write(writer);
        writer.Write(NextBarIndex);
        writer.Write(_cumulativeDelta.Length);
        writer.Write(_deltaCount);
        foreach (var value in _cumulativeDelta) writer.Write(value);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="options">The options of the signal to be; its two lookbacks must be those that the snapshot was taken with.</param>
    /// <exception cref="InvalidDataException">The snapshot was taken with other lookbacks, is damaged, or not of this signal.</exception>
    public static OrderFlowMomentum Read(ref SnapshotReader reader, MomentumOptions options)
    {
        var signal = new OrderFlowMomentum(options);
        reader.Section(nameof(OrderFlowMomentum), 1);
        signal._ofi.Restore(ref reader);
        signal.NextBarIndex = reader.ReadInt64();
        var length = reader.ReadInt32();
        if (length != options.DeltaLookback)
        {
            throw new InvalidDataException(
                $"snapshot of order flow momentum was taken with {nameof(MomentumOptions.DeltaLookback)} = {length}, configured is {options.DeltaLookback}");
        }
        signal._deltaCount = reader.ReadInt32();
        if (signal._deltaCount < 0 || signal._deltaCount > length) throw new InvalidDataException("snapshot of order flow momentum is damaged");
        foreach (ref var value in signal._cumulativeDelta.AsSpan()) value = reader.ReadDecimal();
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

    private void PushDelta(decimal value)
    {
        Array.Copy(_cumulativeDelta, 1, _cumulativeDelta, 0, _cumulativeDelta.Length - 1);
        _cumulativeDelta[^1] = value;
        _deltaCount = Math.Min(_deltaCount + 1, _cumulativeDelta.Length);
    }

    /// <summary>Least-squares slope per bar; its sign is that of an exact sum.</summary>
    private double Slope()
    {
        var n = _cumulativeDelta.Length;
        var sum = 0m;
        for (var i = 0; i < n; i++) sum += ((2 * i) - (n - 1)) * _cumulativeDelta[i];
        return (double)sum / (n * ((double)n * n - 1) / 6);
    }
}
