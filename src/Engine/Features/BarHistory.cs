using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Features;

/// <summary>
/// What is remembered of the closed bars, and the features of a bar computed from it. Sums of decimals are running sums of scaled integers and thus
/// exact; no double is ever subtracted from a running sum. Allocation-free.
/// </summary>
internal sealed class BarHistory
{
    private readonly PipelineOptions _options;
    private readonly RollingSum _vwapQuote;
    private readonly RollingSum _vwapVolume;
    private readonly RollingSum _trueRanges;
    private readonly RollingSum _vpinImbalance;
    private readonly RollingSum _vpinVolume;
    private readonly RollingWindow _priceChanges;
    private readonly RollingWindow _deltas;
    private readonly ZScoreWindows _zScores;
    private readonly double[] _scored = new double[ZScoreWindows.RowLength];
    private Int128 _cumulativeDelta;
    private long _previousClose;

    public BarHistory(PipelineOptions options)
    {
        _options = options;
        _vwapQuote = new RollingSum(options.VwapWindow);
        _vwapVolume = new RollingSum(options.VwapWindow);
        _trueRanges = new RollingSum(options.AtrWindow);
        _vpinImbalance = new RollingSum(options.VpinWindow);
        _vpinVolume = new RollingSum(options.VpinWindow);
        _priceChanges = new RollingWindow(options.KyleWindow);
        _deltas = new RollingWindow(options.KyleWindow);
        _zScores = new ZScoreWindows(options.ZWindows);
    }

    /// <summary>The z-scores of the bar taken last: for each window a row (<see cref="ZScoreWindows.Scores"/>).</summary>
    public ReadOnlySpan<double> Scores => _zScores.Scores;

    /// <summary>Takes a closed bar and what its trades gathered, and fills in the row of its features.</summary>
    public void Add(in BarTotals bar, TradeStatistics trades, ref FeatureRow row)
    {
        var delta = bar.Delta;
        _cumulativeDelta += delta;
        row.Bar = bar;
        row.CumulativeDelta = _cumulativeDelta;
        row.LargeAbove = trades.LargeAbove;
        row.LargeVolume = trades.LargeVolumeE8;
        row.UptickCount = trades.UptickCount;
        row.DowntickCount = trades.DowntickCount;

        _vwapQuote.Push(bar.QuoteVolume);
        _vwapVolume.Push(bar.Volume);
        _vpinImbalance.Push(Math.Abs(delta));
        _vpinVolume.Push(bar.Volume);
        var isFirst = _previousClose == 0;
        var trueRange = bar.High - bar.Low;
        if (!isFirst) trueRange = Math.Max(trueRange, Math.Max(Math.Abs(bar.High - _previousClose), Math.Abs(bar.Low - _previousClose)));
        _trueRanges.Push(trueRange);

        // The first bar has no price change, and Kyle's lambda pairs each change with the delta of the bar that made it.
        if (!isFirst)
        {
            _priceChanges.Push(Units(bar.Close - _previousClose));
            _deltas.Push(Units(delta));
        }

        double volume = bar.Volume;
        var duration = bar.DurationMs;
        var close = Units(bar.Close);
        var rollingVwap = _vwapQuote.IsFull ? Wide(_vwapQuote.Sum) / Wide(_vwapVolume.Sum) / Fixed8.One : double.NaN;
        var buyVwap = bar.BuyVolume == 0 ? double.NaN : Wide(bar.BuyQuoteVolume) / bar.BuyVolume / Fixed8.One;
        var sellVwap = bar.SellVolume == 0 ? double.NaN : Wide(bar.SellQuoteVolume) / bar.SellVolume / Fixed8.One;
        ref var values = ref row.Values;
        values[FeatureColumn.Ofi] = delta / volume;
        values[FeatureColumn.AvgBuySize] = bar.BuyTradeCount == 0 ? 0 : Units(bar.BuyVolume) / bar.BuyTradeCount;
        values[FeatureColumn.AvgSellSize] = bar.SellTradeCount == 0 ? 0 : Units(bar.SellVolume) / bar.SellTradeCount;
        values[FeatureColumn.LargeTradeRatio] = trades.LargeAbove.Count == 0 ? double.NaN : trades.LargeVolumeE8 / volume;
        values[FeatureColumn.Vwap] = Wide(bar.QuoteVolume) / volume / Fixed8.One;
        values[FeatureColumn.RollingVwap] = rollingVwap;
        values[FeatureColumn.VwapDeviation] = (close - rollingVwap) / rollingVwap;
        values[FeatureColumn.BuyVwap] = buyVwap;
        values[FeatureColumn.SellVwap] = sellVwap;
        values[FeatureColumn.BuySellVwapDiff] = buyVwap - sellVwap;
        values[FeatureColumn.TradeIntensity] = bar.TradeCount / (double)Math.Max(duration, 1);
        values[FeatureColumn.PriceImpact] = (bar.Close - bar.Open) / volume;
        values[FeatureColumn.UptickRatio] = trades.UptickCount / (double)bar.TradeCount;
        values[FeatureColumn.RealizedVolatility] = trades.RealizedVolatility;
        (values[FeatureColumn.KyleLambda], values[FeatureColumn.KyleLambdaNoIntercept]) = KyleLambda();
        values[FeatureColumn.LogReturn] = isFirst ? double.NaN : LogReturn.Of(bar.Close, _previousClose);
        values[FeatureColumn.TrueRange] = Units(trueRange);
        values[FeatureColumn.Atr] = _trueRanges.IsFull ? Wide(_trueRanges.Sum) / _options.AtrWindow / Fixed8.One : double.NaN;
        values[FeatureColumn.Vpin] = _vpinVolume.IsFull ? Wide(_vpinImbalance.Sum) / Wide(_vpinVolume.Sum) : double.NaN;
        _previousClose = bar.Close;
        Score(bar, values);
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(BarHistory), 2);
        writer.Write(_cumulativeDelta);
        writer.Write(_previousClose);
        _vwapQuote.Write(writer);
        _vwapVolume.Write(writer);
        _trueRanges.Write(writer);
        _vpinImbalance.Write(writer);
        _vpinVolume.Write(writer);
        _priceChanges.Write(writer);
        _deltas.Write(writer);
        _zScores.Write(writer);
    }

    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(BarHistory), 2, 2);
        _cumulativeDelta = reader.ReadInt128();
        _previousClose = reader.ReadInt64();
        _vwapQuote.Restore(ref reader);
        _vwapVolume.Restore(ref reader);
        _trueRanges.Restore(ref reader);
        _vpinImbalance.Restore(ref reader);
        _vpinVolume.Restore(ref reader);
        _priceChanges.Restore(ref reader);
        _deltas.Restore(ref reader);
        _zScores.Restore(ref reader);
    }

    private void Score(in BarTotals bar, in FeatureValues values)
    {
        var scored = _scored.AsSpan();
        scored[(int)ZFeature.Ofi] = values[FeatureColumn.Ofi];
        scored[(int)ZFeature.Delta] = Units(bar.Delta);
        scored[(int)ZFeature.BuyVolume] = Units(bar.BuyVolume);
        scored[(int)ZFeature.SellVolume] = Units(bar.SellVolume);
        scored[(int)ZFeature.TradeCount] = bar.TradeCount;
        scored[(int)ZFeature.DurationMs] = bar.DurationMs;
        scored[(int)ZFeature.AvgBuySize] = values[FeatureColumn.AvgBuySize];
        scored[(int)ZFeature.AvgSellSize] = values[FeatureColumn.AvgSellSize];
        scored[(int)ZFeature.LargeTradeRatio] = values[FeatureColumn.LargeTradeRatio];
        scored[(int)ZFeature.VwapDeviation] = values[FeatureColumn.VwapDeviation];
        scored[(int)ZFeature.TradeIntensity] = values[FeatureColumn.TradeIntensity];
        scored[(int)ZFeature.PriceImpact] = values[FeatureColumn.PriceImpact];
        scored[(int)ZFeature.UptickRatio] = values[FeatureColumn.UptickRatio];
        scored[(int)ZFeature.RealizedVolatility] = values[FeatureColumn.RealizedVolatility];
        scored[(int)ZFeature.KyleLambda] = values[FeatureColumn.KyleLambda];
        _zScores.Push(scored);
    }

    private (double WithIntercept, double ThroughOrigin) KyleLambda()
    {
        var window = _options.KyleWindow;
        if (!_deltas.HasValues(window)) return (double.NaN, double.NaN);
        var (withIntercept, throughOrigin) = Moments.Slopes(_deltas.Newest(window), _priceChanges.Newest(window));
        return (_deltas.AreEqual(window) ? 0 : withIntercept, throughOrigin);
    }

    private static double Units(long e8) => (double)e8 / Fixed8.One;

    /// <summary>The nearest double but for one rounding; the conversion that comes with Int128 is several times slower.</summary>
    private static double Wide(Int128 value) => ((double)(long)(value >> 64) * 18446744073709551616.0) + (double)(ulong)value;
}
