using Granary.Engine.Features;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Grains.Symbols;

/// <summary>
/// What protection needs of the bars besides prices (formulas §4.3): an average of the order flow imbalance and the slope of the cumulative delta.
/// </summary>
/// <param name="emaSpan">Span of the average, bars; 1 or more.</param>
internal sealed class GuardInputs(int emaSpan)
{
    private const int SlopeWindow = 10;
    private readonly decimal[] _deltas = new decimal[SlopeWindow];
    private long _bars;
    private ExponentialAverage _ema = new(emaSpan);

    /// <summary>Exponential average of the bars' order flow imbalance, or null before as many bars as its span.</summary>
    public double? EmaOfi => _ema.IsWarm ? _ema.Value : null;

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
        _ema.Push(bar.Features.Ofi);
        _deltas[_bars % SlopeWindow] = bar.Features.CumulativeDelta;
        _bars++;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section("guard-inputs", 2);
        writer.Write(emaSpan);
        _ema.Write(writer);
        writer.Write(_bars);
        foreach (var delta in _deltas) writer.Write(delta);
    }

    public void Read(ref SnapshotReader reader)
    {
        reader.Section("guard-inputs", 2, 2);
        var span = reader.ReadInt32();
        if (span < 1) throw new InvalidDataException($"snapshot of guard inputs is damaged: it claims an average of span {span}");
        var ema = new ExponentialAverage(span);
        ema.Restore(ref reader);

        // An average of another span warms up again; the slope goes on.
        _ema = span == emaSpan ? ema : new ExponentialAverage(emaSpan);
        _bars = reader.ReadInt64();
        for (var i = 0; i < SlopeWindow; i++) _deltas[i] = reader.ReadDecimal();
    }
}
