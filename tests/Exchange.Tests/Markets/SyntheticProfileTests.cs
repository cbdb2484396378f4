using Granary.Exchange.Markets;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.Markets;

/// <summary>Each parameter of the synthetic agents does what it says.</summary>
public sealed class SyntheticProfileTests
{
    private const long StartMs = 1_700_000_000_000;
    private const long SecondUs = 1_000_000;

    private static readonly SyntheticProfile s_profile = new("BTCUSDT", 64_000m) { VolatilityBps = 1 };

    [Theory]
    [InlineData(0, 0.8, 1.25)]
    [InlineData(0.5, 2.5, 6)]
    [InlineData(0.8, 8, 40)]
    public void Clustered_takers_come_as_often_and_less_evenly(double clustering, double dispersionMin, double dispersionMax)
    {
        var flow = new TakerFlow(s_profile with { TradesPerSecond = 10, Clustering = clustering, ClusterSeconds = 0.5 }, new SeededRandom(1));
        const int windows = 4000;
        var counts = new double[windows];
        for (var us = flow.NextUs(0, 1); us < windows * 5 * SecondUs; us = flow.NextUs(us, 1)) counts[us / (5 * SecondUs)]++;
        var mean = counts.Average();
        mean.ShouldBeInRange(47, 53);
        // For windows long against the kernel the index of dispersion tends to 1 / (1 - n)^2.
        (counts.Sum(c => (c - mean) * (c - mean)) / windows / mean).ShouldBeInRange(dispersionMin, dispersionMax);
    }

    [Fact]
    public void Volatility_clusters_and_keeps_its_mean()
    {
        var calm = Returns(s_profile);
        var clustered = Returns(s_profile with { VolatilityReaction = 0.15, VolatilityPersistence = 0.8 });
        SquareCorrelation(calm).ShouldBeInRange(-0.03, 0.03);
        SquareCorrelation(clustered).ShouldBeGreaterThan(0.07);
        (clustered.Average(r => r * r) / calm.Average(r => r * r)).ShouldBeInRange(0.85, 1.15);
    }

    [Fact]
    public void A_trend_drifts_by_its_basis_points_an_hour()
    {
        var fair = Fair(s_profile with { VolatilityBps = 0, TrendBpsPerHour = -100 });
        for (var s = 1; s <= 7200; s++) fair.DriftTo(s * SecondUs);
        fair.Ticks.ShouldBeInRange((long)(640_000 * Math.Exp(-0.02)) - 5, (long)(640_000 * Math.Exp(-0.02)) + 5);
    }

    [Fact]
    public void A_crash_falls_by_its_depth_thins_the_book_and_recovers_its_share()
    {
        var fair = Fair(s_profile with { VolatilityBps = 0, CrashesPerDay = 20, CrashBps = 1000, CrashSeconds = 10, CrashRecovery = 0.5, CrashDepth = 0.1 });
        var prices = new List<long>();
        var thin = 0;
        for (var s = 1; s <= 86_400 && (prices.Count < 200 || prices[^1] == prices[^200] == false || prices[^1] == 640_000); s++)
        {
            fair.DriftTo(s * SecondUs);
            prices.Add(fair.Ticks);
            if (fair.Depth < 1) thin++;
        }
        // Falls to 90 %, then takes back half of that in logarithms.
        prices.Min().ShouldBeInRange(575_990, 580_000);
        prices[^1].ShouldBeInRange((long)(640_000 * Math.Sqrt(0.9)) - 20, (long)(640_000 * Math.Sqrt(0.9)) + 20);
        thin.ShouldBeInRange(9, 11);
    }

    [Fact]
    public void The_spread_the_depth_and_thin_hours_are_seen_in_the_book()
    {
        var usual = Market(p => p);
        Market(p => p with { SpreadBps = 10 }).SpreadTicks.ShouldBeInRange(600, 680);
        usual.SpreadTicks.ShouldBeLessThan(60);
        (Market(p => p with { DepthScale = 4 }).Depth / usual.Depth).ShouldBeInRange(3.2, 4.9);

        // The session begins at 22:13 UTC.
        var thin = Market(p => p with { ThinFromHour = 22, ThinToHour = 1, ThinShare = 0.25 });
        (thin.Depth / usual.Depth).ShouldBeInRange(0.2, 0.35);
        // Fewer takers, each of which walks over more levels.
        ((double)thin.Trades / usual.Trades).ShouldBeInRange(0.15, 0.7);
        Market(p => p with { ThinFromHour = 1, ThinToHour = 22 }).ShouldBe(usual);
    }

    [Fact]
    public void A_hundred_symbols_trade_side_by_side_in_the_order_of_time()
    {
        var rules = Enumerable.Range(0, 100).Select(i => SymbolCatalog.Defaults[0] with { Symbol = $"S{i:D3}USDT" }).ToArray();
        var events = new RecordedEvents(keepsAll: false);
        using var exchange = Exchanges.Synthetic(events, new ExchangeOptions
        {
            StartTimeMs = StartMs,
            Symbols = rules,
            Profiles = [.. rules.Select(r => s_profile with { Symbol = r.Symbol })],
        });
        while (exchange.MarketTimeMs < StartMs + 5000) exchange.Driver.Step();
        events.Trades.Select(t => t.Symbol).Distinct().Count().ShouldBe(100);
        events.Trades.Select(t => t.Trade.TimeMs).ShouldBe(events.Trades.Select(t => t.Trade.TimeMs).Order());
    }

    [Theory]
    [InlineData(0.3, 0.8, "VolatilityReaction + VolatilityPersistence")]
    [InlineData(0.7, 0.1, "VolatilityReaction")]
    public void A_profile_out_of_range_is_named(double reaction, double persistence, string expected) => Should.Throw<ArgumentException>(
        () => new ExchangeOptions { Profiles = [s_profile with { VolatilityReaction = reaction, VolatilityPersistence = persistence }] }.Validate())
        .Message.ShouldContain(expected);

    [Fact]
    public void Profiles_come_from_a_file()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "profiles.json");
        File.WriteAllText(path, """[{"symbol":"BTCUSDT","price":50000,"clustering":0.6,"thinFromHour":3,"thinToHour":5}]""");
        SyntheticProfileFile.Load(path).ShouldBe([new SyntheticProfile("BTCUSDT", 50_000m) { Clustering = 0.6, ThinFromHour = 3, ThinToHour = 5 }]);
        using var exchange = Exchanges.Synthetic(new RecordedEvents(), new ExchangeOptions { StartTimeMs = StartMs, ProfilePath = path });
        (exchange.GetBookTicker("BTCUSDT").BidPrice, exchange.GetBookTicker("ETHUSDT").BidPrice).ShouldBe((50_000m, 3_200m));
    }

    [Theory]
    [InlineData("""[{"symbol":"BTCUSDT","price":50000,"mood":1}]""", "mood")]
    [InlineData("""[{"symbol":"BTCUSDT"}]""", "price")]
    [InlineData("null", "array")]
    public void A_wrong_file_of_profiles_is_named(string text, string expected)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "profiles.json");
        File.WriteAllText(path, text);
        var message = Should.Throw<InvalidDataException>(() => SyntheticProfileFile.Load(path)).Message;
        message.ShouldStartWith(path);
        message.ShouldContain(expected);
    }

    private static FairPrice Fair(SyntheticProfile profile) => new(profile, new SyntheticPath(profile.Moves), new SeededRandom(3), 3, 640_000, 100, 10_000_000, 0);

    private static double[] Returns(SyntheticProfile profile)
    {
        var fair = new FairPrice(profile, new SyntheticPath([]), new SeededRandom(3), 3, 640_000_000_000, 100, 1e15, 0);
        var returns = new double[50_000];
        for (var s = 0; s < returns.Length; s++)
        {
            var before = (double)fair.Ticks;
            for (var i = 1; i <= 4; i++) fair.DriftTo((s * SecondUs) + (i * SecondUs / 4));
            returns[s] = Math.Log(fair.Ticks / before);
        }
        return returns;
    }

    private static double SquareCorrelation(double[] returns)
    {
        var squares = returns.Select(r => r * r).ToArray();
        var mean = squares.Average();
        return squares.Zip(squares.Skip(1), (a, b) => (a - mean) * (b - mean)).Average() / squares.Average(s => (s - mean) * (s - mean));
    }

    private static (double SpreadTicks, double Depth, int Trades) Market(Func<SyntheticProfile, SyntheticProfile> change)
    {
        var events = new RecordedEvents(keepsAll: false);
        using var exchange = Exchanges.Synthetic(events, new ExchangeOptions
        {
            StartTimeMs = StartMs,
            Seed = 7,
            Symbols = [SymbolCatalog.Defaults[0]],
            Profiles = [change(s_profile with { VolatilityBps = 0.2, QuietSeconds = 86_400 })],
        });
        double spread = 0, depth = 0;
        const int samples = 400;
        for (var i = 1; i <= samples; i++)
        {
            while (exchange.MarketTimeMs < StartMs + (i * 250)) exchange.Driver.Step();
            var book = exchange.GetDepth("BTCUSDT", 1000);
            spread += (book.Asks[0].PriceE8 - book.Bids[0].PriceE8) / 1e7;
            depth += book.Bids.Sum(l => l.QuantityE8 / 1e8);
        }
        return (spread / samples, depth / samples, events.Trades.Count);
    }
}
