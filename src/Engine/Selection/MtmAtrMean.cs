using Granary.Engine.Indicators;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Selection;

/// <summary>
/// Momentum times relative volatility (formulas §5.1): mean of the n-candle returns over the last n candles, times Wilder's ATR(n), over the mean of the
/// last n closes. First value at the candle of index n; the mean of returns takes what there is until it is full at 2n - 1. The ATR is seeded with the
/// first n true ranges since the first candle loaded, so the value depends on how much history was loaded: always load the same number of candles.
/// </summary>
[Factor]
public sealed class MtmAtrMean : ICandleFactor
{
    private readonly int _window;
    private readonly DecimalWindow _closes;
    private readonly RollingWindow _returns;
    private readonly SeededExponentialAverage _atr;

    /// <summary>A factor without candles.</summary>
    /// <param name="window">n, in candles: 1 to <see cref="FactorCatalog.WindowMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public MtmAtrMean(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, FactorCatalog.WindowMax);
        _window = window;
        _closes = new DecimalWindow(window);
        _returns = new RollingWindow(window);
        _atr = SeededExponentialAverage.Wilder(window);
    }

    /// <summary>A fraction; null before the candle of index n, and while a close of 0 or less is the base of one of its returns.</summary>
    public double? Value { get; private set; }

    /// <summary>Wilder's average true range over n candles, quote units; null before the candle of index n.</summary>
    public double? Atr => _atr.Value;

    /// <inheritdoc/>
    /// <exception cref="OverflowException">The sum of n closes is above 7.9 * 10^28.</exception>
    public void Add(in Kline candle)
    {
        // The first candle has no true range.
        if (_closes.Count > 0) _atr.Add((double)(Math.Max(candle.High, _closes.Newest) - Math.Min(candle.Low, _closes.Newest)));
        if (_closes.IsFull)
        {
            var earlier = _closes.Oldest;
            _returns.Push(earlier > 0 ? (double)(candle.Close - earlier) / (double)earlier : double.NaN);
        }
        _closes.Push(candle.Close);
        Value = Compute();
    }

    /// <inheritdoc/>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(MtmAtrMean), 1);
        _closes.Write(writer);
        _returns.Write(writer);
        _atr.Write(writer);
        writer.WriteOptional(Value);
    }

    /// <inheritdoc/>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(MtmAtrMean), 1);
        _closes.Restore(ref reader);
        _returns.Restore(ref reader);
        _atr.Restore(ref reader);
        Value = reader.ReadOptionalDouble();
        var isSeeded = Atr is not null;
        if (isSeeded != (_returns.Count > 0) || (isSeeded && !_closes.IsFull))
            throw new InvalidDataException("snapshot of MtmAtrMean is damaged: its counts contradict each other");
    }

    private double? Compute()
    {
        var count = _returns.Count;
        if (Atr is not { } atr || count == 0 || !_returns.HasValues(count)) return null;
        var momentum = Moments.Sum(_returns.Newest(count)) / count;
        var closeMean = (double)(_closes.Sum() / _window);
        var value = momentum * atr / closeMean;
        return double.IsFinite(value) ? value : null;
    }
}
