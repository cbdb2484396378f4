using Granary.Engine.Features;
using Granary.Engine.Snapshots;

namespace Granary.Grains.Symbols;

/// <summary>
/// What protection needs of the bars besides prices (formulas §4.3): an average of the order flow imbalance and the slope of the cumulative delta.
/// </summary>
/// <param name="emaSpan">Span of the average, bars; 1 or more.</param>
internal sealed class GuardInputs(int emaSpan)
{
    private const int SlopeWindow = 10;
    private const int SpanBefore2 = 5;
    private readonly decimal[] _deltas = new decimal[SlopeWindow];
    private long _bars;
    private long _emaBars;
    private double _ema;

    /// <summary>Exponential average of the bars' order flow imbalance, or null before as many bars as its span.</summary>
    public double? EmaOfi => _emaBars >= emaSpan ? _ema : null;

    /// <summary>Least-squares slope of the cumulative delta over ten bars, base units per bar, or null before ten bars.</summary>
    public double? Slope
    {
        get
        {
            if (_bars < SlopeWindow) return null;
            var sum = 0m;
            for (var i = 0; i < SlopeWindow; i++) sum += ((2 * i) - (SlopeWindow - 1)) * _deltas[(_bars + i) % SlopeWindow];
            return (double)(sum * 6m / (SlopeWindow * ((SlopeWindow * SlopeWindow) - 1m)));
        }
    }

    public void Add(FeatureBar bar)
    {
        var ofi = bar.Features.Ofi;
        _ema = _emaBars == 0 ? ofi : (2.0 / (emaSpan + 1) * ofi) + ((1 - (2.0 / (emaSpan + 1))) * _ema);
        _deltas[_bars % SlopeWindow] = bar.Features.CumulativeDelta;
        _bars++;
        _emaBars++;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section("guard-inputs", 2);
        writer.Write(emaSpan);
        writer.Write(_emaBars);
        writer.Write(_bars);
        writer.Write(_ema);
        foreach (var delta in _deltas) writer.Write(delta);
    }

    public void Read(ref SnapshotReader reader)
    {
        var layout = reader.Section("guard-inputs", 2);
        var span = layout >= 2 ? reader.ReadInt32() : SpanBefore2;
        _emaBars = layout >= 2 ? reader.ReadInt64() : 0;
        _bars = reader.ReadInt64();
        if (layout < 2) _emaBars = _bars;

        // An average of another span warms up again; the slope goes on.
        if (span != emaSpan) _emaBars = 0;
        _ema = reader.ReadDouble();
        for (var i = 0; i < SlopeWindow; i++) _deltas[i] = reader.ReadDecimal();
    }
}
