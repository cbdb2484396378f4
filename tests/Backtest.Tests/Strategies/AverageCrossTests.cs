using Granary.Backtest.Feeds;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;

namespace Granary.Backtest.Tests.Strategies;

public sealed class AverageCrossTests
{
    [Fact]
    public void Trades_are_those_of_the_rule_filled_at_the_next_open()
    {
        var candles = Markets.Candles(500);
        var result = BacktestRunner.Run([new CandleFeed(Markets.Rules(), candles)], Markets.Terms(_ => [new AverageCross(5, 20, 1)]));
        var expected = new List<(long, decimal, long, decimal)>();
        (long Ms, decimal Price)? open = null;
        for (var i = 19; i + 1 < candles.Length; i++)
        {
            var isUp = candles[(i - 4)..(i + 1)].Sum(c => c.Close) * 4 > candles[(i - 19)..(i + 1)].Sum(c => c.Close);
            if (isUp && open is null) open = (candles[i + 1].OpenTimeMs, candles[i + 1].Open);
            else if (!isUp && open is { } entry)
            {
                expected.Add((entry.Ms, entry.Price, candles[i + 1].OpenTimeMs, candles[i + 1].Open));
                open = null;
            }
        }
        expected.Count.ShouldBeGreaterThan(5);
        result.Trades.Select(t => (t.EntryMs, t.EntryPrice, t.ExitMs, t.ExitPrice)).ShouldBe(expected);
    }
}
