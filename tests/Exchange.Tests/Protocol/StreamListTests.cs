using System.Text.Json;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Tests.Protocol;

/// <summary>Every stream that the venue's clients subscribe to: it exists under its prefix, and what happens on the exchange reaches it.</summary>
public class StreamListTests
{
    private static readonly string[] s_intervals =
        ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"];

    private readonly ProtocolRig _rig = new();

    public static TheoryData<string, string, string> MarketStreams
    {
        get
        {
            // prefix, name, event
            var streams = new TheoryData<string, string, string>
            {
                { "market", "btcusdt@aggTrade", "aggTrade" },
                { "market", "btcusdt@trade", "trade" },
                { "public", "btcusdt@trade", "trade" },
                { "market", "btcusdt@markPrice", "markPriceUpdate" },
                { "market", "btcusdt@markPrice@1s", "markPriceUpdate" },
                { "market", "!markPrice@arr", "markPriceUpdate" },
                { "market", "!markPrice@arr@1s", "markPriceUpdate" },
                { "public", "btcusdt@bookTicker", "bookTicker" },
                { "public", "!bookTicker", "bookTicker" },
                { "market", "btcusdt@ticker", "24hrTicker" },
                { "market", "!ticker@arr", "24hrTicker" },
                { "market", "btcusdt@miniTicker", "24hrMiniTicker" },
                { "market", "!miniTicker@arr", "24hrMiniTicker" },
                { "market", "btcusdt@forceOrder", "forceOrder" },
                { "market", "!forceOrder@arr", "forceOrder" },
                { "public", "btcusdt@rpiDepth", "depthUpdate" },
                { "public", "btcusdt@rpiDepth@500ms", "depthUpdate" },
            };
            foreach (var levels in (string[])["", "5", "10", "20"])
                foreach (var speed in (string[])["", "@100ms", "@250ms", "@500ms"]) streams.Add("public", $"btcusdt@depth{levels}{speed}", "depthUpdate");
            foreach (var interval in s_intervals)
            {
                streams.Add("market", $"btcusdt@kline_{interval}", "kline");
                streams.Add("market", $"btcusdt_perpetual@continuousKline_{interval}", "continuous_kline");
            }
            return streams;
        }
    }

    [Theory]
    [MemberData(nameof(MarketStreams))]
    public void Market_streams_deliver_under_their_prefix_raw_and_wrapped(string prefix, string name, string expected)
    {
        using var raw = _rig.Streams.Open($"/{prefix}/ws/{name}");
        using var wrapped = _rig.Streams.Open($"/{prefix}/stream");
        ProtocolRig.Send(wrapped, $$"""{"method":"SUBSCRIBE","params":["{{name}}"],"id":1}""");
        ProtocolRig.Drain(wrapped).ShouldBe(["""{"result":null,"id":1}"""]);
        using var elsewhere = _rig.Streams.Open($"/private/ws/{name}");

        Happen();

        var frames = ProtocolRig.Drain(raw);
        frames.ShouldNotBeEmpty();
        foreach (var frame in frames) EventOf(JsonDocument.Parse(frame).RootElement).ShouldBe(expected);
        var data = ProtocolRig.Drain(wrapped).Select(frame => JsonDocument.Parse(frame).RootElement).ToArray();
        data.Select(d => d.GetProperty("stream").GetString()).Distinct().ShouldBe([name]);
        data.Select(d => d.GetProperty("data").GetRawText()).ShouldBe(frames);
        ProtocolRig.Drain(elsewhere).ShouldBeEmpty();
    }

    /// <summary>Contracts do not change here and composite indices are not traded: the venue's streams of them are silent as well.</summary>
    [Theory]
    [InlineData("!contractInfo")]
    [InlineData("btcusdt@compositeIndex")]
    public void Streams_without_events_are_acknowledged_and_silent(string name)
    {
        using var session = _rig.Streams.Open($"/market/ws/{name}");
        Happen();
        ProtocolRig.Send(session, """{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        ProtocolRig.Drain(session).ShouldBe([$$"""{"result":["{{name}}"],"id":1}"""]);
    }

    [Theory]
    [InlineData("ORDER_TRADE_UPDATE")]
    [InlineData("TRADE_LITE")]
    [InlineData("ACCOUNT_UPDATE")]
    [InlineData("ACCOUNT_CONFIG_UPDATE")]
    [InlineData("ALGO_UPDATE")]
    [InlineData("MARGIN_CALL")]
    public void User_events_reach_every_form_of_user_stream(string name)
    {
        using var json = JsonDocument.Parse(ProtocolRig.Text(_rig.Call("POST", "/fapi/v1/listenKey", key: FakeExchange.Main.ApiKey)));
        var key = json.RootElement.GetProperty("listenKey").GetString();
        using var byPath = _rig.Streams.Open($"/private/ws/{key}");
        using var byQuery = _rig.Streams.Open($"/private/ws?listenKey={key}&events={name}");
        using var wrapped = _rig.Streams.Open($"/private/stream?listenKey={key}");
        Happen();
        ProtocolRig.Drain(byPath).Select(frame => EventOf(JsonDocument.Parse(frame).RootElement)).ShouldContain(name);
        var chosen = ProtocolRig.Drain(byQuery);
        chosen.ShouldNotBeEmpty();
        foreach (var frame in chosen) EventOf(JsonDocument.Parse(frame).RootElement).ShouldBe(name);
        ProtocolRig.Drain(wrapped).Select(frame => EventOf(JsonDocument.Parse(frame).RootElement.GetProperty("data"))).ShouldContain(name);
    }

    private static string? EventOf(JsonElement data) => (data.ValueKind == JsonValueKind.Array ? data[0] : data).GetProperty("e").GetString();

    /// <summary>One of everything that an exchange can tell.</summary>
    private void Happen()
    {
        var (streams, exchange) = (_rig.Streams, _rig.Exchange);
        streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(5, FakeExchange.Start, 60_000m, 1m));
        streams.OnBookTicker("BTCUSDT", exchange.Ticker);
        streams.OnDepth("BTCUSDT", new DepthDiff(101, 110, 100, FakeExchange.Start, [new(Fixed8.FromDecimal(59_990m), Fixed8.FromDecimal(3m))], []));
        streams.OnMarkPrice("BTCUSDT", exchange.Mark with { TimeMs = FakeExchange.Start + 3_000 });
        var order = new ExchangeOrder(
            5, "autoclose-1", "BTCUSDT", OrderSide.Sell, OrderType.Limit, TimeInForce.Ioc, 1m, 59_000m, false, OrderStatus.Filled, 1m, 59_000m, 1,
            FakeExchange.Start)
        {
            Origin = OrderOrigin.Liquidation,
        };
        var fill = new ExchangeFill(9, 5, "autoclose-1", "BTCUSDT", OrderSide.Sell, 59_000m, 1m, 0.1m, -5m, false, FakeExchange.Start);
        streams.OnOrder("main", new ExecutionEvent("TRADE", order, fill, 0));
        streams.OnAccount("main", new AccountEvent("ORDER", exchange.Wallet, 0, [], FakeExchange.Start));
        streams.OnSettings("main", new MarginSettings("BTCUSDT", MarginType.Crossed, 20, 1_000_000m));
        streams.OnMarginCall("main", new MarginCall(1m, [], FakeExchange.Start));
        var request = new NewConditionalOrder("BTCUSDT", OrderSide.Sell, ConditionalType.StopMarket, 1m, 59_000m);
        streams.OnConditional("main", new ConditionalOrder(1, "c", request, ConditionalStatus.New, FakeExchange.Start, FakeExchange.Start));
    }
}
