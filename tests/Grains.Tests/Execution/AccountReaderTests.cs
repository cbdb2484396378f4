using Granary.Engine.Orders;
using Granary.Grains.Tests.Support;
using Orleans.Embedded.Simulation;

namespace Granary.Grains.Tests.Execution;

/// <summary>The periodic look at the venue, which one reader takes for all symbols of an account.</summary>
public sealed class AccountReaderTests
{
    private const string Trades = "user trades";

    [Fact]
    public void A_symbol_without_anything_at_stake_has_its_lists_looked_at_every_round_and_its_fills_once_an_hour()
    {
        using var bench = new GrainBench().StartActive();
        bench.Pass(31);
        var (looks, trades) = (bench.Venue.Count("positions"), bench.Venue.Count(Trades));
        bench.Pass(300);
        bench.Venue.Count("positions").ShouldBe(looks + 10);
        bench.Venue.Count("open orders").ShouldBe(bench.Venue.Count("positions"));
        bench.Venue.Count(Trades).ShouldBe(trades);
        bench.Pass(3_600);
        bench.Venue.Count(Trades).ShouldBe(trades + 1);
    }

    [Fact]
    public void A_position_that_differs_has_the_fills_asked_for_in_the_same_round()
    {
        using var bench = new GrainBench().StartActive();
        bench.Pass(31);
        bench.Venue.Foreign("web_1", 2);
        bench.Venue.Execute("web_1", 2, 90);
        bench.Pass(31);
        bench.Books.Quantity.ShouldBe(2);
        bench.Fills().Single().IsSynthetic.ShouldBeFalse();
        bench.Incidents().Count(i => i.Kind == "FillsMissed").ShouldBe(1);
        bench.Incidents().ShouldNotContain(i => i.Kind == "PositionDiffers");
    }

    [Fact]
    public void Lost_fills_that_cancel_each_other_out_are_found_where_something_is_held()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.Foreign("web_1", 2);
        bench.Deliver(bench.Venue.Execute("web_1", 2, 90));
        bench.Pass(31);
        bench.Venue.Foreign("web_2", 1, OrderSide.Sell);
        bench.Venue.Execute("web_2", 1, 91);
        bench.Venue.Foreign("web_3", 1);
        bench.Venue.Execute("web_3", 1, 92);
        bench.Pass(31);
        bench.Fills().Count.ShouldBe(3);
        bench.Books.Quantity.ShouldBe(2);
        bench.RiskView.RealizedPnl.ShouldBe(1);
    }

    [Fact]
    public void A_fill_that_is_told_while_the_look_is_under_way_is_no_finding()
    {
        using var bench = new GrainBench().StartActive();
        bench.Pass(31);

        // The list is older than what the engine has heard by the time that it comes.
        bench.Venue.Foreign("web_1", 2);
        bench.Venue.PositionAnswers.Enqueue(0);
        bench.Deliver(bench.Venue.Execute("web_1", 2, 90));
        bench.Pass(31);
        bench.Books.Quantity.ShouldBe(2);
        bench.Fills().Count.ShouldBe(1);
        bench.Incidents().ShouldNotContain(i => i.Kind == "PositionDiffers" || i.Kind == "FillsMissed");
    }

    [Fact]
    public void A_venue_that_does_not_answer_makes_the_account_recover_and_the_next_round_heals_it()
    {
        using var bench = new GrainBench().StartActive();
        bench.Pass(20);
        bench.Venue.Outage = "maintenance";
        bench.Pass(31);
        bench.Books.Ready.ShouldBeFalse();
        bench.Books.Detail.ShouldContain("maintenance");
        bench.Venue.Outage = null;
        bench.Pass(31);
        bench.Books.Ready.ShouldBeTrue();
        bench.Pass(6);
        bench.RiskView.State.ShouldBe("Active");
    }

    [Fact]
    public void Without_the_readers_word_the_rounds_go_on()
    {
        using var bench = new GrainBench(new SimulationOptions { OneWayDropProbability = 1 });
        bench.Start();
        bench.Ask(() => bench.Execution.Reconcile("test")).Ready.ShouldBeTrue();
        bench.Pass(5);
        var looks = bench.Venue.Count("positions");
        bench.Pass(200);
        bench.Venue.Count("positions").ShouldBeGreaterThanOrEqualTo(looks + 3);
    }
}
