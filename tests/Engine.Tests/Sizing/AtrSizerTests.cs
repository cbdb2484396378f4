using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Sizing;

namespace Granary.Engine.Tests.Sizing;

public sealed class AtrSizerTests
{
    private static readonly SizingInput Plain = new(Equity: 10_000, Atr: 20, Price: 100, Step: 0.001m, NotionalMin: 5, SameDirectionNotional: 0);

    [GoldenFact]
    public void Sizing_table_is_reproduced_in_every_column()
    {
        var rows = GoldenTable.Read("expected/sizing.csv");
        rows.Count.ShouldBe(40);
        foreach (var row in rows)
        {
            var what = $"case {row["case"]}";
            var input = new SizingInput(
                row.Decimal("equity"), row.Decimal("atr"), row.Decimal("price"), row.Decimal("step"), row.Decimal("min_notional"),
                row.Decimal("existing_notional"))
            {
                StopAtrMultiple = row.Decimal("stop_mult"),
                RegimeFactor = row.Decimal("regime_factor"),
                Strength = row.Decimal("strength"),
                KellyFactor = row.Decimal("kelly"),
                SizeMultiplier = row.Decimal("risk_mult"),
            };
            var size = AtrSizer.Size(input);
            size.RiskAmount.ShouldBe(row.Decimal("risk_amount"), what);
            GoldenTable.ShouldMatch(size.Base, row.Double("base"), 1e-12, what);
            GoldenTable.ShouldMatch(size.Raw, row.Double("raw"), 1e-12, what);
            GoldenTable.ShouldMatch(size.CapPosition, row.Double("cap_position"), 1e-12, what);
            GoldenTable.ShouldMatch(size.CapDirection, row.Double("cap_direction"), 1e-12, what);
            GoldenTable.ShouldMatch(size.Capped, row.Double("capped"), 1e-12, what);
            size.Quantity.ShouldBe(row.Decimal("quantity"), what);
            Name(size.Binding).ShouldBe(row["binding"], what);
            (size.Refusal == SizingRefusal.None).ShouldBe(size.Quantity > 0, what);
        }
    }

    [Theory]
    [InlineData(0, 20, 100, 1, SizingRefusal.NoEquity)]
    [InlineData(10_000, 20, 0, 1, SizingRefusal.NoPrice)]
    [InlineData(10_000, 0, 100, 1, SizingRefusal.NoAtr)]
    [InlineData(10_000, 20, 100, 0, SizingRefusal.FactorZero)]
    [InlineData(10_000, 20, 100, 0.001, SizingRefusal.BelowNotionalMin)]
    [InlineData(10_000, 20, 100, 0.0001, SizingRefusal.BelowStep)]
    [InlineData(10_000, 20, 100, 1, SizingRefusal.None)]
    public void A_size_of_zero_has_a_name(decimal equity, decimal atr, decimal price, decimal strength, SizingRefusal expected)
    {
        var size = AtrSizer.Size(Plain with { Equity = equity, Atr = atr, Price = price, Strength = strength });
        size.Refusal.ShouldBe(expected);
        (size.Quantity > 0).ShouldBe(expected == SizingRefusal.None);
    }

    [Fact]
    public void Full_caps_have_names()
    {
        AtrSizer.Size(Plain with { SameDirectionNotional = 1000 }).Refusal.ShouldBe(SizingRefusal.DirectionFull);
        AtrSizer.Size(Plain with { PositionNotional = 500 }).Refusal.ShouldBe(SizingRefusal.PositionFull);
        AtrSizer.Size(Plain with { PositionNotional = 499, SameDirectionNotional = 499 }).Refusal.ShouldBe(SizingRefusal.BelowNotionalMin);
    }

    [Fact]
    public void Every_factor_multiplies_the_size()
    {
        // 100 at risk over a distance of 300: 1/3 before the factors.
        var input = Plain with { Atr = 200, RegimeFactor = 0.5m, Strength = 1.5m, KellyFactor = 0.8m, SizeFactor = 1.2m, SizeMultiplier = 0.25m };
        var size = AtrSizer.Size(input);
        (size.RiskAmount, size.Raw).ShouldBe((100m, 100m / 300 * 0.5m * (1.5m * 0.8m * 1.2m) * 0.25m));
        (size.Quantity, size.Refusal).ShouldBe((0.060m, SizingRefusal.None));
        AtrSizer.Size(input, [new SignalSize(1, 1, 1)]).Raw.ShouldBe(100m / 300 * 0.5m * 0.25m);
    }

    [Fact]
    public void Of_equal_terms_the_first_binds()
    {
        // Raw: 10,000 * 1 % / 20 = 5; the position's cap 500 / 100; the direction's 1,000 / 100 less what is held.
        var input = Plain with { StopAtrMultiple = 1 };
        (AtrSizer.Size(input).Binding, AtrSizer.Size(input).CapPosition).ShouldBe((SizingCap.Raw, 5m));
        AtrSizer.Size(input with { SameDirectionNotional = 500 }).Binding.ShouldBe(SizingCap.Raw, "all three are 5");
        AtrSizer.Size(input with { Atr = 10, SameDirectionNotional = 500 }).Binding.ShouldBe(SizingCap.Position, "raw is 10, the caps are 5");
        AtrSizer.Size(input with { PositionEquityShareMax = 1, SameDirectionNotional = 500 }).Binding.ShouldBe(SizingCap.Raw);
        AtrSizer.Size(input with { Atr = 10, SameDirectionNotional = 501 }).Binding.ShouldBe(SizingCap.Direction);
    }

    [Fact]
    public void The_smallest_notional_is_enough_and_the_smallest_distance_is_one()
    {
        AtrSizer.Size(Plain with { NotionalMin = 333.3m }).Refusal.ShouldBe(SizingRefusal.None, "3.333 at 100");
        AtrSizer.Size(Plain with { NotionalMin = 333.31m }).Refusal.ShouldBe(SizingRefusal.BelowNotionalMin);
        AtrSizer.Size(Plain with { Atr = AtrSizer.StopDistanceMin, StopAtrMultiple = 1 }).Refusal.ShouldBe(SizingRefusal.None);
        AtrSizer.Size(Plain with { Atr = AtrSizer.StopDistanceMin, StopAtrMultiple = 0.99m }).Refusal.ShouldBe(SizingRefusal.NoAtr);
    }

    [Fact]
    public void A_step_or_a_multiple_that_is_none_is_the_callers_fault_whatever_else_holds()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => AtrSizer.Size(Plain with { Equity = 0, Step = 0 })).ParamName.ShouldBe("input.Step");
        Should.Throw<ArgumentOutOfRangeException>(() => AtrSizer.Size(Plain with { Equity = 0, StopAtrMultiple = 0 }))
            .ParamName.ShouldBe("input.StopAtrMultiple");
    }

    [Fact]
    public void The_smallest_distance_and_a_huge_equity_do_not_overflow() =>
        AtrSizer.Size(Plain with { Equity = 1e15m, Atr = 1e-12m }).Binding.ShouldBe(SizingCap.Position);

    [Fact]
    public void A_stop_by_share_of_the_price_sizes_without_an_atr()
    {
        var size = AtrSizer.Size(Plain with { Atr = 0, StopPriceShare = 0.02m, PositionEquityShareMax = 1, DirectionEquityShareMax = 1 });
        size.Base.ShouldBe(50, "100 at risk, 2 lost a unit");
        size.Quantity.ShouldBe(50);
        Should.Throw<ArgumentOutOfRangeException>(() => AtrSizer.Size(Plain with { StopPriceShare = 0 })).ParamName.ShouldBe("StopPriceShare");
    }

    [Fact]
    public void Sizes_of_two_signals_add_up_to_the_caps()
    {
        var wide = Plain with { Atr = 2000, RegimeFactor = 0.5m };
        var momentum = new SignalSize(1.1m, 0.5m, 0.8m);
        var reversion = new SignalSize(0.9m, 0.25m, 1.2m);
        var both = AtrSizer.Size(wide, [momentum, reversion]);
        both.Raw.ShouldBe(AtrSizer.Size(wide, [momentum]).Raw + AtrSizer.Size(wide, [reversion]).Raw, 1e-24m);
        AtrSizer.Size(wide, [momentum]).Raw.ShouldBe(AtrSizer.Size(wide with { Strength = 1.1m, KellyFactor = 0.5m, SizeFactor = 0.8m }).Raw);
        AtrSizer.Size(Plain with { Atr = 1 }, [momentum, reversion]).Binding.ShouldBe(SizingCap.Position);
        AtrSizer.Size(wide, []).Refusal.ShouldBe(SizingRefusal.FactorZero);
        AtrSizer.Size(wide, [momentum, new SignalSize(-5, 1, 1)]).Raw.ShouldBe(AtrSizer.Size(wide, [momentum]).Raw, "no signal takes from another");
    }

    [Fact]
    public void No_size_passes_a_cap_or_leaves_the_lot_step() => Prop.ForAll(
        Arb.From(Gen.Choose(1, 1_000_000).ArrayOf(5)),
        n =>
        {
            var input = new SizingInput(n[0], n[1] / 1000m, n[2] / 100m, 0.001m, 5, n[3] / 20m)
            {
                PositionNotional = n[4] / 50m,
                Strength = 0.5m + (n[0] % 100 / 100m),
                SizeMultiplier = n[1] % 2 == 0 ? 1 : 0.25m,
            };
            var size = AtrSizer.Size(input);
            var notional = size.Quantity * input.Price;
            (size.Quantity % 0.001m).ShouldBe(0);
            size.Quantity.ShouldBeGreaterThanOrEqualTo(0);
            if (size.Quantity == 0) return;
            (notional + input.PositionNotional).ShouldBeLessThanOrEqualTo(0.05m * input.Equity);
            (notional + input.SameDirectionNotional).ShouldBeLessThanOrEqualTo(0.10m * input.Equity);
            notional.ShouldBeGreaterThanOrEqualTo(5);
            (size.Quantity * input.Atr * 1.5m).ShouldBeLessThanOrEqualTo(input.Equity * 0.01m * 1.5m, "no stop costs more than the strongest signal may risk");
        }).QuickCheckThrowOnFailure();

    private static string Name(SizingCap cap) => cap switch { SizingCap.Raw => "raw", SizingCap.Position => "position_cap", _ => "direction_cap" };
}
