using Granary.Engine.Margin;

namespace Granary.Engine.Tests.Margin;

public sealed class LiquidationPriceTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void An_isolated_long_is_liquidated_where_the_formula_of_the_grid_says()
    {
        // E(1 - 1/L)/(1 - mmr), formulas §11.2, in the first step.
        LiquidationPrice.Isolated(1, 10_000, 1_000, Ladders.Btc)!.Value.ShouldBe(9_000m / 0.996m);
        LiquidationPrice.Isolated(-1, 10_000, 1_000, Ladders.Btc)!.Value.ShouldBe(11_000m / 1.004m);
    }

    [Fact]
    public void What_no_price_liquidates_has_no_liquidation_price()
    {
        LiquidationPrice.Isolated(0, 10_000, 1_000, Ladders.Btc).ShouldBeNull("no position");
        LiquidationPrice.Isolated(1, 10_000, 10_000, Ladders.Btc).ShouldBeNull("fully paid");
        LiquidationPrice.Cross(1, 10_000, 12_000, 0, 0, Ladders.Btc).ShouldBeNull();
        LiquidationPrice.Isolated(-1, 10_000, -10_000, Ladders.Btc).ShouldBeNull("lost at any price");
    }

    [Fact]
    public void The_other_positions_of_a_cross_account_move_it()
    {
        var alone = LiquidationPrice.Cross(1, 10_000, 1_000, 0, 0, Ladders.Btc)!.Value;
        LiquidationPrice.Cross(1, 10_000, 1_100, 100, 0, Ladders.Btc).ShouldBe(alone);
        LiquidationPrice.Cross(1, 10_000, 900, 0, 100, Ladders.Btc).ShouldBe(alone);
        LiquidationPrice.Cross(1, 10_000, 1_000, 50, -50, Ladders.Btc)!.Value.ShouldBeGreaterThan(alone);
    }

    [Fact]
    public void At_the_liquidation_price_the_margin_balance_is_the_maintenance_margin()
    {
        var random = new Random(20261121);
        var found = new int[7];
        for (var i = 0; i < Rounds; i++)
        {
            var ladder = Ladders.Random(random);
            var quantity = (random.Next(2) == 0 ? 1 : -1) * random.Next(1, 10_000) * 0.01m;
            var entry = random.Next(1, 100_000) * 0.1m;
            var wallet = random.Next(-1_000, 300_000);
            var (maintenance, unrealized) = (random.Next(0, 10_000), random.Next(-10_000, 10_000));
            var what = $"round {i}: {quantity} at {entry}, wallet {wallet}, others {maintenance} and {unrealized}";
            decimal Surplus(decimal mark) => wallet - maintenance + unrealized + (quantity * (mark - entry)) - ladder.Maintenance(Math.Abs(quantity) * mark);
            if (LiquidationPrice.Cross(quantity, entry, wallet, maintenance, unrealized, ladder) is { } price)
            {
                Math.Abs(Surplus(price)).ShouldBeLessThan(1e-15m, what);
                (Math.Sign(quantity) * Surplus(price * 1.001m)).ShouldBeGreaterThan(0, what);
                (Math.Sign(quantity) * Surplus(price * 0.999m)).ShouldBeLessThan(0, what);
                found[ladder.IndexOf(Math.Abs(quantity) * price)]++;
                continue;
            }
            (quantity > 0 ? Surplus(0.0000001m) >= 0 : Surplus(0.0000001m) <= 0).ShouldBeTrue(what);
        }
        found.Take(5).ShouldAllBe(count => count > 100, "steps beyond the first were reached");
    }
}
