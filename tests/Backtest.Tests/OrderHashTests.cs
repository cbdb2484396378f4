using Granary.Backtest.Configuration;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;
using Granary.Engine.Decisions;
using Granary.Engine.Risk;
using Granary.Engine.Signals;

namespace Granary.Backtest.Tests;

/// <summary>
/// The fingerprint of all orders and fills of each sample. One that changes means that a backtest trades otherwise than before: that is done on purpose, or not at
/// all, and whoever does it says why where this file is changed.
/// </summary>
public sealed class OrderHashTests
{
    /// <summary>Looser than the defaults, so that a short walk has entries of all kinds.</summary>
    private static readonly DecisionOptions Eager = new()
    {
        Signals = new SignalOptions
        {
            Momentum = new MomentumOptions { OfiThreshold = 0.02, IntensityThreshold = 0.1, LargeTradeThreshold = 0.1, SizeRatio = 1.01, OptionalNeeded = 1 },
        },
    };

    [Theory]
    [InlineData("signals", 296, "6ea792445c332d97b99c75765bbd54fb2534e112b8735cca6cdba132df16435b")]
    [InlineData("signals late", 296, "3e12eec7bef7866f0b347ae3af57eea955bbf71254138444b52c2e4c4d69a024")]
    [InlineData("coin", 402, "19147039ec7961d8532a94687daab638d946920c56b0be6814bbbb166e34d4b6")]
    [InlineData("cross", 196, "c62401cbfe2ce54f52b4a42dc180a7952261ebbfff685989e459ea9159eb5c57")]
    public void A_made_up_market_has_the_orders_that_it_had(string sample, long orders, string hash)
    {
        var trades = new TradeFeed(Markets.Rules(), Markets.Walk(40_000));
        var late = new LatencyModel { FeedMs = 40, OrderMs = 70, ReportLagMs = 90, JitterMs = 50 };
        var limits = new RiskLimits { LossStreakPauseAt = 1_000, ProfitToFeesMin = 0 };
        var result = sample switch
        {
            "signals" => BacktestRunner.Run([trades], Markets.Terms(_ => [new SignalStrategy(Eager)], Markets.Stated) with { Limits = limits }),
            "signals late" => BacktestRunner.Run(
                [trades], Markets.Terms(_ => [new SignalStrategy(Eager)], Markets.Stated with { Latency = late }) with { Limits = limits }),
            "coin" => BacktestRunner.Run([trades], Markets.Terms(_ => [new CoinFlip(1, 1, 2, 2)], Markets.Stated)),
            _ => BacktestRunner.Run(
                [new CandleFeed(Markets.Rules(), Markets.Candles(5_000))], Markets.Terms(_ => [new AverageCross(10, 30, 1)], Markets.Stated)),
        };
        (result.Orders, result.OrderHash).ShouldBe((orders, hash));
    }

    [SharedFilesTheory]
    [InlineData("aggtrades/um-APEUSDT-aggTrades-2024-10-18.zip", "Signals", 2_500, 16, "a01b27132f4a82b64d11a265909bc56cae94e6c22de3fd5c650247346d70c67e")]
    [InlineData("aggtrades/spot-LTCUSDT-aggTrades-2025-06-21_1204-2400.csv.gz", "Signals", 20, 16, "a40fd8713ae78f93d706fc987e9e31b1810e6250512838bcc558ed0d2fd4282b")]
    [InlineData("klines-1m/um-BTCUSDT-1m-2025-05-04_06-03-ohlcv.csv.gz", "Cross", 0, 1768, "4000159594a776bcfa4a9b52f884f9d2229f9c1b5a4fe5c2996714cc4fa4cae3")]
    [InlineData("klines-1m/um-ETHUSDT-1m-2025-05-04_06-03-ohlcv.csv.gz", "Cross", 0, 1757, "47a38e75479fc4aa8a988f9a6469582a19e4cfd2632de64dc3bd195dca3f387a")]
    public void A_recorded_market_has_the_orders_that_it_had(string file, string strategy, int volume, long orders, string hash)
    {
        var parts = Tape.TapePart.Of(SharedFiles.Data(file));
        var feeds = strategy == "Cross" ? FeedFiles.Candles(parts) : FeedFiles.Trades(parts);
        var config = new RunConfig { Strategy = Enum.Parse<StrategyKind>(strategy), VolumeThreshold = volume == 0 ? null : volume, Execution = Markets.Stated };
        var result = BacktestRunner.Run(feeds, config.ToOptions());
        (result.Orders, result.OrderHash).ShouldBe((orders, hash));
    }
}
