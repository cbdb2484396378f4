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
    public void The_smallest_distance_and_a_huge_equity_do_not_overflow() =>
        AtrSizer.Size(Plain with { Equity = 1e15m, Atr = 1e-12m }).Binding.ShouldBe(SizingCap.Position);

    private static string Name(SizingCap cap) => cap switch { SizingCap.Raw => "raw", SizingCap.Position => "position_cap", _ => "direction_cap" };
}
