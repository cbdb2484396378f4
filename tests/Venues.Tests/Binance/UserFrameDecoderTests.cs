using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Venues.Binance;

namespace Granary.Venues.Tests.Binance;

public sealed class UserFrameDecoderTests
{
    internal const string Fill = """
        {"e":"ORDER_TRADE_UPDATE","E":1568879465652,"T":1568879465651,"o":{"s":"BTCUSDT","c":"id-1","S":"SELL","o":"LIMIT","f":"GTX","q":"0.002","p":"7100.50",
        "ap":"7100.500","sp":"0","x":"TRADE","X":"PARTIALLY_FILLED","i":8886774,"l":"0.001","z":"0.001","L":"7100.50","N":"USDT","n":"0.01000000",
        "T":1568879465650,"t":12345678,"b":"0","a":"0","m":true,"R":true,"wt":"CONTRACT_PRICE","ot":"LIMIT","ps":"BOTH","cp":false,"rp":"12.34","V":"EXPIRE_TAKER"}}
        """;

    internal const string Account = """
        {"e":"ACCOUNT_UPDATE","E":1564745798939,"T":1564745798938,"a":{"m":"ORDER","B":[{"a":"USDT","wb":"122624.12345678","cw":"100.12345678","bc":"0"}],
        "P":[{"s":"BTCUSDT","pa":"-20","ep":"6563.66500","bep":"6563.6","cr":"0","up":"2850.21200","mt":"cross","iw":"0","ps":"BOTH"}]}}
        """;

    private const string Trigger = """
        {"e":"ALGO_UPDATE","T":1566818724722,"E":1566818724723,"o":{"caid":"t-1","aid":7,"at":"CONDITIONAL","o":"STOP_MARKET","s":"BTCUSDT","S":"SELL","ps":"BOTH",
        "f":"GTC","q":"2.5","X":"NEW","ai":"","tp":"60000.1","p":"0","wt":"MARK_PRICE","cp":false,"pP":false,"R":true,"tt":0,"gtd":0,"rm":""}}
        """;

    private const string TradeLite = """
        {"e":"TRADE_LITE","E":1721895408092,"T":1721895408214,"s":"BTCUSDT","q":"0.001","p":"0","m":false,"c":"x","S":"BUY","L":"64089.2","l":"0.040","t":109100866,"i":8886774}
        """;

    [Theory]
    [InlineData("{0}"), InlineData("""{"stream":"key","data":{0}}"""), InlineData("""{"data":{0},"stream":"key"}""")]
    public void A_fill_and_an_account_update_wrapped_and_raw(string form)
    {
        var order = Decode(form.Replace("{0}", Fill));
        order.Kind.ShouldBe(UserFrameKind.Order);
        order.ToOrder().ShouldBe(new OrderReport(
            "BTCUSDT", "id-1", 8886774, OrderStatus.PartiallyFilled, OrderSide.Sell, OrderType.Limit, TimeInForce.Gtx, 0.002m, 7100.5m, 0.001m, 7100.5m, true, 1568879465650,
            new Fill("BTCUSDT", 12345678, "id-1", 8886774, OrderSide.Sell, 7100.5m, 0.001m, 0.01m, "USDT", 12.34m, true, 1568879465650)));
        var account = Decode(form.Replace("{0}", Account));
        (account.Kind, account.Reason, account.TimeMs).ShouldBe((UserFrameKind.Account, "ORDER", 1564745798938));
        account.ToBalances().ShouldBe([new BalanceReport("USDT", 122624.12345678m, 0, 1564745798938) { Change = 0 }]);
        account.ToPositions().ShouldBe([new PositionReport("BTCUSDT", -20, 6563.665m, 0, 2850.212m, 0, 1564745798938)]);
    }

    [Theory]
    [InlineData("NEW", "NEW", "0", "0", OrderStatus.New, false)]
    [InlineData("TRADE", "FILLED", "0.001", "0.002", OrderStatus.Filled, true)]
    [InlineData("CANCELED", "CANCELED", "0", "0.001", OrderStatus.Canceled, false)]
    [InlineData("EXPIRED", "EXPIRED_IN_MATCH", "0", "0", OrderStatus.Expired, false)]
    [InlineData("EXPIRED", "EXPIRED", "0", "0", OrderStatus.Expired, false)]
    [InlineData("AMENDMENT", "NEW", "0", "0", OrderStatus.New, false)]
    [InlineData("CALCULATED", "NEW_ADL", "0.002", "0.002", OrderStatus.Filled, true)]
    [InlineData("CALCULATED", "NEW_INSURANCE", "0.001", "0.001", OrderStatus.PartiallyFilled, true)]
    [InlineData("CALCULATED", "NEW_ADL", "0", "0", OrderStatus.New, false)]
    [InlineData("SOMETHING", "BRAND_NEW", "0", "0", OrderStatus.Unknown, false)]
    public void Execution_types_and_states(string execution, string state, string last, string filled, OrderStatus status, bool hasFill)
    {
        var frame = Decode(Fill.Replace("\"TRADE\"", $"\"{execution}\"").Replace("PARTIALLY_FILLED", state).Replace("\"l\":\"0.001\"", $"\"l\":\"{last}\"")
            .Replace("\"z\":\"0.001\"", $"\"z\":\"{filled}\""));
        frame.Kind.ShouldBe(UserFrameKind.Order);
        frame.Order.Status.ShouldBe(status);
        (frame.Order.HasFill).ShouldBe(hasFill);
        frame.UnknownStatus.ShouldBe(status == OrderStatus.Unknown ? state : "");
    }

    [Fact]
    public void A_fee_that_is_not_there_yet_and_foreign_orders()
    {
        var frame = Decode(Fill.Replace("\"N\":\"USDT\",\"n\":\"0.01000000\",", "").Replace("\"o\":\"LIMIT\"", "\"o\":\"TRAILING_STOP_MARKET\"").Replace("GTX", "GTE_GTC")
            .Replace("id-1", "autoclose-17"));
        var report = frame.ToOrder();
        (report.Fill!.Fee, report.Fill.FeeAsset).ShouldBe((0, ""));
        (report.Type, report.TimeInForce, report.ClientOrderId).ShouldBe((OrderType.Market, TimeInForce.Gtc, "autoclose-17"));
    }

    [Fact]
    public void Legs_of_a_hedge_mode_account_are_left_out_and_counted()
    {
        var frame = Decode(Account.Replace("\"BOTH\"", "\"LONG\""));
        (frame.Positions.Count, frame.HedgeLegs).ShouldBe((0, 1));
    }

    [Theory]
    [InlineData("""{"e":"TRADE_LITE","E":1}""", "TRADE_LITE")]
    [InlineData("""{"stream":"k","data":{"e":"MARGIN_CALL","E":1,"p":[]}}""", "MARGIN_CALL")]
    [InlineData("""{"result":null,"id":1}""", "a frame without event type")]
    public void Other_events_are_named(string text, string name)
    {
        var frame = Decode(text);
        (frame.Kind, frame.Name).ShouldBe((UserFrameKind.Unhandled, name));
    }

    [Fact]
    public void The_end_of_the_key() => Decode("""{"e":"listenKeyExpired","E":1576653824250,"listenKey":"abc"}""").Kind.ShouldBe(UserFrameKind.ListenKeyExpired);

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[1]", "without event type")]
    [InlineData("{}", "without event type")]
    [InlineData("""{"e":5}""", "not valid JSON")]
    [InlineData("""{"e":"ORDER_TRADE_UPDATE"}""", "field o is missing")]
    [InlineData("""{"e":"ORDER_TRADE_UPDATE","o":{"s":"B","i":1,"S":"HOLD","X":"NEW"}}""", "neither BUY nor SELL")]
    [InlineData("""{"e":"ORDER_TRADE_UPDATE","o":{"s":"B","i":"x","S":"BUY","X":"NEW"}}""", "field i is not an integer")]
    [InlineData("""{"e":"ACCOUNT_UPDATE","a":{"B":[{"a":"USDT","wb":true}]}}""", "field wb is not a number")]
    [InlineData("""{"e":"ACCOUNT_UPDATE","a":{"B":{}}}""", "field B is not an array")]
    public void What_cannot_be_read_is_rejected_with_a_reason(string text, string reason)
    {
        var frame = Decode(text);
        frame.Kind.ShouldBe(UserFrameKind.Malformed);
        frame.Name.ShouldContain(reason);
    }

    [Fact]
    public void Mutated_frames_never_throw_and_never_yield_a_fill_without_a_quantity() => Prop.ForAll(
        ArbMap.Default.ArbFor<Tuple<int, byte>[]>(),
        edits =>
        {
            var bytes = Encoding.UTF8.GetBytes(edits.Length % 2 == 0 ? Fill : Account);
            foreach (var (position, value) in edits.Take(4)) bytes[(position & int.MaxValue) % bytes.Length] = value;
            var frame = Decode(bytes);
            if (frame.Kind == UserFrameKind.Malformed) return true;
            JsonDocument.Parse(bytes).Dispose();
            return frame.Kind != UserFrameKind.Order || frame.ToOrder().Fill is not { } fill || (fill.Quantity > 0 && fill.VenueOrderId == frame.Order.VenueOrderId);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void A_frame_that_is_used_again_costs_nothing()
    {
        var decoder = new UserFrameDecoder(new UnknownNames());
        var frame = new UserFrame();
        byte[][] messages = [.. new[] { Fill, Account, Trigger, TradeLite, Fill.Replace("\"V\":", "\"Vx\":") }.Select(Encoding.UTF8.GetBytes)];
        // Past the tiers of the JIT.
        for (var i = 0; i < 200; i++) DecodeAll();
        long least = long.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            DecodeAll();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        least.ShouldBe(0);

        void DecodeAll()
        {
            foreach (var message in messages) decoder.Decode(message, frame);
        }
    }

    [Fact]
    public void What_is_not_known_is_read_past_and_counted_by_name()
    {
        var unknown = new UnknownNames();
        var decoder = new UserFrameDecoder(unknown);
        var frame = new UserFrame();
        foreach (var text in new[]
        {
            Fill.Replace("\"V\":", "\"zz\":").Replace("\"LIMIT\",\"f\"", "\"ICEBERG\",\"f\"").Replace("\"TRADE\"", "\"DREAM\""), Fill,
            Account.Replace("\"mt\":\"cross\"", "\"marginKind\":{\"a\":[1]}").Replace("\"m\":\"ORDER\"", "\"m\":\"GIFT\""), Account, Trigger, TradeLite,
            TradeLite.Replace("\"t\":", "\"\\u0079\":"),
        })
        {
            decoder.Decode(Encoding.UTF8.GetBytes(text), frame);
            frame.Kind.ShouldNotBe(UserFrameKind.Malformed, frame.Name);
        }
        unknown.ToList().Select(pair => pair.Key).ShouldBe(
        [
            "ACCOUNT_UPDATE.a.P.marginKind", "ACCOUNT_UPDATE.a.m=GIFT", "ORDER_TRADE_UPDATE.o.o=ICEBERG", "ORDER_TRADE_UPDATE.o.x=DREAM", "ORDER_TRADE_UPDATE.o.zz",
            "TRADE_LITE.y",
        ]);
        unknown.Total.ShouldBe(6);
    }

    [Fact]
    public void A_position_side_or_an_orders_side_that_is_not_known_is_counted_and_never_taken_for_another()
    {
        var unknown = new UnknownNames();
        var decoder = new UserFrameDecoder(unknown);
        var frame = new UserFrame();
        decoder.Decode(Encoding.UTF8.GetBytes(Account.Replace("\"ps\":\"BOTH\"", "\"ps\":\"NET\"")), frame);
        (frame.Kind, frame.Positions.Count, frame.HedgeLegs).ShouldBe((UserFrameKind.Account, 0, 1));
        decoder.Decode(Encoding.UTF8.GetBytes(Fill.Replace("\"S\":\"SELL\"", "\"S\":\"LEND\"").Replace("\"S\":\"BUY\"", "\"S\":\"LEND\"")), frame);
        frame.Kind.ShouldBe(UserFrameKind.Malformed);
        unknown.ToList().Select(pair => pair.Key).ShouldBe(["ACCOUNT_UPDATE.a.P.ps=NET", "ORDER_TRADE_UPDATE.o.S=LEND"]);
    }

    [Fact]
    public void Names_are_bounded_and_printable()
    {
        var unknown = new UnknownNames();
        for (var i = 0; i < 100; i++) unknown.CountValue("field", $"\n{i}");
        var counted = unknown.ToList();
        (counted.Count, counted.Sum(pair => pair.Value), counted.Single(pair => pair.Key == "(other)").Value).ShouldBe((65, 100L, 36L));
        counted.ShouldAllBe(pair => !pair.Key.Contains('\n'));
    }

    private static UserFrame Decode(string text) => Decode(Encoding.UTF8.GetBytes(text));

    private static UserFrame Decode(byte[] bytes)
    {
        var frame = new UserFrame();
        new UserFrameDecoder(new UnknownNames()).Decode(bytes, frame);
        return frame;
    }
}
