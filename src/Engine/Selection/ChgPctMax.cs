using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Selection;

/// <summary>
/// The largest one-candle return, close / previous close - 1, of the last n (formulas §5.2): keeps out what has just jumped. First value at the candle of
/// index n.
/// </summary>
[Filter(FilterRule.ValueMax, 0.2)]
public sealed class ChgPctMax : ICandleFilter
{
    // Beyond this a return is as good as infinite, and would not fit a decimal.
    private const double ReturnMax = 1e28;

    private readonly DecimalWindow _returns;
    private int _valueRun;
    private decimal? _previousClose;

    /// <summary>A filter without candles.</summary>
    /// <param name="window">n, in candles: 1 to <see cref="FactorCatalog.WindowMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public ChgPctMax(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, FactorCatalog.WindowMax);
        _returns = new DecimalWindow(window);
    }

    /// <summary>A fraction; null before the candle of index n, and while one of the n returns has no value because its base is 0 or less.</summary>
    public decimal? Value => _valueRun >= _returns.Capacity ? _returns.Largest() : null;

    /// <inheritdoc/>
    public void Add(in Kline candle)
    {
        if (_previousClose is { } previous)
        {
            var change = candle.Close - previous;
            var hasValue = previous > 0 && (double)change < ReturnMax * (double)previous;
            _returns.Push(hasValue ? change / previous : 0);
            _valueRun = hasValue ? Math.Min(_valueRun + 1, _returns.Capacity) : 0;
        }
        _previousClose = candle.Close;
    }

    /// <inheritdoc/>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(ChgPctMax), 1);
        _returns.Write(writer);
        writer.Write(_valueRun);
        writer.WriteOptional(_previousClose);
    }

    /// <inheritdoc/>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(ChgPctMax), 1);
        _returns.Restore(ref reader);
        _valueRun = reader.ReadInt32();
        if (_valueRun < 0 || _valueRun > _returns.Count) throw new InvalidDataException("snapshot of ChgPctMax is damaged: its counts contradict each other");
        _previousClose = reader.ReadOptionalDecimal();
    }
}
