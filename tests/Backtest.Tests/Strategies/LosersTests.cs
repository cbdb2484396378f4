using Granary.Backtest.Feeds;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;

namespace Granary.Backtest.Tests.Strategies;

/// <summary>Strategies that cannot earn anything lose what trading costs.</summary>
public sealed class LosersTests
{
    [Fact]
    public void Buying_and_holding_earns_the_market_less_the_fee_to_the_last_digit()
    {
        var execution = Markets.Free with { TakerFeeRate = 0.0004m };
        for (var seed = 1; seed <= 20; seed++)
        {
            var trades = Markets.Walk(500, seed);
            var result = BacktestRunner.Run([new TradeFeed(Markets.Rules(), trades)], Markets.Terms(_ => [new BuyAndHold(1)], execution, volume: 2));
            result.Fees.ShouldBeGreaterThan(0);
            var entry = result.Fees / 0.0004m;
            (result.Equity - result.Cash).ShouldBe(trades[^1].Price - entry - result.Fees);
        }
    }

    [Fact]
    public void Over_markets_without_drift_it_loses_the_fee_in_the_mean()
    {
        var execution = Markets.Free with { TakerFeeRate = 0.0004m };
        var excess = new List<double>();
        for (var seed = 0; seed < 1_000; seed++)
        {
            var result = BacktestRunner.Run(
                [new TradeFeed(Markets.Rules(), Markets.Walk(200, seed))], Markets.Terms(_ => [new BuyAndHold(1)], execution, volume: 2));
            excess.Add((double)(result.Equity - result.Cash + result.Fees));
        }
        var mean = excess.Average();
        var error = Math.Sqrt(excess.Sum(e => (e - mean) * (e - mean)) / (excess.Count - 1) / excess.Count);
        Math.Abs(mean).ShouldBeLessThan(3.3 * error);
    }
}
