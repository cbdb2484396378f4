using Granary.Engine.Orders;
using Granary.Exchange.Faults;
using Granary.Exchange.Protocol;
using Granary.Grains.Gateway;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Simulation.Scenarios;

/// <summary>Failures at the start, and when everything connects at once. Names begin with the row of the list of scenarios.</summary>
public sealed class StartScenarios
{
    [Fact]
    public void N1_a_fill_that_comes_before_its_books_are_loaded_waits_and_is_counted_once()
    {
        using var stage = new Stage(31);
        stage.UntilPosition();
        stage.World.Crash();
        stage.World.Network.JournalDelayMax = TimeSpan.FromSeconds(3);
        stage.World.StartSilo();
        stage.Rules.TroubleUntil = stage.Now.AddSeconds(120);
        var before = 0;
        for (var i = 1; i <= 30; i++)
        {
            if (!IsLoaded(stage)) before++;
            stage.World.TradeByHand($"web_{i}", i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, 0.002m);
            stage.Run(0.2);
        }

        before.ShouldBeGreaterThan(0);
        IsLoaded(stage).ShouldBeTrue();
        stage.World.Network.JournalDelayMax = default;
        stage.Until(() => stage.Evidence.VenueFills.Keys.All(stage.Evidence.Fills.ContainsKey), 35, "every fill to be in the journal");

        // That none was invented is a rule of its own, looked at with every record.
        stage.Evidence.Fills.Keys.ShouldAllBe(key => key.TradeId > 0);
        stage.Settle();
    }

    [Fact]
    public void N9_an_account_in_hedge_mode_is_not_traded_and_says_why()
    {
        using var stage = new Stage(32, prepare: w => w.Core.SetHedgeMode(World.Account, true), startsActive: false);
        stage.World.Scheduler.RunFor(TimeSpan.FromMinutes(5));
        var view = stage.AskRisk();
        view.State.ShouldBe("Recovering");
        view.StateReason.ShouldContain("hedge mode");
        view.StateReason.ShouldContain("one-way");
        view.Approvals.ShouldBe(0);
        stage.Evidence.VenueOrders.ShouldBeEmpty();
        stage.Incidents("PositionMode").Single().Seen.ShouldContain("hedge mode");

        // Put right by its owner, it trades.
        stage.World.Core.SetHedgeMode(World.Account, false);
        stage.Until(() => stage.AskRisk().State == "Active", 60, "the account to be active");
        stage.UntilPosition();
        stage.Settle();
    }

    [Fact]
    public void N10_forty_symbols_that_connect_at_once_and_again_leave_half_of_the_limit()
    {
        var symbols = Listing.Names(40);
        using var stage = new Stage(33, o => Listing.Add(o, symbols) with { Rest = new RestOptions(), Streams = new StreamOptions() });
        var requests = stage.World.Network.Requests;
        requests.Refused.ShouldBe(0);
        requests.WeightMax.ShouldBeInRange(1, 1_200);
        for (var i = 0; i < 2; i++)
        {
            stage.Run(60);
            stage.World.CutStreams();
            stage.Run(1);

            // The client waits for the next minute itself, before the venue has to tell it.
            stage.Until(() => stage.AskRisk().State == "Active", 65, "the account to be active");
        }

        requests.Refused.ShouldBe(0);

        // Closed in the middle of frames that still come in, once by the venue and once by the network.
        stage.Fault(2, new FaultRule(FaultKind.SocketClosed) { Probability = 0.5 }, new FaultRule(FaultKind.SocketCut));
        stage.Run(5);
        stage.Until(() => stage.AskRisk().State == "Active", 65, "the account to be active");

        // A pong to a socket that is closed meanwhile fails the receive, and closing it fails as well: neither keeps a connection from being made anew.
        for (var i = 0; i < 2; i++)
        {
            var failed = stage.World.Network.FailedPongs;
            stage.World.Network.ArePongsFailing = true;
            stage.Until(() => stage.World.Network.FailedPongs - failed >= 2, 30, "connections to fail in a pong");
            stage.World.Network.ArePongsFailing = false;
            stage.Until(() => stage.World.Silo!.Services.GetRequiredService<MarketGateway>().IsConnected, 15, "the market to be connected");
            stage.Until(() => stage.AskRisk().State == "Active", 65, "the account to be active");
        }

        // A limiter that was shut opens again by itself.
        stage.Fault(10, new FaultRule(FaultKind.RateLimited) { Value = 5 });
        stage.Run(20);
        var asked = requests.Answers.Values.Sum();
        stage.Run(60);
        requests.Answers.Values.Sum().ShouldBeGreaterThan(asked);

        // The comparison at the end takes the weight of a whole minute.
        stage.Run(120);
        stage.Settle(symbols);
    }

    private static bool IsLoaded(Stage stage) =>
        stage.World.Silo!.Silo.GetStatistics().GrainClasses.Any(c => c is { GrainType: "execution", ActivationCount: > 0 });
}
