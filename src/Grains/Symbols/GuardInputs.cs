using Granary.Engine.Features;
using Granary.Engine.Snapshots;

namespace Granary.Grains.Symbols;

/// <summary>What protection needs of the bars besides prices (formulas §4.3): EMA(5) of the order flow imbalance and the slope of the cumulative delta.</summary>
internal sealed class GuardInputs
{
    private const int EmaSpan = 5;
    private const int SlopeWindow = 10;
    private readonly decimal[] _deltas = new decimal[SlopeWindow];
    private long _bars;
    private double _ema;

    /// <summary>EMA(5) of the bar's order flow imbalance, or null before five bars.</summary>
    public double? EmaOfi => _bars >= EmaSpan ? _ema : null;

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
        _ema = _bars == 0 ? ofi : (2.0 / (EmaSpan + 1) * ofi) + ((1 - (2.0 / (EmaSpan + 1))) * _ema);
        _deltas[_bars % SlopeWindow] = bar.Features.CumulativeDelta;
        _bars++;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section("guard-inputs", 1);
        writer.Write(_bars);
        writer.Write(_ema);
        foreach (var delta in _deltas) writer.Write(delta);
    }

    public void Read(ref SnapshotReader reader)
    {
        reader.Section("guard-inputs", 1);
        _bars = reader.ReadInt64();
        _ema = reader.ReadDouble();
        for (var i = 0; i < SlopeWindow; i++) _deltas[i] = reader.ReadDecimal();
    }
}
