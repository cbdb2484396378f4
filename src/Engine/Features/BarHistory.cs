using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Features;

/// <summary>
/// What is remembered of the closed bars, and the features of a bar computed from it. Sums of decimals are running sums of scaled integers and thus
/// exact; doubles are summed over the whole window each time (<see cref="Moments"/>).
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

    /// <summary>Takes a closed bar and what its trades gathered, and returns its features.</summary>
    public BarFeatures Add(in BarTotals bar, TradeStatistics trades)
    {
        var delta = bar.BuyVolume - bar.SellVolume;
        _cumulativeDelta += delta;
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
        var (kyleLambda, kyleLambdaNoIntercept) = KyleLambda();
        double? logReturn = isFirst ? null : LogReturn.Of(bar.Close, _previousClose);
        _previousClose = bar.Close;

        var hasQ90 = trades.LargeAbove is not null;
        double? rollingVwap = _vwapQuote.IsFull ? Ratio(_vwapQuote.Sum, _vwapVolume.Sum) / Fixed8.One : null;
        double? buyVwap = bar.BuyVolume == 0 ? null : Ratio(bar.BuyQuoteVolume, bar.BuyVolume) / Fixed8.One;
        double? sellVwap = bar.SellVolume == 0 ? null : Ratio(bar.SellQuoteVolume, bar.SellVolume) / Fixed8.One;
        var ofi = Ratio(delta, bar.Volume);
        var avgBuySize = bar.BuyTradeCount == 0 ? 0 : Units(bar.BuyVolume) / bar.BuyTradeCount;
        var avgSellSize = bar.SellTradeCount == 0 ? 0 : Units(bar.SellVolume) / bar.SellTradeCount;
        double? largeTradeRatio = hasQ90 ? Ratio(trades.LargeVolumeE8, bar.Volume) : null;
        var vwapDeviation = (Units(bar.Close) - rollingVwap) / rollingVwap;
        var tradeIntensity = bar.TradeCount / (double)Math.Max(bar.DurationMs, 1);
        var priceImpact = Ratio(bar.Close - bar.Open, bar.Volume);
        var uptickRatio = trades.UptickCount / (double)bar.TradeCount;
        var realizedVolatility = trades.RealizedVolatility;

        _zScores.Push(ZFeature.Ofi, ofi);
        _zScores.Push(ZFeature.Delta, Units(delta));
        _zScores.Push(ZFeature.BuyVolume, Units(bar.BuyVolume));
        _zScores.Push(ZFeature.SellVolume, Units(bar.SellVolume));
        _zScores.Push(ZFeature.TradeCount, bar.TradeCount);
        _zScores.Push(ZFeature.DurationMs, bar.DurationMs);
        _zScores.Push(ZFeature.AvgBuySize, avgBuySize);
        _zScores.Push(ZFeature.AvgSellSize, avgSellSize);
        _zScores.Push(ZFeature.LargeTradeRatio, largeTradeRatio ?? double.NaN);
        _zScores.Push(ZFeature.VwapDeviation, vwapDeviation ?? double.NaN);
        _zScores.Push(ZFeature.TradeIntensity, tradeIntensity);
        _zScores.Push(ZFeature.PriceImpact, priceImpact);
        _zScores.Push(ZFeature.UptickRatio, uptickRatio);
        _zScores.Push(ZFeature.RealizedVolatility, realizedVolatility);
        _zScores.Push(ZFeature.KyleLambda, kyleLambda ?? double.NaN);

        return new BarFeatures
        {
            DurationMs = bar.DurationMs,
            Delta = Fixed8.ToDecimal(delta),
            CumulativeDelta = Fixed8.ToDecimalE16(_cumulativeDelta * Fixed8.One),
            Ofi = ofi,
            AvgBuySize = avgBuySize,
            AvgSellSize = avgSellSize,
            Q90 = trades.LargeAbove,
            LargeVolume = hasQ90 ? Fixed8.ToDecimal(trades.LargeVolumeE8) : null,
            LargeTradeRatio = largeTradeRatio,
            Vwap = Ratio(bar.QuoteVolume, bar.Volume) / Fixed8.One,
            RollingVwap = rollingVwap,
            VwapDeviation = vwapDeviation,
            BuyVwap = buyVwap,
            SellVwap = sellVwap,
            BuySellVwapDiff = buyVwap - sellVwap,
            TradeIntensity = tradeIntensity,
            PriceImpact = priceImpact,
            UptickCount = trades.UptickCount,
            DowntickCount = trades.DowntickCount,
            UptickRatio = uptickRatio,
            RealizedVolatility = realizedVolatility,
            KyleLambda = kyleLambda,
            KyleLambdaNoIntercept = kyleLambdaNoIntercept,
            LogReturn = logReturn,
            TrueRange = Units(trueRange),
            Atr = _trueRanges.IsFull ? Ratio(_trueRanges.Sum, _options.AtrWindow) / Fixed8.One : null,
            Vpin = _vpinVolume.IsFull ? Ratio(_vpinImbalance.Sum, _vpinVolume.Sum) : null,
            ZScores = _zScores.Score(),
        };
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(BarHistory), 1);
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
        reader.Section(nameof(BarHistory), 1);
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

    private (double? WithIntercept, double? ThroughOrigin) KyleLambda()
    {
        var window = _options.KyleWindow;
        if (!_deltas.HasValues(window)) return (null, null);
        var (withIntercept, throughOrigin) = Moments.Slopes(_deltas.Newest(window), _priceChanges.Newest(window));
        return (_deltas.AreEqual(window) ? 0 : withIntercept, throughOrigin);
    }

    private static double Units(long e8) => (double)e8 / Fixed8.One;

    private static double Ratio(Int128 numerator, Int128 denominator) => (double)numerator / (double)denominator;
}
