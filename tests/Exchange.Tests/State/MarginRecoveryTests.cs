using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.State;
using Granary.Exchange.Tests.Accounts;
using Granary.Exchange.Tests.Doubles;

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
    public void A_cut_anywhere_leaves_the_whole_of_an_operation_or_nothing_of_it()
    {
        using var folder = new TempFolder();
        var options = s_options with { DataPath = folder.Path };
        var states = new List<(long LogBytes, string Digest)>();
        string income;
        using (var exchange = Open(options, out var market))
        {
            foreach (var step in Steps(exchange, market))
            {
                step();
                states.Add((Log(folder).Length, Describe(exchange)));
            }
            exchange.GetForceOrders("a", null).Count.ShouldBeGreaterThan(0);
            exchange.GetForceOrders("mm", null).Count.ShouldBeGreaterThan(0);
            income = Describe(exchange);
        }
        var random = new SeededRandom(1);
        var cuts = states.Select(s => s.LogBytes).Concat(Enumerable.Range(0, 30).Select(_ => random.Between(states[0].LogBytes, states[^1].LogBytes)));
        foreach (var cut in cuts)
        {
            using var copy = folder.Copy();
            using (var log = Log(copy).OpenWrite()) log.SetLength(cut);
            using var exchange = Open(options with { DataPath = copy.Path }, out _);
            Describe(exchange).ShouldBe(states.Last(s => s.LogBytes <= cut).Digest, $"cut at {cut} of {string.Join(' ', states.Select(s => s.LogBytes))}");
            exchange.ShouldAddUp("a", "b", "mm");
            if (cut == states[^1].LogBytes) Describe(exchange).ShouldBe(income);
        }
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
        yield return () => market.Move(exchange, MarginRig.X, 99m, 30_000_000);
        yield return () => exchange.Transfer("b", -100m);
        yield return () => market.Move(exchange, MarginRig.X, 70m);
        yield return () => market.Move(exchange, MarginRig.X, 140m);
        yield return () => market.Move(exchange, MarginRig.X, 140m, 30_000_000);
    }

    private static NewOrder Order(OrderSide side, decimal quantity, PositionSide position) =>
        new(MarginRig.X, side, OrderType.Limit, TimeInForce.Gtc, quantity, 100m, false, null) { PositionSide = position };

    private static string Describe(ExchangeCore exchange) => string.Join('\n', s_options.Accounts.Select(a => string.Join('\n', (object[])
    [
        .. exchange.GetIncome(a.Name, null, null, 0, long.MaxValue, 1000), .. exchange.GetForceOrders(a.Name, null), exchange.IsHedgeMode(a.Name),
        exchange.GetSettings(a.Name, MarginRig.X), exchange.GetWallet(a.Name).Balance, .. exchange.GetFundingRates(MarginRig.X, 0, long.MaxValue, 10),
        exchange.GetTotals(),
    ])));

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

    private static ExchangeCore Open(ExchangeOptions options, out MarkedMarket market)
    {
        var made = market = new MarkedMarket(100m);
        return Exchanges.Open(options, _ => made, new RecordedEvents(keepsAll: false));
    }

    private static FileInfo Log(TempFolder folder) => new(Directory.GetFiles(folder.Path, "state-*.log").Single());
}
