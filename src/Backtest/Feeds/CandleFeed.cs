using Granary.Backtest.Runs;
using Granary.Backtest.Validation;
using Granary.Engine.Market;

namespace Granary.Backtest.Feeds;

/// <summary>
/// Recorded candles, for where there is nothing finer. What happened inside a candle is not known: strategies of trades are given four made-up ones on the path
/// open, low, high, close of a rising candle and open, high, low, close of a falling one, with the candle's volume and, where it is known, its takers' share.
/// </summary>
/// <param name="rules">The venue's rules.</param>
/// <param name="candles">By rising open time; not copied.</param>
public sealed class CandleFeed(SymbolRules rules, ReadOnlyMemory<Kline> candles) : MarketFeed(rules)
{
    /// <summary>The candles, by rising open time.</summary>
    public ReadOnlyMemory<Kline> Candles => candles;

    /// <inheritdoc/>
    public override MarketFeed Until(long toMs)
    {
        var count = 0;
        while (count < candles.Length && candles.Span[count].OpenTimeMs < toMs) count++;
        return new CandleFeed(Rules, candles[..count]) { Funding = Funding, Brackets = Brackets };
    }

    /// <inheritdoc/>
    public override MarketFeed Stressed(StressPath path)
    {
        var made = new List<Kline>(candles.Length);
        foreach (ref readonly var candle in candles.Span)
        {
            if (path.Drops(candle.OpenTimeMs)) continue;
            var (first, last) = ((decimal)path.Factor(candle.OpenTimeMs, 0), (decimal)path.Factor(candle.CloseTimeMs, 0));
            var (open, close) = (Rules.FloorPrice(candle.Open * first), Rules.FloorPrice(candle.Close * last));
            made.Add(candle with
            {
                Open = open,
                Close = close,
                High = Math.Max(Math.Max(open, close), Rules.FloorPrice(candle.High * Math.Max(first, last))),
                Low = Math.Min(Math.Min(open, close), Rules.FloorPrice(candle.Low * Math.Min(first, last))),
            });
        }
        return new CandleFeed(Rules, made.ToArray()) { Funding = Funding, Brackets = Brackets };
    }

    internal override long FirstMs() => candles.IsEmpty ? long.MaxValue : candles.Span[0].OpenTimeMs;

    internal override decimal GuessThreshold()
    {
        var first = candles.Span[..Math.Min(candles.Length, 200)];
        var sum = 0m;
        foreach (ref readonly var candle in first) sum += candle.Volume;
        return first.IsEmpty ? 1 : Math.Max(decimal.Round(sum / first.Length, Fixed8.Decimals), Fixed8.ToDecimal(1));
    }

    internal override SymbolRun Start(RunSetup setup) => new CandleRun(setup, candles);
}
