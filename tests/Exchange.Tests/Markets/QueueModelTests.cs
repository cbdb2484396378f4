using System.Globalization;
using Granary.Engine.Orders;
using Granary.Exchange.Markets;
using Granary.Exchange.Tests.Doubles;
using static Granary.Exchange.Tests.Doubles.Exchanges;

namespace Granary.Exchange.Tests.Markets;

/// <summary>A known capture and what each queue model makes of it, computed by hand.</summary>
public sealed class QueueModelTests
{
    private const long Ms = 1_700_000_000_000;

    /// <summary>
    /// A bid of 2 joins 10 at 100. The level grows to 20, 3 trade, then 13 are left: 4 went without a trade, with 7 before and 13 behind the bid. Then 6.5
    /// trade at 100, then 1 trades through it.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="power">Its exponent.</param>
    /// <param name="first">Filled by the trade of 3.</param>
    /// <param name="second">Filled after the trade of 6.5: 6.5 less what was before the bid, in whole steps.</param>
    /// <param name="third">Filled at the end.</param>
    [Theory]
    [InlineData(QueueModel.Back, 1, "0", "0", "1")]
    [InlineData(QueueModel.Front, 1, "2", "2", "2")]
    [InlineData(QueueModel.RiskAverse, 1, "0", "0", "1")] // 7 before it.
    [InlineData(QueueModel.Power, 1, "0", "0.9", "1.9")] // 7 - 4 x 7/20 = 5.6.
    [InlineData(QueueModel.Power, 2, "0", "0.399", "1.399")] // 7 - 4 x 49/218 = 6.1009.
    [InlineData(QueueModel.Power2, 2, "0", "1.81", "2")] // 7 - 4 x (1 - 169/400) = 4.69.
    [InlineData(QueueModel.Power3, 2, "0", "0", "1")] // 7 - 4 x 49/400 = 6.51.
    [InlineData(QueueModel.Logarithmic, 1, "0", "1.263", "2")] // 7 - 4 x ln 8 / (ln 8 + ln 14) = 5.2372.
    [InlineData(QueueModel.Logarithmic2, 1, "0", "0.033", "1.033")] // 7 - 4 x (1 - ln 14 / ln 21) = 6.4673.
    public void A_known_tape_fills_as_computed(QueueModel model, double power, string first, string second, string third)
    {
        using var tape = new CaptureTape().Depth(Ms, "100.0 10,99.9 5", "100.1 8").Quote(Ms, "100.0", "10", "100.1", "8")
            .Depth(Ms + 5, "100.0 20", "").Trade(Ms + 10, "100.0", "3", true).Depth(Ms + 20, "100.0 13", "")
            .Trade(Ms + 30, "100.0", "6.5", true).Trade(Ms + 40, "99.9", "1", true);
        using var exchange = Open(tape, model, power);
        Step(exchange, 2);
        var id = exchange.Place("a", Limit(OrderSide.Buy, 100m, 2m)).OrderId;
        Step(exchange, 2);
        Executed().ShouldBe(Number(first));
        Step(exchange, 2);
        Executed().ShouldBe(Number(second));
        Step(exchange, 1);
        Executed().ShouldBe(Number(third));
        exchange.GetUserTrades("a", Symbol, 0, 10).ShouldAllBe(f => f.Price == 100m && f.IsMaker);
        exchange.ShouldAddUp("a");

        decimal Executed() => exchange.GetOrder("a", Symbol, id, null).ExecutedQuantity;
    }

    [Fact]
    public void A_trade_on_the_other_side_moves_no_queue()
    {
        using var tape = new CaptureTape().Depth(Ms, "100.0 1", "100.1 8").Trade(Ms + 10, "100.0", "3", false).Trade(Ms + 11, "100.0", "1.25", true);
        using var exchange = Open(tape, QueueModel.RiskAverse, 1);
        Step(exchange, 1);
        var order = exchange.Place("a", Limit(OrderSide.Buy, 100m, 2m));
        Step(exchange, 1);
        exchange.GetOrder("a", Symbol, order.OrderId, null).ExecutedQuantity.ShouldBe(0);
        Step(exchange, 1);
        exchange.GetOrder("a", Symbol, order.OrderId, null).ExecutedQuantity.ShouldBe(0.25m);
    }

    [Fact]
    public void An_amended_order_joins_anew_and_older_ones_go_first()
    {
        using var tape = new CaptureTape().Depth(Ms, "100.0 1", "100.1 8").Depth(Ms + 5, "100.0 4", "").Trade(Ms + 10, "100.0", "5.5", true);
        using var exchange = Open(tape, QueueModel.RiskAverse, 1);
        Step(exchange, 1);
        var amended = exchange.Place("a", Limit(OrderSide.Buy, 100m, 2m));
        var kept = exchange.Place("b", Limit(OrderSide.Buy, 100m, 2m));
        Step(exchange, 1);
        exchange.Amend("a", new(Symbol, amended.OrderId, null, OrderSide.Buy, 3m, 100m, Contracts.PriceMatch.None));
        Step(exchange, 1);
        // 5.5 less the 1 before b's; then what is left of the trade, less the 4 that were there when a joined anew.
        exchange.GetOrder("b", Symbol, kept.OrderId, null).ExecutedQuantity.ShouldBe(2m);
        exchange.GetOrder("a", Symbol, amended.OrderId, null).ExecutedQuantity.ShouldBe(1.5m);
    }

    [Fact]
    public void What_crosses_takes_the_captured_levels_one_after_the_other()
    {
        using var tape = new CaptureTape().Depth(Ms, "99.9 5", "100.1 1,100.2 2,100.5 9").Quote(Ms + 1, "99.9", "5", "100.1", "1").Trade(Ms + 9, "100.1", "1", false);
        using var exchange = Open(tape, QueueModel.Power3, 3);
        Step(exchange, 3);
        exchange.Place("a", Market(OrderSide.Buy, 4m)).Status.ShouldBe(OrderStatus.Filled);
        exchange.GetUserTrades("a", Symbol, 0, 10).Select(f => (f.Price, f.Quantity)).ShouldBe([(100.1m, 1m), (100.2m, 2m), (100.5m, 1m)]);
    }

    [Fact]
    public void Trades_alone_tell_nothing_of_a_queue() => Should.Throw<ArgumentException>(
        () => Replay(new RecordedEvents(), [], TwoAccounts with { QueueModel = QueueModel.Logarithmic })).Message.ShouldStartWith("QueueModel was Logarithmic");

    [Theory]
    [InlineData(QueueModel.RiskAverse)]
    [InlineData(QueueModel.Logarithmic)]
    [InlineData(QueueModel.Power3)]
    public void Killed_anywhere_places_in_the_queue_are_what_they_were(QueueModel model)
    {
        using var tape = RandomTape(11, 1500);
        using var calm = new TempFolder();
        var expected = EndOf(calm, []);
        expected.Fills.ShouldBeGreaterThan(20);
        var random = new SeededRandom(5);
        for (var run = 0; run < 3; run++)
        {
            using var folder = new TempFolder();
            EndOf(folder, [.. Enumerable.Range(0, 4).Select(_ => random.Between(30, 400))]).ShouldBe(expected);
        }

        (string Digest, int Fills) EndOf(TempFolder start, long[] kills)
        {
            var folder = start;
            for (var life = 0; ; life++)
            {
                using var exchange = Exchanges.Open(
                    tape.Options with { QueueModel = model, DataPath = folder.Path }, MarketFactory.Create, new RecordedEvents(keepsAll: false));
                if (life == 0)
                {
                    Step(exchange, 20);
                    for (var i = 0; i < 40; i++) exchange.Place(i % 2 == 0 ? "a" : "b", Limit(OrderSide.Buy, 100m - (0.1m * (i % 10)), 0.7m));
                }
                for (var n = 0; exchange.Driver.NextTimeMs() is not null && (life >= kills.Length || n < kills[life]); n++) exchange.Driver.Step();
                exchange.ShouldAddUp("a", "b");
                if (life >= kills.Length) return (exchange.StateDigest(), exchange.GetUserTrades("a", Symbol, 0, 10_000).Count);
                folder = folder.Copy();
            }
        }
    }

    private static CaptureTape RandomTape(ulong seed, int count)
    {
        var random = new SeededRandom(seed);
        var tape = new CaptureTape().Depth(Ms, string.Join(',', Enumerable.Range(0, 20).Select(i => Price(1000 - i) + " 6")), "100.1 6,100.2 6");
        for (var i = 1; i <= count; i++)
        {
            var price = Price(1000 - random.Between(0, 9));
            var quantity = (random.Between(1, 3000) / 1000m).ToString(CultureInfo.InvariantCulture);
            if (random.Between(0, 2) == 0) tape.Trade(Ms + i, price, quantity, random.Between(0, 3) != 0);
            else tape.Depth(Ms + i, price + " " + random.Between(0, 12).ToString(CultureInfo.InvariantCulture), "");
        }
        return tape;

        static string Price(long tenths) => (tenths / 10m).ToString("0.0", CultureInfo.InvariantCulture);
    }

    private static ExchangeCore Open(CaptureTape tape, QueueModel model, double power) =>
        Exchanges.Open(tape.Options with { QueueModel = model, QueuePower = power }, MarketFactory.Create, new RecordedEvents());

    private static void Step(ExchangeCore exchange, int steps)
    {
        for (var i = 0; i < steps; i++) exchange.Driver.Step();
        exchange.Progress.Error.ShouldBeNull();
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
