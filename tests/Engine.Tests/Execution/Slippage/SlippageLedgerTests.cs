using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Execution.Slippage;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Execution.Slippage;

public sealed class SlippageLedgerTests
{
    [Fact]
    public void An_orders_cost_is_split_into_delay_spread_impact_and_what_was_missed()
    {
        var tracker = new ShortfallTracker(OrderSide.Sell, 10, 100, decisionPrice: 101, forecastBps: 50);
        tracker.Result(99).ShouldBe(new OrderShortfall(10, 0, 100, null, null, null, 0, 0, 0, 0, 0, 10, 50));
        tracker.OnFill(99.5m, 4, 100, 0.2m);
        tracker.OnFill(98.5m, 4, 99, 0.1m);
        var result = tracker.Result(98);
        result.ShouldBe(new OrderShortfall(10, 8, 100, 99, 1, 100, 8, 8, 4, 4, 0.3m, 4, 50));
        (result.SpreadQuote + result.ImpactQuote).ShouldBe(result.Quote);
        result.TotalQuote.ShouldBe(20.3m);
    }

    [Fact]
    public void What_is_not_known_has_no_value()
    {
        var tracker = new ShortfallTracker(OrderSide.Buy, 3, 100);
        tracker.OnFill(101, 1, 100.5m, -0.01m);
        tracker.OnFill(101, 1, null, 0);
        tracker.OnFill(101, 0.5m, 100.5m, 0);
        var result = tracker.Result();
        (result.DelayQuote, result.SpreadQuote, result.ImpactQuote, result.OpportunityQuote, result.ForecastBps).ShouldBe((null, null, null, null, null));
        (result.Quote, result.Bps, result.TotalQuote).ShouldBe((2.5m, 100, 2.49m));
    }

    [Fact]
    public void The_ledger_sums_by_strategy_symbol_and_purpose()
    {
        var ledger = new SlippageLedger(window: 4);
        ledger.Of("a", "X", "Entry").ShouldBeNull();
        // Basis points -10, 0, 10 ... 50: the window knows the last four only.
        for (var i = -1; i <= 5; i++) ledger.Add("b", "X", "Entry", Filled(i * 0.1m, 5));
        ledger.Add("a", "Y", "Entry", new ShortfallTracker(OrderSide.Buy, 1, 100).Result(110));
        ledger.Add("a", "X", "Entry", Filled(1, null));
        ledger.Summaries().Select(s => (s.Strategy, s.Symbol)).ShouldBe([("a", "X"), ("a", "Y"), ("b", "X")]);
        var summary = ledger.Of("b", "X", "Entry")!.Value;
        (summary.Orders, summary.OrdersUnfilled, summary.Notional, summary.Quote).ShouldBe((7, 0, 700, 1.4m));
        summary.MeanBps!.Value.ShouldBe(20, 1e-12);
        summary.WeightedBps!.Value.ShouldBe(20, 1e-12);
        summary.P50Bps!.Value.ShouldBe(35, 1e-12);
        summary.P95Bps!.Value.ShouldBe(48.5, 1e-12);
        summary.ForecastErrorBps!.Value.ShouldBe(15, 1e-12);
        (summary.Forecasts, summary.ForecastBps).ShouldBe((7, 5));
        ledger.Add("b", "X", "Exit", Filled(9, null));
        ledger.Of("b", "X", "Entry").ShouldBe(summary, "exits are another group");
        var unfilled = ledger.Of("a", "Y", "Entry")!.Value;
        (unfilled.Orders, unfilled.OrdersUnfilled, unfilled.MeanBps, unfilled.WeightedBps, unfilled.P50Bps, unfilled.OpportunityQuote)
            .ShouldBe((0, 1, null, null, null, 10));
        ledger.Of("a", "X", "Entry")!.Value.ForecastErrorBps.ShouldBeNull();
    }

    [Fact]
    public void It_is_bounded_and_forgets_the_pair_that_was_silent_longest()
    {
        var ledger = new SlippageLedger(4, groupsMax: 2);
        ledger.Add("a", "X", "Entry", Filled(1, null));
        ledger.Add("b", "X", "Entry", Filled(1, null));
        ledger.Add("a", "X", "Entry", Filled(1, null));
        ledger.Add("c", "X", "Entry", Filled(1, null));
        ledger.Summaries().Select(s => s.Strategy).ShouldBe(["a", "c"]);
    }

    [Fact]
    public void The_mean_holds_after_an_outlier()
    {
        var ledger = new SlippageLedger();
        ledger.Add("a", "X", "Entry", Filled(0, null) with { Bps = 1e15 });
        for (var i = 0; i < 1_000; i++) ledger.Add("a", "X", "Entry", Filled(0, null) with { Bps = 0.1 });
        ledger.Add("a", "X", "Entry", Filled(0, null) with { Bps = -1e15 });
        ledger.Of("a", "X", "Entry")!.Value.MeanBps!.Value.ShouldBe(100.0 / 1_002, 1e-10);
    }

    [Fact]
    public void Snapshots_go_on_bit_for_bit() => Prop.ForAll(
        Gen.Choose(0, 3).Zip(Gen.Choose(-500, 500)).Zip(Gen.Choose(0, 3)).ListOf().ToArbitrary(),
        events =>
        {
            var (whole, restored) = (new SlippageLedger(5, 3), new SlippageLedger(5, 3));
            foreach (var ((pair, move), fills) in events)
            {
                var tracker = new ShortfallTracker(OrderSide.Buy, 7, 100, move % 2 == 0 ? 101 : null, move % 3 == 0 ? move : null);
                for (var i = 0; i < fills; i++)
                {
                    tracker.OnFill(100 + (move / 100m) + i, 1.5m, i == 2 ? null : 99, 0.01m);
                    var writer = new SnapshotWriter();
                    tracker.Write(writer);
                    var reader = new SnapshotReader(writer.Written);
                    tracker = ShortfallTracker.Read(ref reader);
                    reader.AtEnd.ShouldBeTrue();
                }
                var result = tracker.Result(98);
                if (result.SpreadQuote is { } spread) (spread + result.ImpactQuote!.Value).ShouldBe(result.Quote);
                whole.Add($"s{pair}", "X", "Entry", result);
                restored.Add($"s{pair}", "X", "Entry", result);
                var bytes = Bytes(restored);
                bytes.ShouldBe(Bytes(whole));
                var ledgerReader = new SnapshotReader(bytes);
                restored = SlippageLedger.Read(ref ledgerReader, 5, 3);
                ledgerReader.AtEnd.ShouldBeTrue();
                restored.Summaries().ShouldBe(whole.Summaries());
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Damage_and_wrong_values_are_named()
    {
        var ledger = new SlippageLedger(4);
        ledger.Add("a", "X", "Entry", Filled(1, 3));
        ledger.Add("b", "Y", "Entry", Filled(2, null));
        Damage.ShouldBeNamed(Bytes(ledger), static (ref SnapshotReader reader) =>
        {
            var read = SlippageLedger.Read(ref reader, 4);
            return read.Summaries();
        });
        var tracker = new ShortfallTracker(OrderSide.Buy, 1, 100, 99, 2);
        tracker.OnFill(101, 1, 100, 0.1m);
        var writer = new SnapshotWriter();
        tracker.Write(writer);
        Damage.ShouldBeNamed(writer.ToArray(), static (ref SnapshotReader reader) =>
        {
            var read = ShortfallTracker.Read(ref reader);
            return read.Result(99);
        });
        Should.Throw<ArgumentOutOfRangeException>(() => tracker.OnFill(0, 1, null, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => tracker.OnFill(1, 0, null, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => tracker.OnFill(1, 1, -1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new ShortfallTracker(OrderSide.Buy, 0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new ShortfallTracker(OrderSide.Buy, 1, 1, null, double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => new ShortfallTracker(0, 1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new SlippageLedger(0));
        Should.Throw<ArgumentOutOfRangeException>(() => new SlippageLedger(1, 0));
    }

    private static OrderShortfall Filled(decimal move, double? forecast)
    {
        var tracker = new ShortfallTracker(OrderSide.Buy, 1, 100, null, forecast);
        tracker.OnFill(100 + move, 1, 100, 0);
        return tracker.Result();
    }

    private static byte[] Bytes(SlippageLedger ledger)
    {
        var writer = new SnapshotWriter();
        ledger.Write(writer);
        return writer.ToArray();
    }
}
