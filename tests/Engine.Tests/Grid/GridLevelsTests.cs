using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Grid;
using Granary.Engine.Margin;

namespace Granary.Engine.Tests.Grid;

public sealed class GridLevelsTests
{
    [Fact]
    public void A_long_range_is_95_and_50_percent_of_the_high()
    {
        var range = GridRange.Long(73_777);
        (range.Top, range.Bottom, range.Limit, range.Boundary).ShouldBe((70_088.15m, 36_888.5m, 70_088.15m, 36_888.5m));
        var levels = new GridLevels(range, 0.002m);
        levels.Count.ShouldBe(322);
        levels.Price(0).ShouldBe(36_888.5m);
        levels.Price(2).ShouldBe(37_036.201554m);
        levels.TakeProfit(320).ShouldBe(levels.Price(321));
        levels.TakeProfit(321).ShouldBe(70_088.15m);
    }

    [Fact]
    public void A_short_range_is_105_and_200_percent_of_the_low()
    {
        var range = GridRange.Short(1_000);
        (range.Top, range.Bottom, range.Limit, range.Boundary).ShouldBe((2_000m, 1_050m, 1_050m, 2_000m));
        var levels = new GridLevels(range, 0.25m);
        Enumerable.Range(0, levels.Count).Select(levels.Price).ShouldBe([2_000m, 1_600m, 1_280m]);
        Enumerable.Range(0, levels.Count).Select(levels.TakeProfit).ShouldBe([1_600m, 1_280m, 1_050m]);
    }

    [Fact]
    public void A_level_that_meets_the_limit_belongs_to_the_levels_and_has_no_profit()
    {
        var levels = new GridLevels(GridRange.Long(1_000), 0.9m);
        Enumerable.Range(0, levels.Count).Select(levels.Price).ShouldBe([500m, 950m]);
        (levels.HasProfit(0), levels.HasProfit(1)).ShouldBe((true, false));
    }

    [Fact]
    public void Levels_are_geometric_and_no_two_share_a_take_profit() => ForAnyExtreme((extreme, random) =>
    {
        var isLong = random.Next(2) == 0;
        var range = isLong ? GridRange.Long(extreme) : GridRange.Short(extreme);
        var levels = new GridLevels(range, random.Next(1, 1_001) / 1_000m);
        for (var i = 0; i < levels.Count; i++)
        {
            range.IsWithinLimit(levels.TakeProfit(i)).ShouldBeTrue();
            range.IsWithinLimit(levels.Price(i)).ShouldBeTrue();
            range.IsWithinBoundary(levels.Price(i)).ShouldBeTrue();
            if (i == 0) continue;
            var (lower, upper) = isLong ? (levels.Price(i - 1), levels.Price(i)) : (levels.Price(i), levels.Price(i - 1));
            (upper / lower).ShouldBe(1 + levels.StepRatio, 1e-20m);
            if (levels.HasProfit(i)) levels.TakeProfit(i).ShouldNotBe(levels.TakeProfit(i - 1));
        }
        range.IsWithinLimit(GridLevels.Next(range.Side, levels.Price(levels.Count - 1), levels.StepRatio)).ShouldBeFalse();
    });

    [Fact]
    public void At_its_leverage_a_level_is_liquidated_at_the_boundary() => ForAnyExtreme((extreme, random) =>
    {
        var side = random.Next(2) == 0 ? GridSide.Long : GridSide.Short;
        var levels = new GridLevels(side == GridSide.Long ? GridRange.Long(extreme) : GridRange.Short(extreme), 0.1m);
        var maintenance = random.Next(0, 250) / 1_000m;
        GridLeverage.ToBoundary(side, levels.Price(0), levels.Range.Boundary, maintenance).ShouldBeNull();
        GridLeverage.Capped(side, levels.Price(0), levels.Range.Boundary, maintenance, 10).ShouldBe(10);
        for (var i = 1; i < levels.Count; i++)
        {
            var leverage = GridLeverage.ToBoundary(side, levels.Price(i), levels.Range.Boundary, maintenance)!.Value;
            GridLeverage.Capped(side, levels.Price(i), levels.Range.Boundary, maintenance, 3).ShouldBe(Math.Min(leverage, 3));
            var liquidation = LiquidationPrice.Isolated(
                (int)side * 2m, levels.Price(i), 2 * levels.Price(i) / leverage, LeverageBrackets.Flat("BTCUSDT", maintenance));
            liquidation!.Value.ShouldBe(levels.Range.Boundary, levels.Range.Boundary * 1e-18m);
        }
    });

    [Fact]
    public void Values_out_of_range_are_refused_by_name()
    {
        Should.Throw<ArgumentException>(() => GridRange.Long(0)).ParamName.ShouldBe("recentHigh");
        Should.Throw<ArgumentException>(() => GridRange.Short(-1)).ParamName.ShouldBe("recentLow");
        Should.Throw<ArgumentException>(() => GridRange.Long(1, 0.5m, 0.5m)).ParamName.ShouldBe("limitFraction");
        Should.Throw<ArgumentException>(() => new GridLevels(GridRange.Long(1), 0)).ParamName.ShouldBe("stepRatio");
        Should.Throw<ArgumentException>(() => new GridLevels(GridRange.Long(1), 0.000_001m)).Message.ShouldContain("100000 levels");
        Should.Throw<ArgumentException>(() => GridLeverage.ToBoundary(GridSide.Long, 2, 1, 1)).ParamName.ShouldBe("maintenanceRate");
        Should.Throw<ArgumentException>(() => GridLeverage.Capped(GridSide.Long, 2, 1, 0, 0.5m)).ParamName.ShouldBe("cap");
        Should.Throw<ArgumentException>(() => GridLevels.Notional(-1, 0)).ParamName.ShouldBe("equity");
        Should.Throw<ArgumentException>(() => GridLevels.Notional(1, 1.1m)).ParamName.ShouldBe("orderFraction");
    }

    private static void ForAnyExtreme(Action<decimal, Random> check) => Prop.ForAll(
        Gen.Choose(1, int.MaxValue - 1).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            check(random.Next(1, 100_000_000) / (decimal)Math.Pow(10, random.Next(0, 8)), random);
        }).QuickCheckThrowOnFailure();
}
