using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange;
using Granary.Exchange.Faults;
using Granary.Grains.Gateway;
using Granary.Grains.Interfaces.Symbols;
using Granary.Journal.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Simulation.Scenarios;

/// <summary>Failures of streams, limits and clocks that real engines had. Names begin with the row of the list of scenarios.</summary>
public sealed class StreamScenarios
{
    private static readonly string[] PublicStreams = ["btcusdt@aggTrade", "btcusdt@bookTicker", "btcusdt@markPrice@1s", "btcusdt@depth@100ms"];

    [Fact]
    public void N2_fills_while_the_listen_key_is_gone_are_all_recovered_within_ten_seconds()
    {
        using var stage = new Stage(11);
        stage.Fault(60, new FaultRule(FaultKind.ListenKeyLost) { Times = 1 });
        for (var i = 1; i <= 3; i++) stage.World.TradeByHand($"web_{i}", OrderSide.Buy, 0.002m);
        stage.Until(() => stage.Evidence.VenueFills.Keys.All(stage.Evidence.Fills.ContainsKey), 10, "every fill");
        stage.Ask().Quantity.ShouldBe(stage.Position);
        stage.Settle();
    }

    [Fact]
    public void N8_a_feed_cut_for_ninety_seconds_is_refilled_and_nothing_is_opened_on_what_was_fetched()
    {
        using var stage = new Stage(12);
        stage.UntilPosition();
        var since = stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView);
        stage.Fault(90, [.. PublicStreams.Select(s => new FaultRule(FaultKind.EventLost) { Stream = s })]);
        stage.Run(2);
        var entries = Entries(stage);
        stage.Run(88);
        Entries(stage).ShouldBe(entries);
        stage.Until(() => stage.Evidence.IncidentKinds.ContainsKey("TradesRefilled"), 30, "the trades to be fetched");
        stage.Run(10);
        Invariants.CheckTrades(stage.World, since);
        stage.Settle();
    }

    [Fact]
    public void L6_a_stream_that_is_acknowledged_and_silent_is_noticed()
    {
        using var stage = new Stage(13);
        stage.Run(60);
        stage.Fault(120, [.. PublicStreams.Select(s => new FaultRule(FaultKind.EventLost) { Stream = s })]);
        var before = stage.Evidence.IncidentKinds.GetValueOrDefault("MarketStreamLost");
        var gateway = stage.World.Silo!.Services.GetRequiredService<MarketGateway>();
        stage.Until(() => !gateway.IsConnected, 10, "the silence to be noticed");
        var entries = Entries(stage);
        stage.Run(110);
        Entries(stage).ShouldBe(entries);
        stage.Run(70);
        stage.Evidence.IncidentKinds["MarketStreamLost"].ShouldBeGreaterThan(before);
        stage.Settle();
    }

    [Theory]
    [InlineData("aggTrade", "trades")]
    [InlineData("bookTicker", "quotes")]
    [InlineData("depth@100ms", "book")]
    [InlineData("markPrice@1s", "mark price")]
    public void L6_one_single_silent_stream_is_told_within_ten_seconds_and_its_symbol_opens_nothing(string stream, string name)
    {
        using var stage = new Stage(19, o => o with { Client = c => c with { DepthIntervalMs = 100 } });
        stage.Run(60);
        var lost = stage.Evidence.IncidentKinds.GetValueOrDefault(IncidentKinds.MarketStreamLost);
        stage.Fault(120, new FaultRule(FaultKind.EventLost) { Stream = $"btcusdt@{stream}" });
        stage.Until(() => stage.Incidents(IncidentKinds.StreamSilent).Count > 0, 10, "the silence to be told");
        var silent = stage.Incidents(IncidentKinds.StreamSilent).Single();
        (silent.Scope, silent.Done).ShouldBe(($"symbol BTCUSDT {name}", "subscribed anew"));
        stage.Run(2);
        stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView).Feed.ShouldContain($"stream={name} silent");
        var entries = Entries(stage);
        stage.Run(100);
        Entries(stage).ShouldBe(entries);

        // The others go on: it is no lost connection, and it is told once.
        stage.Evidence.IncidentKinds.GetValueOrDefault(IncidentKinds.MarketStreamLost).ShouldBe(lost);
        stage.Incidents(IncidentKinds.StreamSilent).Count.ShouldBe(1);
        stage.Mend();
        stage.Until(() => stage.Incidents(IncidentKinds.StreamHeard).Count == 1, 10, "the stream to be heard");
        stage.Run(3);
        stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView).Feed.ShouldBeEmpty();
        stage.UntilPosition();
        stage.Settle();
    }

    [Fact]
    public void L6_a_quiet_market_is_no_silent_stream()
    {
        var quiet = new SyntheticProfile(Stage.Symbol, 64_000m, 0.1, 0.04m) { RequoteMs = 30_000 };
        using var stage = new Stage(20, o => o with { Profiles = [quiet], Client = c => c with { DepthIntervalMs = 100 } });
        stage.Run(900);
        stage.Incidents(IncidentKinds.StreamSilent).ShouldBeEmpty();
        stage.World.Network.Requests.WeightMax.ShouldBeLessThan(600);
        stage.Settle();
    }

    [Fact]
    public void L6_a_user_stream_that_says_nothing_of_a_fill_is_given_up_for_a_new_one()
    {
        using var stage = new Stage(21);
        stage.Run(30);
        stage.World.Ask(() => stage.World.Risk.SetState("ReduceOnly", "nothing new", "test"));
        string[] events = ["ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE", "TRADE_LITE", "ALGO_UPDATE"];
        stage.Fault(60, [.. events.Select(e => new FaultRule(FaultKind.EventLost) { Stream = e })]);
        stage.World.TradeByHand("web_1", OrderSide.Buy, 0.01m);
        stage.Until(() => stage.Ask().Quantity == stage.Position, 35, "the periodic round to find the fill");
        stage.Until(() => stage.Incidents(IncidentKinds.StreamSilent).Count > 0, 13, "the silence to be told");
        stage.Incidents(IncidentKinds.StreamSilent).Single().Scope.ShouldBe("account main user stream");
        stage.Mend();
        stage.Until(() => stage.AskRisk().State == "ReduceOnly", 15, "the stream to be connected anew");
        stage.World.TradeByHand("web_2", OrderSide.Sell, 0.01m);
        stage.Until(() => stage.Incidents(IncidentKinds.StreamHeard).Count == 1, 5, "the stream to be heard");
        stage.Settle();
    }

    [Fact]
    public void H3_every_stream_is_ready_again_within_fifteen_seconds_of_the_last_of_five_cuts()
    {
        using var stage = new Stage(14);
        for (var i = 0; i < 5; i++)
        {
            stage.World.CutStreams();
            stage.Run(1 + (i * 0.7));
        }

        var trades = stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView).Trades;
        stage.Until(
            () => stage.AskRisk().State == "Active" && stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView).Trades > trades, 15, "the account to be active");
        stage.Settle();
    }

    [Fact]
    public void H4_a_lost_change_of_the_book_is_noticed_and_the_book_is_whole_again_within_two_seconds()
    {
        using var stage = new Stage(15, o => o with { Client = c => c with { DepthIntervalMs = 100 } });
        stage.Run(30);
        BookView Book() => stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView).Book.ShouldNotBeNull();
        var before = Book();
        stage.Fault(60, new FaultRule(FaultKind.EventLost) { Stream = "btcusdt@depth@100ms", Times = 1 });
        stage.Until(() => Book().Resyncs > before.Resyncs, 5, "the gap to be noticed");
        stage.Until(() => Book().State == before.State, 2, "the book to be whole");

        // The same levels as at the exchange, when nothing has moved since.
        stage.Until(
            () => stage.World.Core.GetDepth(Stage.Symbol, 5) is var depth && Book().Spread == Fixed8.ToDecimal(depth.Asks[0].PriceE8 - depth.Bids[0].PriceE8)
                && Book().Imbalance is { } imbalance && Math.Abs(imbalance) <= 1, 5, "the book of the exchange");
        stage.Settle();
    }

    [Fact]
    public void H8_after_429_and_418_the_engine_keeps_quiet_and_comes_back()
    {
        using var stage = new Stage(16);
        stage.UntilPosition();
        stage.Fault(5, new FaultRule(FaultKind.RateLimited) { Times = 1, Value = 2 });
        stage.Fault(60, new FaultRule(FaultKind.Banned) { Value = 60 });
        stage.Run(60);

        // Each refusal names the time to wait; asking on would make a ban longer.
        stage.World.StreamProtocol.Faults.Rules.Sum(r => r.Happened).ShouldBeLessThan(10);
        stage.Until(() => stage.AskRisk().State == "Active", 120, "the account to be active");
        stage.Settle();
    }

    [Theory]
    [InlineData(3_000)]
    [InlineData(-3_000)]
    public void H9_a_clock_that_is_three_seconds_off_is_followed(long skewMs)
    {
        using var stage = new Stage(17);
        stage.Fault(1_800, new FaultRule(FaultKind.ClockSkew) { Value = skewMs });
        stage.Run(60);
        stage.Until(() => stage.AskRisk().State == "Active", 120, "the account to be active");
        stage.UntilPosition();
        stage.Settle();
    }

    [Fact]
    public void H9_a_clock_that_drifts_by_two_tenths_of_a_second_a_minute_is_followed()
    {
        using var stage = new Stage(18);
        for (var minute = 1; minute <= 12; minute++)
        {
            stage.World.StreamProtocol.Faults.Clear();
            stage.Fault(120, new FaultRule(FaultKind.ClockSkew) { Value = 200 * minute });
            stage.Run(60);
            stage.AskRisk().State.ShouldNotBe("Recovering");
        }

        stage.Mend();
        stage.Settle();
    }

    private static int Entries(Stage stage) => stage.Evidence.Orders.Values.Count(o => o.Purpose == "Entry");
}
