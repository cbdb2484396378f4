using Granary.Backtest.Configuration;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Strategies;
using Granary.Engine.Features;
using Granary.Engine.Market;

namespace Granary.Backtest.Tests.Support;

/// <summary>Made-up markets and plain terms to run over them.</summary>
internal static class Markets
{
    public const long StartMs = 1_700_006_400_000;

    public static SymbolRules Rules(string symbol = "BTCUSDT") => RulesGuess.Of(symbol, 0.1m, 0.001m);

    /// <summary>A walk without drift: what it earns is luck.</summary>
    public static AggTrade[] Walk(int count, int seed = 1, long stepMs = 200)
    {
        var random = new Random(seed);
        var ticks = 1_000_000L;
        return [.. Enumerable.Range(1, count).Select(i =>
        {
            ticks += random.Next(-3, 4);
            return new AggTrade(i, StartMs + (i * stepMs), ticks * 10_000_000, random.Next(1, 400) * 100_000L, i, 1, random.Next(2) == 0);
        })];
    }

    public static Kline[] Candles(int count, int seed = 1)
    {
        var random = new Random(seed);
        var close = 100_000m;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var open = close;
            close += random.Next(-300, 301) / 10m;
            return new Kline(
                StartMs + (i * 60_000L), open, Math.Max(open, close) + 5, Math.Min(open, close) - 5, close, 10, StartMs + (i * 60_000L) + 59_999, 10 * close,
                    100, 5, 5 * close);
        })];
    }

    public static BacktestOptions Terms(Func<MarketFeed, IReadOnlyList<TradingStrategy>> strategies, ExecutionOptions? execution = null, decimal volume = 10) =>
        (new RunConfig { Strategy = StrategyKind.Coin, Cash = 1_000_000m, Execution = execution ?? Free }).ToOptions() with
        {
            Strategies = strategies,
            Pipeline = _ => new PipelineOptions { VolumeThreshold = volume },
        };

    /// <summary>The rates of formulas §4.5, which published results were made with.</summary>
    public static ExecutionOptions Stated { get; } = new() { MakerFeeRate = 0.0002m, TakerFeeRate = 0.0004m };

    public static ExecutionOptions Free { get; } = new() { MakerFeeRate = 0, TakerFeeRate = 0, SlippageRate = 0, ImpactMultiple = 0 };
}
