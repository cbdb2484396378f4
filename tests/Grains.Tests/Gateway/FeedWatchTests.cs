using Granary.Engine.Feeds;
using Granary.Engine.Market;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Gateway;

/// <summary>The primary beside a backup: what is noticed by price and by silence, and what each policy makes of it.</summary>
public sealed class FeedWatchTests
{
    [Theory]
    [InlineData(FeedPolicy.TradeOn, "entries allowed"), InlineData(FeedPolicy.Pause, "entries refused"), InlineData(FeedPolicy.FallBack, "entries refused")]
    public void A_diverging_and_a_silent_primary_are_incidents_and_what_follows_is_the_policys(FeedPolicy policy, string result)
    {
        using var bench = Connected(policy);
        Quote(bench, 12, 100, 100.02m);
        bench.SymbolView.Feed.ShouldStartWith("feed=Agreeing ");

        Quote(bench, 12, 101, 100);
        bench.SymbolView.Feed.ShouldStartWith("feed=Diverging deviation_bps=");
        bench.SymbolView.Feed.ShouldEndWith($"backup=okx policy={policy}");
        var incident = bench.Incidents().Single(i => i.Kind == "FeedDiverging");
        (incident.Scope, incident.Result).ShouldBe(("symbol BTCUSDT", result));
        incident.Done.ShouldBe(policy == FeedPolicy.FallBack ? "open positions are guarded by the backup's prices as well" : "compared on");

        Quote(bench, 20, 100, 100);
        bench.SymbolView.Feed.ShouldStartWith("feed=Agreeing ");
        // Until the first prices the primary was silent as well.
        var before = bench.Incidents().Count(i => i.Kind == "FeedStale");
        Quote(bench, 5, null, 100);
        bench.SymbolView.Feed.ShouldStartWith("feed=Stale ");
        var stale = bench.Incidents().Where(i => i.Kind == "FeedStale").ToList();
        (stale.Count, stale[0].Result).ShouldBe((before + 1, result));
        Quote(bench, 30, 100, 100);
        bench.SymbolView.Feed.ShouldStartWith("feed=Agreeing ");
    }

    [Fact]
    public void When_both_are_silent_nothing_is_opened_and_there_is_no_price_to_fall_back_to()
    {
        using var bench = Connected(FeedPolicy.FallBack);
        Quote(bench, 12, 100, 100);
        var before = bench.Incidents().Count(i => i.Kind == "FeedAllStale");
        bench.Pass(10);
        bench.SymbolView.Feed.ShouldStartWith("feed=AllStale ");
        var incidents = bench.Incidents().Where(i => i.Kind == "FeedAllStale").ToList();
        (incidents.Count, incidents[0].Result, incidents[0].Done).ShouldBe((before + 1, "entries refused", "compared on"));
    }

    [Theory]
    [InlineData(FeedPolicy.TradeOn, false), InlineData(FeedPolicy.Pause, false), InlineData(FeedPolicy.FallBack, true)]
    public void Only_a_fall_back_guards_a_position_by_the_backups_price(FeedPolicy policy, bool isGuarded)
    {
        using var bench = Connected(policy);
        Quote(bench, 12, 100, 100);
        bench.Tell(() => bench.Symbol.OnPosition(new PositionNotice(Samples.Account, 2, 100, 2.0, "momentum", "t/main/momentum/1", long.MaxValue / 2)));
        Quote(bench, 8, null, 99.9m);
        bench.Decisions().ShouldBeEmpty();
        Quote(bench, 2, null, 80);
        (bench.Decisions().Count > 0).ShouldBe(isGuarded);
    }

    [Fact]
    public void Without_backups_nothing_is_compared()
    {
        using var bench = new GrainBench();
        bench.Start(services: true);
        bench.Pass(5);
        bench.SymbolView.Feed.ShouldBe("");
    }

    [Fact]
    public void A_doubt_refuses_entries_by_its_own_words_and_lets_exits_be()
    {
        using var bench = new GrainBench().StartActive();
        ProposalMessage Doubted(ProposalMessage m) =>
            new(m.Proposal, m.Market with { FeedDoubt = "feed=Stale backup=okx" }, m.Features, m.ReceivedTimestamp);
        var entry = bench.Ask(() => bench.Risk.Propose(Doubted(Samples.Entry("i1"))));
        (entry.Approved, entry.Reason, entry.Detail).ShouldBe((false, nameof(RefusalReason.StaleData), "feed=Stale backup=okx"));
        var exit = bench.Ask(() => bench.Risk.Propose(Doubted(Samples.Exit("i2"))));
        exit.Reason.ShouldNotBe(nameof(RefusalReason.StaleData));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("i3"))).Approved.ShouldBeTrue();
    }

    private static GrainBench Connected(FeedPolicy policy)
    {
        var bench = new GrainBench();
        bench.Backup = new ScriptedVenue(bench.Scheduler.TimeProvider);
        bench.Settings = bench.Settings with { Feeds = new FeedSettings { Policy = policy } };
        bench.Start(services: true);
        bench.Pass(1);
        return bench;
    }

    private static void Quote(GrainBench bench, int seconds, decimal? primary, decimal? backup)
    {
        for (var i = 0; i < seconds * 5; i++)
        {
            if (primary is { } price) bench.Venue.Market!.OnBookTicker(0, Ticker(price), 0);
            if (backup is { } other) bench.Backup!.Market!.OnBookTicker(0, Ticker(other), 0);
            bench.Pass(0.2);
        }
    }

    private static BookTicker Ticker(decimal middle) => new(
        1, Samples.T0, Fixed8.FromDecimal(middle - 0.01m), Fixed8.One, Fixed8.FromDecimal(middle + 0.01m), Fixed8.One);
}
