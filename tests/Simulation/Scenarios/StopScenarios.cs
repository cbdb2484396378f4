using Granary.Exchange.Faults;
using Granary.Grains.Configuration;

namespace Granary.Simulation.Scenarios;

/// <summary>Failures of the stops that rest at the venue. Names begin with the row of the list of scenarios.</summary>
public sealed class StopScenarios
{
    private const string Place = "POST /fapi/v1/algoOrder";

    [Theory]
    [InlineData(2_021, StopRefusedAction.Exit)]
    [InlineData(2_021, StopRefusedAction.Hold)]
    [InlineData(4_131, StopRefusedAction.Exit)]
    [InlineData(4_131, StopRefusedAction.Hold)]
    public void F9_a_stop_that_cannot_be_placed_leads_to_what_the_policy_says(int code, StopRefusedAction policy)
    {
        using var stage = new Stage(51, o => o with { Engine = e => e with { Protection = e.Protection with { OnRefused = policy } } });
        stage.Fault(7_200, new FaultRule(FaultKind.Refused) { Request = Place, Value = code });
        stage.Until(() => stage.Position != 0, 3_600, "a position");
        var entries = Entries(stage);
        var refused = stage.Until(() => stage.Incidents("StopRefused").Count > 0, 30, "the refusal to be told");

        // A price that is reached already calls for the exit that the stop would have been. Whether it does otherwise is the policy's to say.
        if (code == 2_021 && policy == StopRefusedAction.Exit)
        {
            stage.Until(() => stage.Position == 0 && stage.Ask().Quantity == 0, 30, "the exit");
        }
        else
        {
            for (var second = 0; second < 60 && stage.Position != 0; second++)
            {
                stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView).Guard.ShouldContain("stop");
                stage.AskRisk().State.ShouldNotBe("Active");
                Entries(stage).ShouldBe(entries);
                stage.Run(1);
            }
        }

        stage.Mend();
        stage.Run(60);
        stage.Settle();
    }

    [Fact]
    public void F2_stops_that_the_venue_takes_no_longer_leave_the_engines_own_and_nothing_is_opened()
    {
        using var stage = new Stage(52);
        stage.Fault(
            1_800, new FaultRule(FaultKind.Refused) { Request = Place, Value = 4_120 }, new FaultRule(FaultKind.FieldAdded) { Request = "GET /fapi/v1/openAlgoOrders" });
        stage.Until(() => stage.Position != 0, 1_800, "a position");
        stage.Until(() => stage.Incidents("StopRefused").Count > 0, 10, "the alert");
        var entries = Entries(stage);
        stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView).Guard.ShouldContain("stop");
        for (var i = 0; i < 30; i++)
        {
            stage.Run(10);
            if (stage.Position == 0) break;
            stage.AskRisk().State.ShouldNotBe("Active");
            Entries(stage).ShouldBe(entries);
        }

        stage.Incidents("StopRefused").Count.ShouldBeLessThan(3);
        stage.Mend();
        stage.Until(() => stage.AskRisk().State == "Active", 60, "the account to be active");
        stage.Settle();
    }

    [Fact]
    public void F1_a_stop_that_the_venue_does_not_show_and_then_shows_is_one_stop_in_the_end()
    {
        using var stage = new Stage(53);
        stage.Fault(7_200, new FaultRule(FaultKind.LostAfter) { Request = Place, Times = 1 }, new FaultRule(FaultKind.EventLost) { Stream = "ALGO_UPDATE" });
        stage.Until(() => Waiting(stage) == 1, 3_600, "a stop at the exchange");

        // Not shown for longer than absence takes to be believed: another one is placed, and the first one appears after all.
        stage.Fault(
            25, new FaultRule(FaultKind.Refused) { Request = "GET /fapi/v1/algoOrder", Value = 2_013 },
            new FaultRule(FaultKind.NotJson) { Request = "GET /fapi/v1/openAlgoOrders" });
        stage.Run(25);
        stage.Mend();
        stage.Until(() => stage.Position == 0 || (Waiting(stage) == 1 && stage.Ask().StopState == "Resting"), 65, "one stop");
        stage.Run(60);
        if (stage.Position != 0) Waiting(stage).ShouldBe(1);
        stage.Settle();
    }

    private static int Waiting(Stage stage) => stage.World.Core.GetConditionals(World.Account).Count(c => c.IsWaiting && c.Request.Symbol == Stage.Symbol);

    private static int Entries(Stage stage) => stage.Evidence.Orders.Values.Count(o => o.Purpose == "Entry");
}
