using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Risk;

/// <summary>The wallet by the books and the wallet of the venue.</summary>
public sealed class WalletTests
{
    [Fact]
    public void A_difference_that_no_fill_explains_is_booked_after_two_equal_looks_and_named()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.Wallet += 12.345m;
        bench.Pass(5);
        bench.RiskView.OtherFlows.ShouldBe(0);
        bench.Pass(5);
        bench.RiskView.OtherFlows.ShouldBe(12.345m);
        bench.RiskView.Wallet.ShouldBe(100_012.345m);
        bench.Incidents().Single(i => i.Kind == "WalletDifference").Seen.ShouldContain("12.345");

        bench.Crash();
        bench.StartActive();
        bench.Pass(20);
        bench.RiskView.OtherFlows.ShouldBe(12.345m);
        bench.RiskView.InitialWallet.ShouldBe(100_000);
    }

    [Fact]
    public void A_difference_that_passes_is_not_booked()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.Wallet += 5;
        bench.Pass(5);
        bench.Venue.Wallet -= 5;
        bench.Pass(30);
        bench.RiskView.OtherFlows.ShouldBe(0);
        bench.Incidents().ShouldAllBe(i => i.Kind == "AccountState");
    }

    [Fact]
    public void A_fill_under_way_is_no_flow()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e", quantity: 2))).Approved.ShouldBeTrue();

        // The wallet has paid the fee already; the fill's event is late by less than two looks.
        bench.Pass(6);
        bench.DeliverEvents();
        bench.Pass(30);
        bench.RiskView.OtherFlows.ShouldBe(0);
        bench.RiskView.Wallet.ShouldBe(bench.Venue.Wallet);
    }

    [Fact]
    public void An_equity_point_is_journalled_with_every_audit()
    {
        using var bench = new GrainBench().StartActive();
        bench.Pass(20);
        var points = bench.Ask(() => bench.Journal.Reader.GetEquityAsync(Samples.Account, 100));
        points.Count.ShouldBeInRange(4, 6);
        points[0].Wallet.ShouldBe(100_000);
        points[0].State.ShouldBe("Active");
    }
}
