using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Grains.Tests.Support;
using Granary.Journal;
using Granary.Journal.Records;

namespace Granary.Grains.Tests.Gateway;

/// <summary>The way of account events from the user stream to the grains.</summary>
public sealed class AccountGatewayTests
{
    [Fact]
    public void Order_events_reach_execution_and_balances_reach_risk()
    {
        using var bench = Connected();
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e", quantity: 2))).Approved.ShouldBeTrue();
        bench.Pass(1);
        var report = bench.Venue.Execute("t/main/momentum/1", 2);
        bench.Tell(() => bench.Venue.User!.OnOrderAsync(report, default));
        bench.Tell(() => bench.Venue.User!.OnAccountAsync("ORDER", [new BalanceReport("BNB", 7, 7, 0), new BalanceReport("USDT", 99_999.92m, 0, 0)], [], 0, default));
        bench.Pass(0.1);
        bench.Books.Quantity.ShouldBe(2);
        bench.RiskView.VenueWallet.ShouldBe(99_999.92m);
        bench.RiskView.Wallet.ShouldBe(99_999.92m);
    }

    [Fact]
    public void Events_of_other_symbols_are_left_alone()
    {
        using var bench = Connected();
        var report = bench.Venue.Foreign("web_1", 1) with { Symbol = "DOGEUSDT" };
        bench.Tell(() => bench.Venue.User!.OnOrderAsync(report, default));
        bench.Books.LiveOrders.ShouldBeEmpty();
        bench.RiskView.State.ShouldBe("Active");
    }

    [Fact]
    public void An_event_is_delivered_again_when_the_first_attempt_fails()
    {
        using var bench = Connected();
        var failures = Fail(bench, attempts: 1);
        bench.Tell(() => bench.Venue.User!.OnOrderAsync(bench.Venue.Foreign("web_1", 1), default));
        failures().ShouldBe(1);
        bench.Books.LiveOrders.Single().ClientOrderId.ShouldBe("web_1");
    }

    [Fact]
    public void An_event_that_cannot_be_delivered_leads_to_a_reconciliation()
    {
        using var bench = Connected();
        bench.Venue.Foreign("web_1", 3);
        var report = bench.Venue.Execute("web_1", 3, 90);
        var failures = Fail(bench, attempts: 3);
        var (balances, looks) = (bench.Venue.Count("balances"), bench.Venue.Count("positions"));

        // Before the user stream goes on, and before any periodic look.
        bench.Tell(() => bench.Venue.User!.OnOrderAsync(report, default));
        failures().ShouldBe(3);
        bench.Venue.Count("positions").ShouldBeGreaterThan(looks);
        bench.Venue.Count("balances").ShouldBeGreaterThan(balances);
        bench.Books.Quantity.ShouldBe(3);
        bench.Pass(0.1);
        bench.RiskView.State.ShouldBe("Active");
    }

    [Fact]
    public void A_lost_stream_makes_the_account_recover()
    {
        using var bench = Connected();
        bench.Tell(() => bench.Venue.User!.OnConnectionAsync(false, "the listen key expired", default));
        bench.RiskView.State.ShouldBe("Recovering");
        bench.RiskView.StateReason.ShouldBe("the listen key expired");
        bench.Tell(() => bench.Venue.User!.OnConnectionAsync(true, "connected", default));
        bench.RiskView.State.ShouldBe("Active");
    }

    private static GrainBench Connected()
    {
        var bench = new GrainBench().Start(services: true);
        bench.Pass(1);
        bench.RiskView.State.ShouldBe("Active");
        return bench;
    }

    /// <summary>Lets the next appends of orders fail; execution then deactivates each time.</summary>
    private static Func<int> Fail(GrainBench bench, int attempts)
    {
        var failed = 0;
        bench.Journal.Fault = (records, _) => records.Any(r => r is OrderRecord or FillRecord) && failed < attempts && ++failed > 0
            ? new JournalException("the disk is full")
            : null;
        return () => failed;
    }
}
