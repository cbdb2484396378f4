using Granary.Engine.Orders;
using Granary.Grains.Tests.Support;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Orleans.Embedded.Simulation;

namespace Granary.Grains.Tests.Risk;

/// <summary>Every proposal is recorded with its reason, reserves once, and never becomes two orders.</summary>
public sealed class ProposalTests
{
    [Fact]
    public void Approvals_and_refusals_are_recorded_with_their_reason_and_features()
    {
        using var bench = new GrainBench().StartActive();
        var approved = bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1")));
        approved.Approved.ShouldBeTrue();
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1"))).Reason.ShouldBe("DuplicateIntent");
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e2"))).Reason.ShouldBe("OrderInFlight");
        bench.Ask(() => bench.Risk.Propose(Samples.Exit("x1"))).Reason.ShouldBe("ReduceOnlyNoPosition");

        bench.Decisions().Select(d => (d.IntentId, d.Outcome, d.Reason)).ShouldBe(
        [
            ("e1", "Approved", ""), ("e1", "Refused", "DuplicateIntent"), ("e2", "Refused", "OrderInFlight"), ("x1", "Refused", "ReduceOnlyNoPosition"),
        ]);
        bench.Decisions()[0].Detail.ShouldBe(approved.ClientOrderId);
        bench.Decisions().ShouldAllBe(d => d.Features == "{\"atr\":2}" && d.Why == "because");
        bench.RiskView.Approvals.ShouldBe(1);
        bench.RiskView.Refusals.ShouldBe(new Dictionary<string, long> { ["DuplicateIntent"] = 1, ["OrderInFlight"] = 1, ["ReduceOnlyNoPosition"] = 1 });
        bench.Pass(1);
        bench.Venue.Count("place").ShouldBe(1);
    }

    [Fact]
    public void A_symbol_that_the_venue_does_not_list_is_refused()
    {
        using var bench = new GrainBench().StartActive();
        var message = Samples.Entry("e");
        var other = new Interfaces.Risk.ProposalMessage(message.Proposal with { Symbol = "ETHUSDT" }, message.Market, "", 0);
        bench.Ask(() => bench.Risk.Propose(other)).Reason.ShouldBe("UnknownSymbol");
    }

    [Fact]
    public void An_intent_gives_one_order_also_across_a_restart()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(new OrderAnswer(OrderAnswerKind.Rejected, null, -2019, "Margin is insufficient."));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1"))).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.Crash();
        bench.StartActive();
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1"))).Reason.ShouldBe("DuplicateIntent");
        bench.Venue.Count("place").ShouldBe(1);
    }

    [Fact]
    public void Client_order_ids_go_on_after_every_restart()
    {
        using var bench = new GrainBench();
        bench.Venue.OnPlace = request => Task.FromResult(new OrderAnswer(OrderAnswerKind.Rejected, null, -2019, "Margin is insufficient."));
        var ids = new List<string>();
        for (var life = 0; life < 4; life++)
        {
            bench.StartActive();
            for (var i = 0; i < 2; i++)
            {
                ids.Add(bench.Ask(() => bench.Risk.Propose(Samples.Entry($"e{life}.{i}"))).ClientOrderId);
                if (i == 0) bench.Pass(1);
            }

            // The second order of each life: the silo dies at the very turn in which it was approved.
            bench.Crash();
        }

        ids.ShouldAllBe(id => id.Length > 0);
        ids.Distinct().Count().ShouldBe(8);
        bench.Venue.Requests.Where(r => r.StartsWith("place", StringComparison.Ordinal)).ShouldBeUnique();
    }

    [Fact]
    public void Lost_notices_are_healed_by_the_audit()
    {
        using var bench = new GrainBench(new SimulationOptions { OneWayDropProbability = 1 }).StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e", quantity: 2))).Approved.ShouldBeTrue();
        bench.Pass(0.1);
        bench.DeliverEvents();
        bench.Pass(0.1);
        bench.RiskView.Positions.ShouldBeEmpty();
        bench.RiskView.ReservedNotional.ShouldBe(200);

        bench.Pass(6);
        bench.RiskView.Positions.Single().Quantity.ShouldBe(2);
        bench.RiskView.ReservedNotional.ShouldBe(0);
        bench.RiskView.Wallet.ShouldBe(bench.Venue.Wallet);
        bench.RiskView.OtherFlows.ShouldBe(0);
    }

    [Fact]
    public void A_failed_submission_stays_reserved_until_the_audit_finds_that_it_never_came()
    {
        using var bench = new GrainBench().StartActive();
        bench.Journal.Fault = static (records, _) => records.Any(r => r is OrderRecord) ? new JournalException("the disk is full") : null;
        var answer = bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1", quantity: 2)));
        answer.Approved.ShouldBeTrue();
        bench.Journal.Fault = static (_, _) => null;
        bench.Pass(30);
        bench.RiskView.ReservedNotional.ShouldBe(200);
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e2", timeMs: Samples.T0 + 30_000))).Reason.ShouldBe("OrderInFlight");

        bench.Pass(70);
        bench.RiskView.ReservedNotional.ShouldBe(0);
        bench.Venue.Count("place").ShouldBe(0);
        var next = bench.Ask(() => bench.Risk.Propose(Samples.Entry("e3", timeMs: Samples.T0 + 100_000)));
        next.Approved.ShouldBeTrue();
        next.ClientOrderId.ShouldNotBe(answer.ClientOrderId);
    }

    [Fact]
    public void An_order_of_unknown_outcome_keeps_its_reservation()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "no answer"));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1", quantity: 2))).Approved.ShouldBeTrue();
        bench.Pass(8);
        bench.RiskView.UnknownOrders.ShouldBe(1);
        bench.RiskView.ReservedNotional.ShouldBe(200);
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e2", OrderSide.Sell))).Reason.ShouldBe("OrderInFlight");
        bench.Pass(30);
        bench.RiskView.ReservedNotional.ShouldBe(0);
    }
}
