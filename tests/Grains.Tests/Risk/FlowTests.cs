using Granary.Engine.Positions;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Risk;

/// <summary>Funding and transfers that the venue names are booked as such, once.</summary>
public sealed class FlowTests
{
    [Theory]
    [InlineData("FUNDING_FEE", -12.5, true, true)]
    [InlineData("FUNDING_FEE", -12.5, true, false)]
    [InlineData("DEPOSIT", 5000, false, true)]
    [InlineData("WITHDRAW", -400, false, false)]
    public void A_named_flow_is_booked_once_by_its_name_and_no_difference(string reason, double amount, bool isFunding, bool tellsChange)
    {
        using var bench = new GrainBench().StartActive();
        var flow = (decimal)amount;
        bench.Venue.Wallet += flow;
        var notice = Notice(bench, reason, tellsChange ? flow : null);
        bench.Tell(() => bench.Risk.OnAccount(notice));
        bench.Tell(() => bench.Risk.OnAccount(notice));
        bench.Pass(30);
        Check();

        bench.Crash();
        bench.StartActive();
        bench.Pass(30);
        Check();

        void Check()
        {
            var view = bench.RiskView;
            (view.Funding, view.Transfers, view.OtherFlows).ShouldBe(isFunding ? (flow, 0, flow) : (0, flow, flow));
            view.Wallet.ShouldBe(bench.Venue.Wallet);
            bench.Incidents().ShouldNotContain(i => i.Kind == "WalletDifference");

            // Neither a deposit nor a withdrawal is profit or loss; funding is.
            bench.Ask(bench.Risk.GetReport).Drawdown.ShouldBe(isFunding ? 12.5m / 100_000m : 0, 1e-9m);
        }
    }

    [Fact]
    public void A_flow_that_is_named_after_it_was_booked_as_a_difference_only_gets_its_name()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.Wallet += 50;
        bench.Pass(11);
        bench.RiskView.OtherFlows.ShouldBe(50);
        bench.Tell(() => bench.Risk.OnAccount(Notice(bench, "DEPOSIT", 50)));
        bench.Pass(30);
        (bench.RiskView.OtherFlows, bench.RiskView.Transfers, bench.RiskView.Wallet).ShouldBe((50, 50, 100_050));
    }

    private static AccountNotice Notice(GrainBench bench, string reason, decimal? change) => new(
        reason, [new BalanceReport("USDT", bench.Venue.Wallet, 0, Samples.T0 + 60_000) { Change = change }], [], Samples.T0 + 60_000);
}
