using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.State;
using Granary.Exchange.Tests.Accounts;
using Granary.Exchange.Tests.Doubles;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Exchange.Tests.State;

public sealed class MarginRecoveryTests
{
    private static readonly ExchangeOptions s_options = new()
    {
        Symbols = [MarginRig.Rules(MarginRig.X), MarginRig.Rules(MarginRig.Y)],
        Accounts = [new("a", "ka", "s", 1_000m), new("b", "kb", "s", 1_000m), new("mm", "km", "s", 1_000_000m)],
        Leverage = 10,
        InsuranceFund = 50m,
    };

    [Fact]
    public void A_cut_at_any_byte_of_the_log_leaves_the_whole_of_an_operation_or_nothing_of_it()
    {
        using var folder = new TempFolder();
        var options = s_options with { DataPath = folder.Path };
        var states = new List<(long LogBytes, string Digest)>();
        var market = new MarkedMarket(100m);
        var events = new OperationEvents();
        using (var exchange = new ExchangeCore(options, _ => market, events, new ManualTime(1_700_000_000_000), NullLogger<ExchangeCore>.Instance))
        {
            // What a price triggers is an operation of its own, so that a step may write more than one record.
            events.Ended = () => states.Add((Log(folder).Length, exchange.StateDigest()));
            events.Ended();
            foreach (var step in Steps(exchange, market))
            {
                step();
                events.Ended();
            }
            exchange.GetForceOrders("a", null).Count.ShouldBeGreaterThan(0);
            exchange.GetForceOrders("mm", null).Count.ShouldBeGreaterThan(0);
        }
        // Every record's end with the bytes around it, and a byte in 97 between; the history stays whole, as if only the log had been lost.
        var ends = states.Select(s => s.LogBytes).Distinct().ToArray();
        for (var cut = 0L; cut <= ends[^1]; cut++)
        {
            if (cut % 97 != 0 && !ends.Any(e => Math.Abs(e - cut) <= 1)) continue;
            using var copy = folder.Copy();
            using (var log = Log(copy).OpenWrite()) log.SetLength(cut);
            using var exchange = Open(options with { DataPath = copy.Path }, out _);
            exchange.StateDigest().ShouldBe(states.Last(s => s.LogBytes <= Math.Max(cut, ends[0])).Digest, $"cut at {cut} of {string.Join(' ', ends)}");
            if (!ends.Contains(cut)) continue;
            exchange.ShouldAddUp("a", "b", "mm");
            exchange.GetAggTrades(MarginRig.X, 0, int.MaxValue).Count.ShouldBe((int)exchange.Progress.Trades);
        }
    }

    [Fact]
    public void A_kill_between_log_and_history_loses_no_trade()
    {
        using var folder = new TempFolder();
        var options = s_options with { DataPath = folder.Path };
        string digest;
        using (var exchange = Open(options, out _))
        {
            exchange.Place("mm", Order(OrderSide.Sell, 1m, PositionSide.Both));
            exchange.Place("b", Order(OrderSide.Buy, 1m, PositionSide.Both));
            digest = exchange.StateDigest();
        }
        foreach (var file in Directory.GetFiles(Path.Combine(folder.Path, "trades"))) File.WriteAllBytes(file, []);
        using var again = Open(options, out _);
        again.StateDigest().ShouldBe(digest);
        again.GetAggTrades(MarginRig.X, 0, 10).Single().Price.ShouldBe(100m);
    }

    [Fact]
    public void A_settled_funding_time_is_not_charged_again_when_the_market_begins_before_it()
    {
        using var folder = new TempFolder();
        var options = s_options with { DataPath = folder.Path };
        decimal funding;
        using (var exchange = Open(options, out var market))
        {
            exchange.Place("mm", Order(OrderSide.Sell, 10m, PositionSide.Both));
            exchange.Place("b", Order(OrderSide.Buy, 10m, PositionSide.Both));
            market.Move(exchange, MarginRig.X, 100m, 30_000_000);
            funding = exchange.GetWallet("b").Funding;
            funding.ShouldBe(-0.1m);
        }
        using var again = Open(options, out var replay);
        replay.Move(again, MarginRig.X, 100m, 30_000_000);
        again.GetWallet("b").Funding.ShouldBe(funding);
    }

    [Fact]
    public void Moves_of_isolated_margin_are_remembered_over_a_restart_and_bounded()
    {
        using var folder = new TempFolder();
        var options = s_options with { DataPath = folder.Path };
        IReadOnlyList<PositionMarginMove> moves;
        using (var exchange = Open(options, out _))
        {
            exchange.SetMarginType("b", MarginRig.X, MarginType.Isolated);
            exchange.Place("mm", Order(OrderSide.Sell, 1m, PositionSide.Both));
            exchange.Place("b", Order(OrderSide.Buy, 1m, PositionSide.Both));
            for (var i = 0; i < 1_000; i++) exchange.MovePositionMargin("b", MarginRig.X, PositionSide.Both, 0.01m);
            exchange.MovePositionMargin("b", MarginRig.X, PositionSide.Both, -2.5m);
            moves = exchange.GetPositionMarginMoves("b", MarginRig.X);
            moves.Count.ShouldBe(1_000);
            moves.Sum(move => move.Amount).ShouldBe((999 * 0.01m) - 2.5m);
            exchange.GetPositionMarginMoves("b", MarginRig.Y).ShouldBeEmpty();
            exchange.GetPositionMarginMoves("a", MarginRig.X).ShouldBeEmpty();
        }
        using var again = Open(options, out _);
        again.GetPositionMarginMoves("b", MarginRig.X).ShouldBe(moves);
    }

    [Fact]
    public void State_of_version_1_opens_with_its_money_accounted_for()
    {
        using var folder = new TempFolder();
        using (var store = StateStore.Open(folder.Path, _ => { })) store.Append(Version1());
        using (var exchange = Open(s_options with { DataPath = folder.Path }, out _))
        {
            exchange.GetPositions("a", MarginRig.X).Single().ShouldSatisfyAllConditions(
                p => p.Quantity.ShouldBe(2m), p => p.EntryPrice.ShouldBe(100m), p => p.PositionSide.ShouldBe(PositionSide.Both));
            exchange.GetWallet("a").Balance.ShouldBe(1_000m + 5m - 1m);
            exchange.GetOpenOrders("a", null).Single().Origin.ShouldBe(OrderOrigin.User);
            exchange.GetUserTrades("a", MarginRig.X, 0, 10).Single().PositionSide.ShouldBe(PositionSide.Both);
            exchange.GetTotals().Difference.ShouldBe(0);
            exchange.Transfer("a", 1m);
        }
        using var again = Open(s_options with { DataPath = folder.Path }, out _);
        again.GetWallet("a").Balance.ShouldBe(1_005m);
        again.GetTotals().Difference.ShouldBe(0);
    }

    [Fact]
    public void State_of_version_3_opens_and_positions_begin_to_keep_their_results()
    {
        using var folder = new TempFolder();
        using (var store = StateStore.Open(folder.Path, _ => { })) store.Append(Version3());
        ExchangePosition expected;
        using (var exchange = Open(s_options with { DataPath = folder.Path }, out _))
        {
            exchange.GetPositions("a", MarginRig.X).Single().ShouldSatisfyAllConditions(
                p => p.Quantity.ShouldBe(2m), p => p.RealizedPnl.ShouldBe(0), p => p.BreakEvenPrice.ShouldBe(100m));
            exchange.GetTotals().Difference.ShouldBe(0);
            exchange.Place("mm", Order(OrderSide.Buy, 1m, PositionSide.Both) with { Price = 103m });
            exchange.Place("a", Order(OrderSide.Sell, 1m, PositionSide.Both));
            exchange.Place("mm", Order(OrderSide.Sell, 1m, PositionSide.Both));
            exchange.Place("a", Order(OrderSide.Buy, 1m, PositionSide.Both));
            expected = exchange.GetPositions("a", MarginRig.X).Single();
            expected.RealizedPnl.ShouldBe(3m);
            expected.BreakEvenPrice.ShouldBe((200m + (100m * s_options.TakerFee)) / 2);
        }
        using var again = Open(s_options with { DataPath = folder.Path }, out _);
        again.GetPositions("a", MarginRig.X).Single().ShouldBe(expected);
    }

    /// <summary>Tells of every event, all of which come when their operation is durable.</summary>
    private sealed class OperationEvents : IExchangeEvents
    {
        public Action Ended { get; set; } = () => { };

        public void OnAggTrade(string symbol, in AggTrade trade) => Ended();

        public void OnBookTicker(string symbol, in BookTicker ticker) => Ended();

        public void OnMarkPrice(string symbol, in MarkPrice mark) => Ended();

        public void OnDepth(string symbol, DepthDiff diff) => Ended();

        public void OnOrder(string account, ExecutionEvent execution) => Ended();

        public void OnConditional(string account, ConditionalOrder order) => Ended();

        public void OnAccount(string account, AccountEvent change) => Ended();
    }

    private static IEnumerable<Action> Steps(ExchangeCore exchange, MarkedMarket market)
    {
        yield return () => exchange.SetHedgeMode("a", true);
        yield return () => exchange.SetMarginType("b", MarginRig.X, MarginType.Isolated);
        yield return () => exchange.SetLeverage("b", MarginRig.X, 8);
        yield return () => exchange.Transfer("b", 250m);
        yield return () => exchange.Place("mm", Order(OrderSide.Sell, 60m, PositionSide.Both));
        yield return () => exchange.Place("a", Order(OrderSide.Buy, 60m, PositionSide.Long));
        yield return () => exchange.Place("mm", Order(OrderSide.Buy, 20m, PositionSide.Both));
        yield return () => exchange.Place("a", Order(OrderSide.Sell, 10m, PositionSide.Short));
        yield return () => exchange.Place("b", Order(OrderSide.Sell, 10m, PositionSide.Both));
        yield return () => exchange.MovePositionMargin("b", MarginRig.X, PositionSide.Both, 30m);
        yield return () => exchange.Place("mm", Order(OrderSide.Buy, 5m, PositionSide.Both) with { Price = 90m, ClientOrderId = "moved" });
        yield return () => exchange.Amend("mm", new OrderAmendRequest(MarginRig.X, 0, "moved", OrderSide.Buy, 6m, 91m, PriceMatch.None));
        yield return () => exchange.Cancel("mm", MarginRig.X, 0, "moved");
        yield return () => exchange.ArmCountdown("mm", MarginRig.X, 60_000);
        yield return () => exchange.PlaceConditional("mm", Stop("kept", OrderSide.Sell, 20m));
        yield return () => exchange.PlaceConditional("mm", Stop("gone", OrderSide.Sell, 21m));
        yield return () => exchange.CancelConditional("mm", 0, "gone");
        yield return () => exchange.PlaceConditional("mm", Stop("trails", OrderSide.Sell, 0) with { Type = ConditionalType.TrailingStopMarket, CallbackRate = 10 });
        yield return () => exchange.PlaceConditional("mm", Stop("triggers", OrderSide.Sell, 99.5m) with { WorkingType = WorkingType.MarkPrice });
        yield return () => exchange.PlaceConditional("a", Stop("ends", OrderSide.Sell, 10m) with { PositionSide = PositionSide.Long });
        yield return () => market.Move(exchange, MarginRig.X, 99m, 30_000_000);
        yield return () => exchange.Transfer("b", -100m);
        yield return () => market.Move(exchange, MarginRig.X, 70m);
        yield return () => market.Move(exchange, MarginRig.X, 140m);
        yield return () => exchange.CancelAllConditionals("mm", MarginRig.X);
        yield return () => exchange.CancelAll("mm", MarginRig.X);
        yield return () => market.Move(exchange, MarginRig.X, 140m, 30_000_000);
    }

    private static NewConditionalOrder Stop(string id, OrderSide side, decimal trigger) =>
        new(MarginRig.X, side, ConditionalType.StopMarket, 1m, trigger) { ClientAlgoId = id };

    private static NewOrder Order(OrderSide side, decimal quantity, PositionSide position) =>
        new(MarginRig.X, side, OrderType.Limit, TimeInForce.Gtc, quantity, 100m, false, null) { PositionSide = position };

    private static byte[] Version1()
    {
        var writer = new SnapshotWriter();
        writer.Section("exchange", 1);
        writer.Write(7L);
        writer.Write(0);
        writer.Write(1);
        writer.Write("a");
        foreach (var money in (decimal[])[1_000m, 5m, 1m, 0m]) writer.Write(money);
        writer.Write(3L);
        writer.Write(1);
        writer.Write(MarginRig.X);
        writer.Write(2m);
        writer.Write(200m);
        writer.Write(3L);
        writer.Write(1);
        writer.Write("a");
        writer.Write(MarginRig.X);
        writer.Write(7L);
        writer.Write("mine");
        writer.Write((int)OrderSide.Buy);
        writer.Write((int)OrderType.Limit);
        writer.Write((int)TimeInForce.Gtc);
        writer.Write(1m);
        writer.Write(90m);
        writer.Write(false);
        writer.Write((int)OrderStatus.New);
        writer.Write(0m);
        writer.Write(0m);
        writer.Write(2L);
        writer.Write(2L);
        writer.Write(1);
        writer.Write("a");
        writer.Write(MarginRig.X);
        writer.Write(4L);
        writer.Write(6L);
        writer.Write("first");
        writer.Write((int)OrderSide.Buy);
        writer.Write(100m);
        writer.Write(2m);
        writer.Write(1m);
        writer.Write(5m);
        writer.Write(false);
        writer.Write(3L);
        return writer.Written.ToArray();
    }

    /// <summary>A record from before positions kept their realised PnL: account a is long 2 at 100.</summary>
    private static byte[] Version3()
    {
        var writer = new SnapshotWriter();
        writer.Section("exchange", 3);
        writer.Write(7L);
        writer.Write(0L);
        foreach (var house in (decimal[])[50m, 50m, 1m, 0m, 195m]) writer.Write(house);
        writer.Write(0);
        writer.Write(1);
        writer.Write("a");
        foreach (var money in (decimal[])[1_000m, 5m, 1m, 0m, 0m, 0m, 0m]) writer.Write(money);
        writer.Write(false);
        writer.Write(3L);
        writer.Write(1);
        writer.Write(MarginRig.X);
        writer.Write(0);
        writer.Write((int)MarginType.Crossed);
        writer.Write(1);
        writer.Write((int)PositionSide.Both);
        foreach (var value in (decimal[])[2m, 200m, 0m]) writer.Write(value);
        writer.Write(3L);
        // No orders, fills, income, fundings.
        for (var i = 0; i < 4; i++) writer.Write(0);
        writer.Section("desk", 1);
        writer.Write(0L);
        writer.Write(0L);
        writer.Write(0);
        writer.Write(0);
        writer.Write(false);
        return writer.Written.ToArray();
    }

    private static ExchangeCore Open(ExchangeOptions options, out MarkedMarket market)
    {
        var made = market = new MarkedMarket(100m);
        return Exchanges.Open(options, _ => made, new RecordedEvents(keepsAll: false));
    }

    private static FileInfo Log(TempFolder folder) => new(Directory.GetFiles(folder.Path, "state-*.log").Single());
}
