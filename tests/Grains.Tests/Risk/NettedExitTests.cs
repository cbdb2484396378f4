using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Tests.Support;
using Granary.Journal;

namespace Granary.Grains.Tests.Risk;

/// <summary>Exits that wait for the gate at the same time are one order.</summary>
public sealed class NettedExitTests
{
    private const string Exit = "t/main/momentum/2";

    [Fact]
    public void Partial_exits_of_several_strategies_asked_at_once_are_one_order()
    {
        using var bench = Hold(4);
        var answers = Ask(bench, Partial("x1", 1, "momentum"), Partial("x2", 1.5m, "reversion"), Partial("x3", 0.5m, "grid"));
        answers.ShouldAllBe(a => a.Approved && a.ClientOrderId == Exit);
        bench.Pass(0.5);
        bench.Venue.Count("place").ShouldBe(2, "the entry and one exit");
        bench.Venue.Find(Exit)!.ShouldSatisfyAllConditions(o => o.Quantity.ShouldBe(3), o => o.ReduceOnly.ShouldBeTrue());
        bench.Decisions().Where(d => d.Kind == "Exit").Select(d => (d.Strategy, d.IntentId, d.Outcome, d.Detail))
            .ShouldBe([("momentum", "x1", "Approved", Exit), ("reversion", "x2", "Approved", Exit), ("grid", "x3", "Approved", Exit)]);
        bench.Deliver(bench.Venue.Execute(Exit, 3));
        bench.Pass(1);
        bench.Books.Quantity.ShouldBe(1);
    }

    [Fact]
    public void Two_that_do_not_fit_together_are_decided_one_by_one()
    {
        using var bench = Hold(4);
        var answers = Ask(bench, Partial("x1", 3, "momentum"), Partial("x2", 2, "reversion"));
        answers.Select(a => a.Approved).ShouldBe([true, false]);
        answers[1].Reason.ShouldBe("OrderInFlight");
        bench.Pass(0.5);
        bench.Venue.Find(Exit)!.Quantity.ShouldBe(3);
    }

    [Fact]
    public void Everybody_is_answered_when_the_journal_fails()
    {
        using var bench = Hold(4);
        bench.Journal.Fault = static (_, _) => new JournalException("the disk is full");
        var answers = bench.Scheduler.Run(async () => await Task.WhenAll(
            Failing(bench, Partial("x1", 1, "momentum")), Failing(bench, Partial("x2", 1, "reversion"))));
        answers.ShouldBe([true, true]);
    }

    [Fact]
    public void An_entry_is_not_asked_for_here()
    {
        using var bench = Hold(1);
        Should.Throw<ArgumentException>(() => bench.Ask(() => bench.Risk.ProposeExit(Samples.Entry("e2"))));
    }

    private static async Task<bool> Failing(GrainBench bench, ProposalMessage message)
    {
        try
        {
            await bench.Risk.ProposeExit(message);
            return false;
        }
        catch (JournalException)
        {
            return true;
        }
    }

    private static GrainBench Hold(decimal quantity)
    {
        var bench = new GrainBench().StartActive();
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1", quantity: quantity))).Approved.ShouldBeTrue();
        bench.Pass(0.3);
        bench.Deliver(bench.Venue.Execute("t/main/momentum/1", quantity));
        bench.Pass(0.5);
        return bench;
    }

    private static ProposalAnswer[] Ask(GrainBench bench, params ProposalMessage[] messages) =>
        bench.Scheduler.Run(async () => await Task.WhenAll(messages.Select(m => bench.Risk.ProposeExit(m).AsTask())));

    private static ProposalMessage Partial(string intentId, decimal quantity, string strategy)
    {
        var message = Samples.Exit(intentId);
        return new ProposalMessage(message.Proposal with { Quantity = quantity, Strategy = strategy }, message.Market, "", 0);
    }
}
