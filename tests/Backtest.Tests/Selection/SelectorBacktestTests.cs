using FsCheck;
using FsCheck.Fluent;
using Granary.Backtest.Feeds;
using Granary.Backtest.Selection;
using Granary.Engine.Market;
using Granary.Engine.Selection;

namespace Granary.Backtest.Tests.Selection;

public sealed class SelectorBacktestTests
{
    private const long HourMs = 3_600_000;
    private const long StartMs = 1_700_006_400_000;

    private static readonly SelectorOptions Options = new()
    {
        Selection = new SelectionOptions
        {
            Factors = [new FactorSpec("MtmAtrMean", Ascending: true, Window: 6)],
            Filters = [new FilterSpec("ChgPctMax", 4, 0.5m), new FilterSpec("Volume", 4)],
            LongCount = 1,
            ShortCount = 2,
            CandleCountMin = 12,
            Capital = 10_000,
            FlatCountMax = 5,
        },
        Benchmark = "S0USDT",
    };

    [Fact]
    public void Cutting_the_candles_off_changes_nothing_before_the_cut()
    {
        var feeds = Market(6, 120);
        Prop.ForAll(Gen.Choose(20, 119).ToArbitrary(), hours =>
        {
            var cutMs = StartMs + (hours * HourMs);
            List<SelectionEntry> whole = [], cut = [];
            var all = SelectorBacktest.Run(feeds, Options, whole.Add);
            var part = SelectorBacktest.Run([.. feeds.Select(feed => feed.Until(cutMs))], Options, cut.Add);

            cut.Select(Text).ShouldBe(whole.Where(entry => entry.TimeMs <= cutMs).Select(Text));
            var known = part.Variants[0].Hours;
            known.ShouldBe(all.Variants[0].Hours.Take(known.Count));
            known[^1].TimeMs.ShouldBe(cutMs);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));
    }

    [Fact]
    public void Equity_is_what_the_legs_earned_to_the_last_decimal()
    {
        var result = SelectorBacktest.Run(Market(6, 200), Options with { HoldCandles = [1, 4], Offsets = null });
        result.Variants.Count.ShouldBe(5);
        foreach (var at in result.Variants)
        {
            at.Result.Fills.ShouldBeGreaterThan(0);
            Math.Abs(at.Result.Equity - at.Result.Cash - at.Longs.NetPnl - at.Shorts.NetPnl).ShouldBeLessThan(1e-12m);
            (at.Longs.Fees + at.Shorts.Fees).ShouldBe(at.Result.Fees);
            (at.Longs.Turnover + at.Shorts.Turnover).ShouldBe(at.Result.Turnover);
            (at.Longs.Slippage + at.Shorts.Slippage).ShouldBe(at.Result.SlippageCost);
            at.Hours.Select(hour => hour.TimeMs).ShouldBe(Enumerable.Range(0, at.Hours.Count).Select(i => at.Hours[0].TimeMs + (i * HourMs)));
            for (var i = 1; i < at.Hours.Count; i++)
                Math.Abs(at.Hours[i].Equity - at.Hours[i - 1].Equity - at.Hours[i].LongPnl - at.Hours[i].ShortPnl).ShouldBeLessThan(1e-12m);
        }
        result.Variants.Select(at => at.Result.OrderHash).Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void Variants_trade_when_they_are_due()
    {
        var result = SelectorBacktest.Run(Market(6, 100), Options with { HoldCandles = [4], Offsets = [1, 3], Tolerance = 0 });
        result.Variants.Select(at => at.Variant).ShouldBe([new(4, 1), new(4, 3)]);
        foreach (var at in result.Variants)
            at.Hours.Skip(1).Where(hour => hour.Turnover > 0).Select(hour => (hour.TimeMs - HourMs) / HourMs % 4).Distinct().ShouldBe([at.Variant.Offset]);
    }

    [Fact]
    public void Orders_are_filled_at_the_next_open_with_slippage_and_fee()
    {
        var result = SelectorBacktest.Run(Market(6, 13), Options with { Costs = new SelectorCosts { FeeRate = 0.001m, SlippageRate = 0.01m } }).Variants[0];
        result.Result.Fills.ShouldBe(3, "one rebalance has a next candle, the one at the end of the last has not");
        (result.Longs.Slippage / result.Longs.Turnover).ShouldBe(0.01m / 1.01m, 1e-7m);
        (result.Shorts.Slippage / result.Shorts.Turnover).ShouldBe(0.01m / 0.99m, 1e-7m);
        (result.Result.Fees / result.Result.Turnover).ShouldBe(0.001m, 1e-7m);
    }

    [Fact]
    public void Flat_and_delisted_contracts_are_left_out_and_named()
    {
        var feeds = Market(7, 120).ToList();
        feeds[3] = feeds[3] with { Candles = Flattened(feeds[3].Candles) };
        feeds[5] = feeds[5].Until(StartMs + (60 * HourMs));
        List<SelectionEntry> entries = [];
        var result = SelectorBacktest.Run(feeds, Options, entries.Add);

        entries.ShouldAllBe(entry => entry.Targets.All(target => target.Symbol != "S3USDT"));
        entries.Where(entry => entry.TimeMs > StartMs + (60 * HourMs)).ShouldAllBe(entry => entry.Targets.All(target => target.Symbol != "S5USDT"));
        var flat = result.Exclusions.Single(exclusion => exclusion.Symbol == "S3USDT");
        (flat.Reason, flat.Runs).ShouldBe((DropReason.Flat, entries.Count));
        var ended = result.Exclusions.Single(exclusion => exclusion.Symbol == "S5USDT" && exclusion.Reason == DropReason.NotReady);
        (ended.Runs, ended.FirstMs).ShouldBe((60, StartMs + (61 * HourMs)));
        result.Variants[0].Result.Symbols.Single(symbol => symbol.Symbol == "S5USDT").OpenQuantity.ShouldBe(0);
    }

    [Fact]
    public void A_held_contract_that_ends_is_settled_at_its_last_price()
    {
        var whole = SelectorBacktest.Run(Market(3, 120), Options);
        var feeds = Market(3, 120).ToList();
        feeds[1] = feeds[1].Until(StartMs + (60 * HourMs));
        var result = SelectorBacktest.Run(feeds, Options).Variants[0];

        whole.Variants[0].Result.Symbols.Single(symbol => symbol.Symbol == "S1USDT").OpenQuantity.ShouldNotBe(0);
        result.Refused.ShouldBeGreaterThan(0, "two symbols are too few for one long and two shorts");
        var settled = result.Result.Trades.Single(trade => trade.ExitReason == "delisted");
        settled.Symbol.ShouldBe("S1USDT");
        settled.ExitMs.ShouldBe(StartMs + (65 * HourMs));
    }

    [Fact]
    public void Funding_is_paid_on_what_was_held_before_the_rebalance()
    {
        var hour = StartMs + (40 * HourMs);
        FundingRate[] rates = [new(hour + 7, 0.01m)];
        var plain = SelectorBacktest.Run(Market(3, 60), Options).Variants[0];
        var funded = SelectorBacktest.Run([.. Market(3, 60).Select(feed => feed with { Funding = rates })], Options).Variants[0];

        var at = plain.Hours.Single(point => point.TimeMs == hour);
        funded.Longs.Funding.ShouldBe(-at.LongNotional * 0.01m);
        funded.Shorts.Funding.ShouldBe(at.ShortNotional * 0.01m);
        funded.Hours.Single(point => point.TimeMs == hour).Equity.ShouldBe(at.Equity + funded.Result.Funding);
        funded.Hours.Single(point => point.TimeMs == hour).Funding.ShouldBe(funded.Result.Funding);
    }

    [Fact]
    public void A_hole_is_not_ready_and_then_counts_as_candles_without_trades()
    {
        var feeds = Market(4, 60).ToList();
        feeds[2] = feeds[2] with { Candles = feeds[2].Candles.ToArray().Where((_, i) => i is < 30 or > 32).ToArray() };
        List<SelectionEntry> entries = [];
        SelectorBacktest.Run(feeds, Options, entries.Add);
        var missing = entries.Where(entry => entry.Selection.Dropped.Any(drop => drop is { Symbol: "S2USDT", Reason: DropReason.NotReady })).ToList();
        missing.Select(entry => entry.TimeMs).ShouldBe([StartMs + (31 * HourMs), StartMs + (32 * HourMs), StartMs + (33 * HourMs)]);
        entries[^1].Selection.Pool.Single(symbol => symbol.Symbol == "S2USDT").Row.CandleCount.ShouldBe(60);
    }

    [Fact]
    public void A_market_that_only_the_longs_follow_has_their_beta()
    {
        SelectorHour[] hours = [.. Enumerable.Range(0, 50).Select(i =>
        {
            var close = 100m + (i % 7);
            var before = 100m + ((i + 6) % 7);
            var gain = i == 0 ? 0 : 500m * ((close / before) - 1);
            return new SelectorHour(i, 1_000, 500, 400, gain, 0, 0, 0, 0, close);
        })];
        var report = NeutralityReport.Of(hours, "X");
        report.BetaLongs!.Value.ShouldBe(0.5, 1e-12);
        report.BetaShorts!.Value.ShouldBe(0, 1e-12);
        report.NetExposureMean!.Value.ShouldBe(0.1, 1e-12);
        report.Correlation.ShouldBeNull("the equity never moved");
        NeutralityReport.Of([], "X").Beta.ShouldBeNull();
    }

    [Fact]
    public void What_cannot_be_run_is_refused_in_words()
    {
        var feeds = Market(3, 30);
        Message(() => SelectorBacktest.Run([.. feeds, feeds[0]], Options)).ShouldContain("S0USDT is given twice");
        Message(() => SelectorBacktest.Run([], Options)).ShouldContain("two candles");
        Message(() => SelectorBacktest.Run(feeds, Options with { HoldCandles = [0] })).ShouldContain("HoldCandles held 0");
        Message(() => SelectorBacktest.Run(feeds, Options with { HoldCandles = [2], Offsets = [5] })).ShouldContain("nothing would ever be traded");
        Message(() => SelectorBacktest.Run(feeds, Options with { Tolerance = 2 })).ShouldContain("Tolerance was 2");

        static string Message(Action run) => Should.Throw<ArgumentException>(run).Message;
    }

    private static List<SelectorFeed> Market(int symbols, int hours) =>
        [.. Enumerable.Range(0, symbols).Select(i => new SelectorFeed(RulesGuess.Of($"S{i}USDT", 0.01m, 0.001m), Walk(i, hours), []))];

    private static Kline[] Walk(int seed, int hours)
    {
        var random = new Random(seed);
        var close = 100m + seed;
        return [.. Enumerable.Range(0, hours).Select(i =>
        {
            var open = close;
            close = Math.Max(open + (random.Next(-200, 201) / 100m), 1);
            var openMs = StartMs + (i * HourMs);
            return new Kline(
                openMs, open, Math.Max(open, close) + 0.5m, Math.Min(open, close) - 0.5m, close, 1_000, openMs + HourMs - 1,
                    1_000 * close + random.Next(1_000), 1, 0, 0);
        })];
    }

    private static Kline[] Flattened(ReadOnlyMemory<Kline> candles) =>
        [.. candles.ToArray().Select(candle => candle with { Open = 50, High = 50, Low = 50, Close = 50, Volume = 0, QuoteVolume = 0 })];

    private static string Text(SelectionEntry entry) =>
        $"{entry.TimeMs} {entry.Selection.Refusal} "
        + string.Join(' ', entry.Targets.Select(target => $"{target.Side} {target.Symbol} {target.Factor:R} {target.Quantity}"));
}
