using Granary.Backtest.Runs;
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
    internal override decimal GuessThreshold()
    {
        var first = candles.Span[..Math.Min(candles.Length, 200)];
        var sum = 0m;
        foreach (ref readonly var candle in first) sum += candle.Volume;
        return first.IsEmpty ? 1 : Math.Max(decimal.Round(sum / first.Length, Fixed8.Decimals), Fixed8.ToDecimal(1));
    }

    internal override SymbolRun Start(RunSetup setup) => new CandleRun(setup, candles);
}
