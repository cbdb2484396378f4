using Granary.Grains.Tests.Support;
using Granary.Journal;

namespace Granary.Grains.Tests.Risk;

/// <summary>Nothing is opened before books, stream and wallet are known; what an operator decided outlives a restart.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public void The_account_recovers_until_stream_books_and_wallet_are_there()
    {
        using var bench = new GrainBench();
        bench.Venue.Outage = "the venue is away";
        bench.Start();
        bench.Pass(1);
        bench.RiskView.State.ShouldBe("Recovering");
        bench.RiskView.StateReason.ShouldContain("user stream");
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1"))).Reason.ShouldBe("StateRecovering");

        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        bench.RiskView.StateReason.ShouldContain("the venue is away");

        // Books without a wallet are not enough: this first answer to "balances" comes too late.
        bench.Venue.Outage = null;
        bench.Venue.BalancesOutage = "no balances";
        bench.Ask(() => bench.Execution.Reconcile("test")).Ready.ShouldBeTrue();
        bench.Pass(6);
        bench.RiskView.State.ShouldBe("Recovering");
        bench.RiskView.StateReason.ShouldContain("wallet");
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e2"))).Reason.ShouldBe("StateRecovering");

        bench.Venue.BalancesOutage = null;
        bench.Pass(6);
        bench.RiskView.State.ShouldBe("Active");
        bench.RiskView.InitialWallet.ShouldBe(100_000);
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e3"))).Approved.ShouldBeTrue();
    }

    [Fact]
    public void A_lost_user_stream_opens_nothing_until_it_is_back_and_everything_reconciled()
    {
        using var bench = new GrainBench().StartActive();
        bench.Tell(() => bench.Risk.OnStream(false, "the socket was closed"));
        bench.RiskView.State.ShouldBe("Recovering");
        bench.RiskView.StateReason.ShouldBe("the socket was closed");
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e"))).Reason.ShouldBe("StateRecovering");

        var looks = bench.Venue.Count("positions");
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        bench.RiskView.State.ShouldBe("Active");
        bench.Venue.Count("positions").ShouldBeGreaterThan(looks);
    }

    [Fact]
    public void The_journal_tells_every_state_of_the_account_and_why()
    {
        using var bench = new GrainBench().StartActive();
        bench.Tell(() => bench.Risk.OnStream(false, "the socket was closed"));
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        bench.Ask(() => bench.Risk.SetState("Halted", "a drill", "ann"));
        bench.Crash();
        bench.Start();
        bench.RiskView.State.ShouldBe("Halted");
        bench.Incidents().Where(i => i.Kind == "AccountState").Reverse().Select(i => $"{i.Seen}: {i.Result}").ShouldBe(
        [
            "the user stream is not connected yet: state Recovering", "stream, books and wallet are known: state Active", "the socket was closed: state Recovering",
            "stream, books and wallet are known: state Active", "ann: a drill: state Halted",
            "ann: a drill; not ready: the user stream is not connected yet: state Halted",
        ]);
    }

    [Theory]
    [InlineData("Halted", "StateHalted")]
    [InlineData("ReduceOnly", "StateReduceOnly")]
    [InlineData("Active", "")]
    public void An_operators_state_outlives_a_restart(string state, string refusal)
    {
        using var bench = new GrainBench().StartActive();
        bench.Ask(() => bench.Risk.SetState("Halted", "first", "operator"));
        bench.Ask(() => bench.Risk.SetState(state, "a drill", "operator"));
        bench.Crash();

        bench.Start();
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        bench.Until(() => bench.RiskView.State == state && bench.RiskView.StateReason == "operator: a drill", state);
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e"))).Reason.ShouldBe(refusal);
    }

    [Fact]
    public void A_state_that_does_not_exist_is_refused_by_name()
    {
        using var bench = new GrainBench().StartActive();
        Should.Throw<ArgumentException>(() => bench.Ask(() => bench.Risk.SetState("Recovering", "", "operator"))).Message.ShouldContain("'Recovering'");
        bench.RiskView.State.ShouldBe("Active");
    }

    [Fact]
    public void A_halted_account_still_closes()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e"))).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Pass(1);
        bench.Ask(() => bench.Risk.SetState("Halted", "a drill", "operator"));
        bench.Ask(() => bench.Risk.Propose(Samples.Exit("x"))).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Books.Quantity.ShouldBe(0);
    }

    [Fact]
    public void Flatten_cancels_closes_and_opens_nothing()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e", quantity: 3))).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Venue.Foreign("web_1", 1);
        bench.Ask(() => bench.Execution.Reconcile("test")).LiveOrders.Count.ShouldBe(1);

        bench.Ask(() => bench.Risk.Flatten("a drill", "operator")).State.ShouldBe("Halted");
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Pass(1);
        bench.Books.Quantity.ShouldBe(0);
        bench.Books.LiveOrders.ShouldBeEmpty();
        bench.Venue.Quantity.ShouldBe(0);
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e2"))).Reason.ShouldBe("StateHalted");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_activation_that_is_not_the_newest_any_more_stops(bool isTold)
    {
        using var bench = new GrainBench().StartActive();
        bench.Ask(() => bench.Journal.AcquireEpochAsync("risk/main"));
        if (isTold) Should.Throw<StaleEpochException>(() => bench.Ask(() => bench.Risk.SetState("Halted", "drill", "operator")));
        else bench.Pass(6);
        bench.Ask(() => bench.Risk.SetState("Halted", "drill", "operator")).StateReason.ShouldStartWith("operator: drill");
    }
}
