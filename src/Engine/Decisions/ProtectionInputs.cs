using Granary.Engine.Features;
using Granary.Engine.Protection;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Decisions;

/// <summary>
/// What protection needs of the bars besides prices (formulas §4.3): the average of the order flow imbalance, and the slope of the cumulative delta over ten
/// bars. Allocation-free; a snapshot at any bar continues bit for bit. The live engine and the backtest both feed positions from it.
/// </summary>
public sealed class ProtectionInputs
{
    private const string SectionName = "guard-inputs";
    private const int Layout = 2;
    private const int SlopeWindow = 10;
    private const decimal SlopeDivisor = SlopeWindow * ((SlopeWindow * SlopeWindow) - 1m);

    private readonly int _span;
    private ExponentialAverage _average;
    private readonly decimal[] _deltas = new decimal[SlopeWindow];
    private long _bars;

    /// <summary>The inputs before their first bar.</summary>
    /// <param name="emaSpan">Span of the average, bars; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The span is below 1.</exception>
    public ProtectionInputs(int emaSpan)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(emaSpan, 1);
        _span = emaSpan;
        _average = new ExponentialAverage(emaSpan);
    }

    /// <summary>Exponential average of the bars' order flow imbalance, -1 to 1; null before as many bars as its span.</summary>
    public double? EmaOfi => _average.IsWarm ? _average.Value : null;

    /// <summary>Least-squares slope of the cumulative delta over ten bars, base units per bar; null before ten bars.</summary>
    public double? Slope
    {
        get
        {
            if (_bars < SlopeWindow) return null;
            var sum = 0m;
            for (var i = 0; i < SlopeWindow; i++) sum += ((2 * i) - (SlopeWindow - 1)) * _deltas[(_bars + i) % SlopeWindow];
            return (double)(sum * 6m / SlopeDivisor);
        }
    }

    /// <summary>Takes the next bar.</summary>
    public void Add(FeatureBar bar)
    {
        ArgumentNullException.ThrowIfNull(bar);
        _average.Push(bar.Features.Ofi);
        _deltas[_bars % SlopeWindow] = bar.Features.CumulativeDelta;
        _bars++;
    }

    /// <summary>What the bar tells a position's protection, once it was added.</summary>
    public GuardBar ToGuardBar(FeatureBar bar)
    {
        ArgumentNullException.ThrowIfNull(bar);
        return new GuardBar(bar.Bar.Open, bar.Bar.High, bar.Bar.Low, bar.Bar.Close, EmaOfi, Slope);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(SectionName, Layout);
        writer.Write(_span);
        _average.Write(writer);
        writer.Write(_bars);
        foreach (var delta in _deltas) writer.Write(delta);
    }

    /// <summary>Reads what <see cref="Write"/> wrote. An average of another span warms up again; the slope goes on.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="emaSpan">Span of the average to be, bars; 1 or more.</param>
    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public static ProtectionInputs Read(ref SnapshotReader reader, int emaSpan)
    {
        reader.Section(SectionName, Layout, Layout);
        var span = reader.ReadInt32();
        if (span < 1) throw new InvalidDataException($"snapshot of protection inputs is damaged: it claims an average of span {span}");
        var average = new ExponentialAverage(span);
        average.Restore(ref reader);
        var inputs = new ProtectionInputs(emaSpan);
        if (span == emaSpan) inputs._average = average;
        inputs._bars = reader.ReadInt64();
        if (inputs._bars < 0) throw new InvalidDataException($"snapshot of protection inputs claims {inputs._bars} bars");
        for (var i = 0; i < SlopeWindow; i++) inputs._deltas[i] = reader.ReadDecimal();
        return inputs;
    }
}
