using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using static Granary.Exchange.Tests.Accounts.MarginRig;

namespace Granary.Exchange.Tests.Accounts;

public sealed class LiquidationPriceTests
{
    /// <summary>
    /// The worked example of the venue's article, two crossed one-way positions: ETHUSDT long 3,683.979 at 1,456.84 (mark 1,335.18, 10 %, cum 135,365) and
    /// BTCUSDT long 109.488 at 32,481.98 (mark 31,967.27, 2.5 %, cum 16,300), wallet 1,535,443.01: 1,153.26 and 26,316.89.
    /// </summary>
    [Fact]
    public void The_published_example_comes_out()
    {
        using var rig = new MarginRig(1_535_443.01m, o => o with
        {
            Brackets = new Dictionary<string, IReadOnlyList<LeverageBracket>>
            {
                [X] = BracketCatalog.Table((50, 2_707_300m, 0.05m), (20, 100_000_000m, 0.1m)),
                [Y] = BracketCatalog.Table((50, 1_000_000m, 0.0087m), (20, 100_000_000m, 0.025m)),
            },
        });
        rig.Mark(1_456.84m);
        rig.Mark(32_481.98m, Y);
        rig.Trade("a", OrderSide.Buy, 3_683.979m, 1_456.84m);
        rig.Trade("a", OrderSide.Buy, 109.488m, 32_481.98m, symbol: Y);
        rig.Mark(1_335.18m);
        rig.Mark(31_967.27m, Y);
        var bitcoin = rig.Position("a", symbol: Y);
        decimal.Round(bitcoin.MaintenanceMargin, 5).ShouldBe(71_200.81144m);
        decimal.Round(bitcoin.UnrealizedPnl, 2).ShouldBe(-56_354.57m);
        decimal.Round(rig.Position("a").LiquidationPrice, 2).ShouldBe(1_153.26m);
        decimal.Round(bitcoin.LiquidationPrice, 2).ShouldBe(26_316.89m);
    }

    [Fact]
    public void The_bracket_at_the_price_counts_not_the_one_at_the_mark()
    {
        using var rig = Rig(2_000m, (100, 5_000m, 0.01m), (50, 20_000m, 0.05m), (20, 1_000_000m, 0.1m));
        rig.Exchange.SetLeverage("a", X, 20);
        rig.Trade("a", OrderSide.Sell, 100m, 100m);
        // Short 100 at 100 in the second bracket; a third one begins at 20,000. cum2 = 5,000 x 0.04 = 200.
        rig.Position("a").LiquidationPrice.ShouldBe(decimal.Round((2_000m + 200m + 10_000m) / ((100m * 0.05m) + 100m), 8));
        using var rich = Rig(12_000m, (100, 5_000m, 0.01m), (50, 20_000m, 0.05m), (20, 1_000_000m, 0.1m));
        rich.Trade("a", OrderSide.Sell, 100m, 100m);
        // There the price is above 200, where the third bracket holds: cum3 = 200 + 20,000 x 0.05 = 1,200.
        var price = rich.Position("a").LiquidationPrice;
        price.ShouldBe(decimal.Round((12_000m + 1_200m + 10_000m) / ((100m * 0.1m) + 100m), 8));
        price.ShouldBeGreaterThan(200m);
    }

    [Theory]
    [InlineData(1, 90.45226131)]
    [InlineData(-1, 109.45273632)]
    public void Isolated_counts_only_its_own_wallet(int side, double expected)
    {
        using var rig = new MarginRig();
        rig.Exchange.SetMarginType("a", X, MarginType.Isolated);
        rig.Trade("a", (OrderSide)side, 10m, 100m);
        rig.Position("a").IsolatedWallet.ShouldBe(100m);
        rig.Position("a").LiquidationPrice.ShouldBe((decimal)expected);
    }

    [Fact]
    public void Both_legs_of_a_crossed_hedge_share_one_price()
    {
        using var rig = new MarginRig(1_000m);
        rig.Exchange.SetHedgeMode("a", true);
        rig.Trade("a", OrderSide.Buy, 50m, 100m, PositionSide.Long);
        rig.Trade("a", OrderSide.Sell, 20m, 105m, PositionSide.Short);
        var price = rig.Position("a", PositionSide.Long).LiquidationPrice;
        price.ShouldBe(rig.Position("a", PositionSide.Short).LiquidationPrice);
        // (WB - PosL EPL + PosS EPS) / (PosL MMR + PosS MMR - PosL + PosS)
        price.ShouldBe(decimal.Round((1_000m - 5_000m + 2_100m) / ((70m * 0.005m) - 50m + 20m), 8));
    }

    [Fact]
    public void A_position_that_the_wallet_can_always_bear_has_none()
    {
        using var rig = new MarginRig();
        rig.Trade("a", OrderSide.Buy, 10m, 100m);
        rig.Position("a").LiquidationPrice.ShouldBe(0);
    }

    /// <summary>Maintenance margins of the article on brackets: 500,000 at the second one of BTCUSDT of then.</summary>
    [Fact]
    public void Maintenance_margin_is_notional_times_rate_minus_the_maintenance_amount()
    {
        // FAQ b3c689c1f50a44cabb3a84e663b81d93: 0.4 % to 50,000, 0.5 % to 250,000, 1 % to 1,000,000: cum 50 and 1,300; 500,000 needs 3,700.
        using var rig = Rig(1_000_000m, (125, 50_000m, 0.004m), (100, 250_000m, 0.005m), (50, 1_000_000m, 0.01m));
        rig.Exchange.GetBrackets(X).Select(b => b.Cum).ShouldBe([0m, 50m, 1_300m]);
        rig.Trade("a", OrderSide.Buy, 5_000m, 100m);
        rig.Position("a").MaintenanceMargin.ShouldBe(3_700m);
    }

    private static MarginRig Rig(decimal balance, params (int Leverage, decimal Cap, decimal Rate)[] brackets) => new(balance, o => o with
    {
        Brackets = new Dictionary<string, IReadOnlyList<LeverageBracket>> { [X] = BracketCatalog.Table(brackets) },
    });
}
