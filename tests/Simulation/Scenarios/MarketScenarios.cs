using Granary.Backtest;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Faults;
using Granary.Exchange.Protocol;

namespace Granary.Simulation.Scenarios;

/// <summary>Failures of market data: surges, subscriptions, bars, age. Names begin with the row of the list of scenarios.</summary>
public sealed class MarketScenarios
{
    [Fact]
    public void N7_a_burst_of_fifty_times_the_usual_volume_loses_no_trade_and_no_fill()
    {
        // Thin hours end at one o'clock: from then on takers come fifty times as often.
        var burst = new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.Zero);
        using var stage = new Stage(61, o => o with
        {
            Start = burst.AddMinutes(-2),
            Profiles = [Stage.Profile with { TradesPerSecond = 75, ThinFromHour = 0, ThinToHour = 1, ThinShare = 0.02 }],
            VolumeThreshold = 5m,
            CallDelayMax = TimeSpan.FromMilliseconds(50),
            Engine = e => e with { BatchTradesMax = 64, PendingTradesMax = 512 },
        });
        stage.World.Scheduler.RunUntil(burst);
        var since = stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView);
        var queued = 0;
        for (var i = 1; i <= 100; i++)
        {
            stage.World.TradeByHand($"web_{i}", i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, 0.002m);
            stage.Run(0.1);
            queued = Math.Max(queued, stage.World.Silo!.Silo.GetStatistics().LongestQueueCount);
        }

        // What the surge was: at least thirty times the trades of ten usual seconds.
        (stage.World.Core.GetAggTrades(Stage.Symbol, -1, 1)[^1].Id - since.NextId).ShouldBeGreaterThan(450);
        queued.ShouldBeLessThan(200);
        stage.Run(5);
        Invariants.CheckTrades(stage.World, since);
        stage.Until(() => stage.Evidence.VenueFills.Keys.All(stage.Evidence.Fills.ContainsKey), 10, "every fill");
        stage.Evidence.IncidentKinds.Keys.ShouldNotContain("TradesRefilled");
        stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView).Rejects.Values.Sum().ShouldBe(0);
        stage.Settle();
    }

    [Fact]
    public void L7_two_hundred_symbols_are_subscribed_at_the_pace_that_the_venue_allows_and_all_live()
    {
        var symbols = Listing.Names(200);

        // The exchange closes a connection that sends more than four messages a second, and refuses more than two hundred streams on one.
        using var stage = new Stage(
            62, o => Listing.Add(o, symbols, tradesPerSecond: 0.5) with { Streams = new StreamOptions { ClientMessagesPerSMax = 4, StreamsPerSessionMax = 200 } }, startsActive: false);
        stage.World.Scheduler.RunFor(TimeSpan.FromSeconds(30));
        var views = stage.World.Scheduler.Run(async () => await Task.WhenAll(symbols.Select(s => stage.World.Symbol(s).GetView().AsTask())));
        views.ShouldAllBe(v => v.Trades > 0 && v.BidPrice > 0 && v.MarkPrice > 0);
        stage.Evidence.IncidentKinds.Keys.ShouldNotContain("MarketStreamLost");

        // Nothing was traded: what is compared is quickly said.
        var books = stage.World.Scheduler.Run(async () => await Task.WhenAll(symbols.Select(s => stage.World.Execution(s).GetView().AsTask())));
        books.ShouldAllBe(b => b.Quantity == 0 && b.LiveOrders.Count == 0);
        stage.Evidence.VenueOrders.ShouldBeEmpty();
        Invariants.CheckIncidents(stage.World);
        stage.Rules.Look();
    }

    [Fact]
    public void L8_bars_after_late_trades_a_clock_that_jumps_an_outage_and_a_restart_are_those_of_an_offline_rebuild()
    {
        using var stage = new Stage(63, o => o with { Engine = e => e with { StartFromOldestTrade = true } });
        var trades = $"{Stage.Symbol.ToLowerInvariant()}@aggTrade";
        stage.Run(120);
        stage.Fault(120, new FaultRule(FaultKind.EventLate) { Stream = trades, Probability = 0.3, Value = 3 });
        stage.Run(150);

        // The venue's clock jumps by an hour and comes back.
        stage.Fault(60, new FaultRule(FaultKind.ClockSkew) { Value = 3_600_000 });
        stage.Run(90);

        // An hour without a connection, and after it half an hour without an engine.
        stage.World.Network.IsDown = true;
        stage.World.CutStreams();
        stage.World.Scheduler.RunFor(TimeSpan.FromHours(1));
        stage.World.Network.IsDown = false;
        stage.Run(30);
        stage.Restart(1_800);
        stage.Until(() => stage.AskRisk().State != "Recovering", 60, "the account to be ready");
        stage.Run(60);
        var view = stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView);
        var rebuilt = OfflineRebuild.Run(Trades(stage, view.NextId), WorldSettings.Make(stage.World.Options).Symbols[0].Pipeline);
        (view.Holes, view.Trades, view.Bars, view.BarDigest).ShouldBe((0, rebuilt.TradeCount, rebuilt.BarCount, rebuilt.BarDigest));
        view.Bars.ShouldBeGreaterThan(200);
        stage.Settle();
    }

    [Fact]
    public void F7_nothing_is_opened_on_old_history_and_a_bar_is_decided_within_a_tenth_of_a_second()
    {
        var symbols = Listing.Names(50);
        using var stage = new Stage(64, o => Listing.Add(o, symbols, tradesPerSecond: 1, volumeThreshold: 2_000m), startsActive: false);
        stage.Until(() => stage.AskRisk().State == "Active", 120, "the account to be active");
        stage.Run(120);

        // Down for long enough that the history behind the last snapshot is old, then started again.
        stage.Restart(600);
        stage.Until(() => stage.AskRisk().State == "Active", 120, "the account to be active");
        stage.Run(60);
        var entries = symbols.SelectMany(s => stage.World.Ask(() => stage.World.Journal!.Reader.GetDecisionsAsync(World.Account, s, 100_000))).Where(d => d.Kind == "Entry").ToArray();
        var approved = entries.Where(d => d.Outcome == "Approved").Select(d => d.TimeMs - d.MarketTimeMs).Order().ToArray();
        approved[^1].ShouldBeLessThan(5_000);

        // Bars that waited while older ones were fetched are refused as stale.
        entries.Where(d => d.TimeMs - d.MarketTimeMs > 6_000).ShouldAllBe(d => d.Outcome == "Refused");
        var delays = entries.Where(d => d.Reason != "StaleData" && d.Reason != "StateRecovering").Select(d => d.TimeMs - d.MarketTimeMs).Order().ToArray();
        delays.Length.ShouldBeGreaterThan(100);
        delays[(int)(0.99 * delays.Length)].ShouldBeLessThan(100);
        stage.Settle(symbols);
    }

    private static IEnumerable<AggTrade> Trades(Stage stage, long untilId)
    {
        for (var from = 0L; ;)
        {
            var page = stage.World.Core.GetAggTrades(Stage.Symbol, from, 1_000);
            foreach (var trade in page.Where(t => t.Id < untilId)) yield return trade;
            if (page.Count < 1_000 || page[^1].Id >= untilId) yield break;
            from = page[^1].Id + 1;
        }
    }
}
