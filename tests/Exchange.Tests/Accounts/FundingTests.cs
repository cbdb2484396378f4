using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Tests.Doubles;
using static Granary.Exchange.Tests.Accounts.MarginRig;

namespace Granary.Exchange.Tests.Accounts;

public sealed class FundingTests
{
    private const long Hour = 3_600_000;
    private const long Due = ((MarkedMarket.StartMs / (8 * Hour)) + 1) * 8 * Hour;

    [Fact]
    public void Longs_pay_shorts_at_the_mark_when_the_time_comes()
    {
        using var rig = new MarginRig();
        rig.Trade("a", OrderSide.Buy, 10m, 100m);
        rig.Mark(110m, afterMs: Due - MarkedMarket.StartMs - 1);
        rig.Wallet("a").Funding.ShouldBe(0);
        rig.Mark(120m, afterMs: 1, rate: 0.5m);
        // 10 x 120 x the rate that was announced before.
        rig.Wallet("a").Funding.ShouldBe(-0.12m);
        rig.Wallet("mm").Funding.ShouldBe(0.12m);
        rig.Exchange.GetTotals().FundingPool.ShouldBe(0);
        var income = rig.Exchange.GetIncome("a", X, "FUNDING_FEE", 0, long.MaxValue, 10).Single();
        (income.Amount, income.TimeMs).ShouldBe((-0.12m, Due));
        rig.Exchange.GetFundingRates(X, 0, long.MaxValue, 10).ShouldBe([new FundingRecord(X, 0.0001m, Due, 120m)]);
        var change = rig.Events.Accounts.Last(e => e.Account == "a").Change;
        (change.Reason, change.BalanceChange, change.Positions.Count).ShouldBe(("FUNDING_FEE", -0.12m, 0));
        rig.Mark(120m);
        rig.Wallet("a").Funding.ShouldBe(-0.12m);
    }

    [Fact]
    public void A_negative_rate_lets_shorts_pay_and_isolated_positions_pay_from_their_own_wallet()
    {
        using var rig = new MarginRig();
        rig.Exchange.SetMarginType("a", X, MarginType.Isolated);
        rig.Trade("a", OrderSide.Sell, 10m, 100m);
        rig.Mark(100m, rate: -0.01m);
        rig.Mark(100m, afterMs: 9 * Hour);
        rig.Position("a").IsolatedWallet.ShouldBe(90m);
        rig.Wallet("a").CrossBalance.ShouldBe(9_900m);
        rig.Events.Accounts.Last(e => e.Account == "a").Change.Positions.Single().IsolatedWallet.ShouldBe(90m);
    }

    [Fact]
    public void Times_that_passed_in_one_step_are_all_charged()
    {
        using var rig = new MarginRig();
        rig.Trade("a", OrderSide.Buy, 10m, 100m);
        rig.Mark(100m, afterMs: 25 * Hour);
        rig.Exchange.GetFundingRates(X, 0, long.MaxValue, 10).Select(f => f.TimeMs).ShouldBe([Due, Due + (8 * Hour), Due + (16 * Hour)]);
        rig.Wallet("a").Funding.ShouldBe(-0.3m);
    }

    [Fact]
    public void Funding_that_a_position_cannot_pay_liquidates_it()
    {
        using var rig = new MarginRig();
        rig.Exchange.SetMarginType("a", X, MarginType.Isolated);
        rig.Trade("a", OrderSide.Buy, 10m, 100m);
        rig.Mark(100m, rate: 0.2m);
        rig.Mark(100m, afterMs: 9 * Hour);
        rig.Quantity("a").ShouldBe(0);
        rig.Wallet("a").Balance.ShouldBe(9_900m);
    }
}
