using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Golden;
using Granary.Engine.Tests.Sizing;

namespace Granary.Engine.Tests.Protection;

public sealed class PositionGuardTests
{
    private static readonly GuardParameters Defaults = new();

    [GoldenFact]
    public void Stops_table_is_reproduced_and_survives_a_snapshot_after_every_bar()
    {
        var bars = GoldenTable.Read("inputs/stop_bars.csv").GroupBy(row => row["scenario"]).ToDictionary(group => group.Key, group => group.ToList());
        var expected = GoldenTable.Read("expected/stops.csv");
        expected.Count.ShouldBe(203);
        var exits = new HashSet<string>();
        var parameters = GoldenParameters.Load(GoldenTable.Folder!).Stops;
        foreach (var scenario in expected.GroupBy(row => row["scenario"]))
        {
            var input = bars[scenario.Key];
            var side = input[0]["side"] == "LONG" ? OrderSide.Buy : OrderSide.Sell;
            var guard = new PositionGuard(side, input[0].Decimal("entry"), input[0].Decimal("atr"), parameters);
            foreach (var row in scenario)
            {
                var bar = input[(int)row.Int("bar") - 1];
                var exit = guard.OnBar(new GuardBar(
                    bar.Decimal("open"), bar.Decimal("high"), bar.Decimal("low"), bar.Decimal("close"), bar.Double("ema_ofi"), bar.Double("slope_cum_delta")));
                var what = $"scenario {scenario.Key} bar {row["bar"]}";
                guard.HardStop.ShouldBe(row.Decimal("l1"), what);
                guard.Best.ShouldBe(row.Decimal("best"), what);
                guard.TrailingActive.ShouldBe(row.Int("trail_active") == 1, what);
                guard.TrailingStop.ShouldBe(row.DecimalOrNull("trail_stop"), what);
                guard.FlowCount.ShouldBe((int)row.Int("l2_count"), what);
                (exit is { } e ? Name(e.Reason) : "").ShouldBe(row["exit_reason"], what);
                (exit?.Price).ShouldBe(row.DecimalOrNull("exit_price"), what);
                if (exit is { } reached) exits.Add(Name(reached.Reason));
                guard = Restored(guard, parameters);
            }
        }
        exits.ShouldBe(["L1", "TRAIL", "L2", "L3"], ignoreOrder: true);
    }

    [Fact]
    public void The_resting_stop_only_tightens_and_no_stop_falls_behind_it() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1)),
        seed =>
        {
            var random = new Random(seed);
            var side = random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            var guard = new PositionGuard(side, 100, 2, Defaults);
            guard.RestingStop.ShouldBe(guard.HardStop);
            var (resting, open) = (guard.RestingStop, 100m);
            for (var i = 0; i < 60; i++)
            {
                var close = open + ((decimal)(random.NextDouble() - 0.45) * 2 * (int)side);
                var (high, low) = (Math.Max(open, close) + 0.1m, Math.Min(open, close) - 0.1m);
                if (guard.OnBar(new GuardBar(open, high, low, close, null, random.NextDouble() - 0.5)) is not null) return;
                ((int)side * (guard.RestingStop - resting)).ShouldBeGreaterThanOrEqualTo(0);
                ((int)side * (guard.Stop - guard.RestingStop)).ShouldBeGreaterThanOrEqualTo(0);
                (resting, open) = (guard.RestingStop, close);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(OrderSide.Buy, 85.01, null)]
    [InlineData(OrderSide.Buy, 85, ExitReason.HardStop)]
    [InlineData(OrderSide.Buy, 80, ExitReason.HardStop)]
    [InlineData(OrderSide.Sell, 114.99, null)]
    [InlineData(OrderSide.Sell, 115, ExitReason.HardStop)]
    public void A_trade_at_or_through_the_hard_stop_exits(OrderSide side, decimal price, ExitReason? expected) =>
        (new PositionGuard(side, 100, 10, Defaults).OnTrade(price)?.Reason).ShouldBe(expected);

    [Fact]
    public void A_trade_at_the_hard_stop_is_an_exit_and_one_before_it_is_not()
    {
        var guard = new PositionGuard(OrderSide.Buy, 100, 10, Defaults);
        guard.OnTrade(85.01m).ShouldBeNull();
        guard.OnTrade(84m).ShouldBe(new GuardExit(ExitReason.HardStop, 84m));
        guard.OnTrade(84m).ShouldNotBeNull("a lost exit must be asked for again");
    }

    [Fact]
    public void A_trade_is_judged_by_the_trailing_stop_of_the_last_completed_bar()
    {
        var guard = new PositionGuard(OrderSide.Buy, 100, 10, Defaults);
        guard.OnBar(new GuardBar(100, 112, 99, 111, 0, 0)).ShouldBeNull();
        guard.TrailingStop.ShouldBe(104);
        guard.OnTrade(130m).ShouldBeNull();
        guard.TrailingStop.ShouldBe(104, "only completed bars move it");
        guard.OnTrade(104m).ShouldBe(new GuardExit(ExitReason.TrailingStop, 104m));
    }

    [Fact]
    public void Acceleration_widens_the_distance_for_that_bar_and_needs_a_slope_before()
    {
        var guard = new PositionGuard(OrderSide.Buy, 100, 10, Defaults);
        guard.OnBar(new GuardBar(100, 112, 99, 111, 0, 5));
        guard.TrailingStop.ShouldBe(104, "no slope before the first bar");
        guard.OnBar(new GuardBar(111, 112, 110, 111, 0, 6));
        guard.TrailingStop.ShouldBe(100, "accelerating: 1.2 ATR");
        guard.OnBar(new GuardBar(111, 112, 110, 111, 0, 6));
        guard.TrailingStop.ShouldBe(104, "not accelerating: 0.8 ATR");
        var known = new PositionGuard(OrderSide.Buy, 100, 10, Defaults, entrySlope: 4);
        known.OnBar(new GuardBar(100, 112, 99, 111, 0, 5));
        known.TrailingStop.ShouldBe(100);
    }

    [Fact]
    public void A_bar_without_flow_breaks_the_row_of_flow_bars()
    {
        var guard = new PositionGuard(OrderSide.Sell, 100, 10, Defaults);
        var against = new GuardBar(100, 101, 99, 100, 0.26, null);
        guard.OnBar(against).ShouldBeNull();
        guard.OnBar(against).ShouldBeNull();
        guard.OnBar(against with { EmaOfi = null }).ShouldBeNull();
        guard.FlowCount.ShouldBe(0);
        guard.OnBar(against).ShouldBeNull();
        guard.OnBar(against with { EmaOfi = 0.25 }).ShouldBeNull("the level itself is not past the level");
        guard.FlowCount.ShouldBe(0);
    }

    [Fact]
    public void A_restored_guard_keeps_its_hard_stop_when_the_configured_distance_has_changed()
    {
        var guard = Restored(new PositionGuard(OrderSide.Buy, 100, 10, Defaults), Defaults with { StopAtrMultiple = 3 });
        guard.HardStop.ShouldBe(85);
    }

    [Theory]
    [InlineData("StopAtrMultiple")]
    [InlineData("StopPriceShare")]
    [InlineData("TrailAtrMultiple")]
    [InlineData("TrailWideAtrMultiple")]
    [InlineData("FlowExitBars")]
    [InlineData("HoldingBarsMax")]
    public void A_wrong_parameter_is_named(string name)
    {
        var wrong = name switch
        {
            "StopAtrMultiple" => Defaults with { StopAtrMultiple = 0 },
            "StopPriceShare" => Defaults with { StopPriceShare = 1 },
            "TrailAtrMultiple" => Defaults with { TrailAtrMultiple = 0 },
            "TrailWideAtrMultiple" => Defaults with { TrailWideAtrMultiple = 0.5m },
            "FlowExitBars" => Defaults with { FlowExitBars = 0 },
            _ => Defaults with { HoldingBarsMax = 0 },
        };
        Should.Throw<ArgumentException>(() => new PositionGuard(OrderSide.Buy, 100, 10, wrong)).ParamName.ShouldBe(name);
    }

    [Fact]
    public void The_hard_stop_never_loosens_and_the_stop_is_never_behind_it() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 1_000_000).ArrayOf()),
        script =>
        {
            foreach (var (side, profile) in new[]
            {
                (OrderSide.Buy, GuardProfiles.Atr), (OrderSide.Sell, GuardProfiles.Atr), (OrderSide.Buy, GuardProfiles.PriceShare),
                (OrderSide.Sell, GuardProfiles.PriceShare),
            })
            {
                var d = (int)side;
                var parameters = profile with { HoldingBarsMax = 40 };
                var guard = new PositionGuard(side, 1000, 10, parameters);
                var hardStop = 1000 - (d * (profile.StopPriceShare is null ? 15 : 20));
                var price = 1000m;
                foreach (var step in script)
                {
                    var open = price + ((step % 7) - 3);
                    var close = open + ((step / 7 % 15) - 7);
                    var high = Math.Max(open, close) + (step / 105 % 6);
                    var low = Math.Min(open, close) - (step / 630 % 6);
                    price = close;
                    var before = guard.Stop;
                    var exit = guard.OnBar(new GuardBar(open, high, low, close, ((step / 3780 % 21) - 10) / 20.0, (step / 79380 % 9) - 4));
                    guard.HardStop.ShouldBe(hardStop);
                    (d * guard.Stop).ShouldBeGreaterThanOrEqualTo(d * guard.HardStop);
                    var worst = d > 0 ? low : high;
                    if (d * worst <= d * before) exit.ShouldNotBeNull("a bar that reached the stop must exit");
                    if (exit is { Reason: ExitReason.HardStop or ExitReason.TrailingStop } stopped)
                        (d * stopped.Price).ShouldBeLessThanOrEqualTo(d * before, "a stop never fills better than its level");
                    if (exit is not null) break;
                    guard = Restored(guard, parameters);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(OrderSide.Buy, 98)]
    [InlineData(OrderSide.Sell, 102)]
    public void A_stop_by_share_of_the_price_does_not_look_at_the_atr(OrderSide side, decimal stop)
    {
        var guard = new PositionGuard(side, 100, 10, GuardProfiles.PriceShare);
        guard.HardStop.ShouldBe(stop);
        guard.OnTrade(stop).ShouldBe(new GuardExit(ExitReason.HardStop, stop));
        guard.OnTrade(stop + ((int)side * 0.01m)).ShouldBeNull();
        Restored(guard, Defaults).HardStop.ShouldBe(stop);
    }

    [Fact]
    public void The_share_profile_trails_from_the_first_bar_and_always_ends_with_the_holding_time()
    {
        var guard = new PositionGuard(OrderSide.Buy, 100, 1, GuardProfiles.PriceShare with { HoldingBarsMax = 3 });
        guard.OnBar(new GuardBar(100, 103, 99, 102, 0, 5)).ShouldBeNull();
        guard.TrailingStop.ShouldBe(101);
        guard.OnBar(new GuardBar(102, 103, 102, 102, 0, 6)).ShouldBeNull();
        guard.TrailingStop.ShouldBe(101, "accelerating flow does not widen it");
        guard.OnBar(new GuardBar(102, 103, 102, 102.5m, 0, 0)).ShouldBe(new GuardExit(ExitReason.HoldingTime, 102.5m));
        var other = new PositionGuard(OrderSide.Buy, 100, 1, Defaults with { HoldingBarsMax = 1 });
        other.OnBar(new GuardBar(100, 103, 99.5m, 102, 0, 0)).ShouldBeNull("the trailing stop is active");
    }

    [Fact]
    public void A_damaged_snapshot_is_refused_and_nothing_else_happens()
    {
        var guard = new PositionGuard(OrderSide.Buy, 100, 10, Defaults, entrySlope: 1);
        guard.OnBar(new GuardBar(100, 112, 99, 111, -0.3, 2)).ShouldBeNull();
        var writer = new SnapshotWriter();
        guard.Write(writer);
        var bytes = writer.ToArray();
        var refused = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var flip in new byte[] { 1, 0x80, 0xFF })
            {
                var damaged = bytes.ToArray();
                damaged[i] ^= flip;
                try
                {
                    var reader = new SnapshotReader(damaged);
                    PositionGuard.Read(ref reader, Defaults).OnBar(new GuardBar(100, 112, 99, 111, -0.3, 2));
                }
                catch (InvalidDataException)
                {
                    refused++;
                }
            }
        }
        refused.ShouldBeGreaterThan(bytes.Length);
        for (var length = 0; length < bytes.Length; length++)
        {
            Should.Throw<InvalidDataException>(() =>
            {
                var reader = new SnapshotReader(bytes.AsSpan(0, length));
                PositionGuard.Read(ref reader, Defaults);
            });
        }
    }

    [Fact]
    public void A_mirrored_market_gives_the_mirrored_protection() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 1_000_000).ArrayOf()),
        script =>
        {
            var profile = script.Length % 2 == 0 ? Defaults : GuardProfiles.PriceShare;
            var (left, right) = (new PositionGuard(OrderSide.Buy, 1000, 10, profile), new PositionGuard(OrderSide.Sell, 1000, 10, profile));
            var price = 1000m;
            foreach (var step in script)
            {
                var close = price + ((step / 7 % 15) - 7);
                var (high, low) = (Math.Max(price, close) + (step / 105 % 6), Math.Min(price, close) - (step / 630 % 6));
                var (ema, slope) = (((step / 3780 % 21) - 10) / 20.0, (step / 79380 % 9) - 4);
                var one = left.OnBar(new GuardBar(price, high, low, close, ema, slope));
                var other = right.OnBar(new GuardBar(2000 - price, 2000 - low, 2000 - high, 2000 - close, -ema, -slope));
                (other?.Reason, 2000 - other?.Price).ShouldBe((one?.Reason, one?.Price));
                (2000 - right.HardStop, 2000 - right.Best, right.FlowCount).ShouldBe((left.HardStop, left.Best, left.FlowCount));
                (2000 - right.TrailingStop).ShouldBe(left.TrailingStop);
                if (one is not null) break;
                price = close;
            }
        }).QuickCheckThrowOnFailure();

    private static string Name(ExitReason reason) => reason switch
    {
        ExitReason.HardStop => "L1",
        ExitReason.TrailingStop => "TRAIL",
        ExitReason.FlowReversal => "L2",
        _ => "L3",
    };

    private static PositionGuard Restored(PositionGuard guard, GuardParameters parameters)
    {
        var writer = new SnapshotWriter();
        guard.Write(writer);
        var reader = new SnapshotReader(writer.Written);
        var restored = PositionGuard.Read(ref reader, parameters);
        reader.AtEnd.ShouldBeTrue();
        return restored;
    }
}
