using System.Text.Json;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Tests.Protocol;

public class MarketStreamTests
{
    private const long Minute = FakeExchange.Start / 60_000 * 60_000;

    private readonly ProtocolRig _rig = new();

    private void Trade(long id, long timeMs, decimal price, decimal quantity = 1) =>
        _rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(id, timeMs, price, quantity));

    private static List<JsonElement> Events(Granary.Exchange.Protocol.StreamSession session) =>
        [.. ProtocolRig.Drain(session).Select(frame => JsonDocument.Parse(frame).RootElement)];

    [Fact]
    public void A_candle_is_told_four_times_a_second_and_closed_once()
    {
        using var session = _rig.Streams.Open("/market/ws/btcusdt@kline_1m");
        Trade(1, Minute, 100);
        Trade(2, Minute + 100, 110);
        Trade(3, Minute + 250, 90, 2);
        _rig.Streams.OnMarkPrice("BTCUSDT", _rig.Exchange.Mark with { TimeMs = Minute + 60_000 });
        var events = Events(session);
        events.Count.ShouldBe(3);
        var last = events[2].GetProperty("k");
        events[2].GetProperty("e").GetString().ShouldBe("kline");
        last.GetProperty("x").GetBoolean().ShouldBeTrue();
        last.GetProperty("t").GetInt64().ShouldBe(Minute);
        last.GetProperty("T").GetInt64().ShouldBe(Minute + 59_999);
        last.GetProperty("o").GetString().ShouldBe("100.00");
        last.GetProperty("h").GetString().ShouldBe("110.00");
        last.GetProperty("l").GetString().ShouldBe("90.00");
        last.GetProperty("c").GetString().ShouldBe("90.00");
        last.GetProperty("v").GetString().ShouldBe("4.000");
        last.GetProperty("q").GetString().ShouldBe("390.00000");
        last.EnumerateObject().Select(m => m.Name).ShouldBe(["t", "T", "s", "i", "f", "L", "o", "c", "h", "l", "v", "n", "x", "q", "V", "Q", "B"]);
    }

    [Theory]
    [InlineData("3d")]
    [InlineData("1w")]
    [InlineData("1M")]
    public void Long_candles_begin_on_the_calendar(string interval)
    {
        using var session = _rig.Streams.Open($"/market/ws/btcusdt@kline_{interval}/btcusdt_perpetual@continuousKline_{interval}");
        Trade(1, Minute, 100);
        var events = Events(session);
        events.Select(e => e.GetProperty("e").GetString()).ShouldBe(["kline", "continuous_kline"]);
        var open = DateTimeOffset.FromUnixTimeMilliseconds(events[0].GetProperty("k").GetProperty("t").GetInt64());
        open.TimeOfDay.ShouldBe(TimeSpan.Zero);
        if (interval == "1w") open.DayOfWeek.ShouldBe(DayOfWeek.Monday);
        if (interval == "1M") open.Day.ShouldBe(1);
    }

    [Fact]
    public void Day_statistics_come_alone_and_for_all_symbols()
    {
        using var session = _rig.Streams.Open("/market/stream?streams=btcusdt@ticker/btcusdt@miniTicker/!ticker@arr/!miniTicker@arr/!markPrice@arr@1s");
        Trade(1, Minute, 100);
        Trade(2, Minute + 500, 110);
        Trade(3, Minute + 2000, 90, 2);
        var events = Events(session);
        var ticker = events.Last(e => e.GetProperty("stream").GetString() == "btcusdt@ticker").GetProperty("data");
        ticker.GetProperty("p").GetString().ShouldBe("-10.00");
        ticker.GetProperty("P").GetString().ShouldBe("-10.000");
        ticker.GetProperty("w").GetString().ShouldBe("97.50000");
        ticker.GetProperty("Q").GetString().ShouldBe("2.000");
        ticker.EnumerateObject().Select(m => m.Name).ShouldBe(
            ["e", "E", "s", "p", "P", "w", "c", "Q", "o", "h", "l", "v", "q", "O", "C", "F", "L", "n", "st"]);
        events.Count(e => e.GetProperty("stream").GetString() == "btcusdt@miniTicker").ShouldBe(2);
        var all = events.Last(e => e.GetProperty("stream").GetString() == "!ticker@arr").GetProperty("data");
        all.GetArrayLength().ShouldBe(1, "the other symbol has not traded");
        events.Last(e => e.GetProperty("stream").GetString() == "!miniTicker@arr").GetProperty("data")[0].GetProperty("e").GetString().ShouldBe("24hrMiniTicker");
    }

    [Fact]
    public void Every_quote_stream_of_all_symbols_is_slow()
    {
        using var session = _rig.Streams.Open("/public/ws/!bookTicker");
        for (var i = 0; i < 12; i++) _rig.Streams.OnBookTicker("BTCUSDT", _rig.Exchange.Ticker with { TimeMs = Minute + (i * 1000) });
        Events(session).Count.ShouldBe(3);
    }

    [Fact]
    public void A_liquidation_is_public_at_most_once_a_second()
    {
        using var session = _rig.Streams.Open("/market/stream?streams=btcusdt@forceOrder/!forceOrder@arr");
        var order = new ExchangeOrder(
            5, "autoclose-1", "BTCUSDT", OrderSide.Sell, OrderType.Limit, TimeInForce.Ioc, 0.014m, 9910m, false, OrderStatus.Filled, 0.014m, 138.74m, 1, Minute)
        {
            Origin = OrderOrigin.Liquidation,
        };
        var fill = new ExchangeFill(9, 5, "autoclose-1", "BTCUSDT", OrderSide.Sell, 9910m, 0.014m, 0.1m, -5m, false, Minute);
        _rig.Streams.OnOrder("main", new ExecutionEvent("TRADE", order, fill, 0));
        _rig.Streams.OnOrder("main", new ExecutionEvent("TRADE", order, fill, 0));
        _rig.Streams.OnOrder("main", new ExecutionEvent("TRADE", order with { Origin = OrderOrigin.User }, fill, 0));
        var events = Events(session);
        events.Count(e => e.GetProperty("stream").GetString() == "btcusdt@forceOrder").ShouldBe(1);
        events[0].GetProperty("data").GetProperty("o").EnumerateObject().Select(m => m.Name).ShouldBe(["s", "S", "o", "f", "q", "p", "ap", "X", "l", "z", "T"]);
    }

    [Fact]
    public void Statistics_are_answered_over_rest()
    {
        _rig.Exchange.MarketTimeMs = Minute + 2000;
        Trade(1, Minute, 100);
        Trade(2, Minute + 1000, 110);
        _rig.Streams.OnMarkPrice("BTCUSDT", _rig.Exchange.Mark with { TimeMs = Minute });
        using var day = JsonDocument.Parse(_rig.Get("/fapi/v1/ticker/24hr", "symbol=BTCUSDT"));
        day.RootElement.EnumerateObject().Select(m => m.Name).ShouldBe(
        [
            "symbol", "priceChange", "priceChangePercent", "weightedAvgPrice", "lastPrice", "lastQty", "openPrice", "highPrice", "lowPrice", "volume",
            "quoteVolume", "openTime", "closeTime", "firstId", "lastId", "count",
        ]);
        day.RootElement.GetProperty("priceChange").GetString().ShouldBe("10.00");
        using var all = JsonDocument.Parse(_rig.Get("/fapi/v1/ticker/24hr"));
        all.RootElement.GetArrayLength().ShouldBe(2);
        using var marks = JsonDocument.Parse(_rig.Get("/fapi/v1/markPriceKlines", "symbol=BTCUSDT&interval=1m"));
        marks.RootElement[0].GetArrayLength().ShouldBe(12);
        marks.RootElement[0][1].GetString().ShouldBe("60001.12345678");
        using var indexes = JsonDocument.Parse(_rig.Get("/fapi/v1/indexPriceKlines", "pair=BTCUSDT&interval=5m"));
        indexes.RootElement[0][4].GetString().ShouldBe("60000.50000000");
        _rig.Get("/fapi/v1/fundingRate").ShouldBe("[]");
        using var premiums = JsonDocument.Parse(_rig.Get("/fapi/v1/premiumIndexKlines", "symbol=BTCUSDT&interval=1m"));
        premiums.RootElement[0][4].GetString().ShouldBe("0.00001039");
        _rig.Get("/fapi/v1/openInterest", "symbol=BTCUSDT").ShouldContain("\"openInterest\":\"0.000\"");
        _rig.Get("/fapi/v1/fundingInfo").ShouldContain("\"fundingIntervalHours\":8");
    }

    [Fact]
    public void Funding_rates_come_from_the_exchange_oldest_first()
    {
        for (var i = 0; i < 5; i++)
        {
            _rig.Exchange.Fundings.Add(new FundingRecord("BTCUSDT", 0.0001m * i, 1000 + i, 60_000.5m));
            _rig.Exchange.Fundings.Add(new FundingRecord("ETHUSDT", -0.0001m, 1000 + i, 3_000m));
        }

        _rig.Get("/fapi/v1/fundingRate", "symbol=BTCUSDT&startTime=1001&limit=1").ShouldBe(
            """[{"symbol":"BTCUSDT","fundingTime":1001,"fundingRate":"0.00010000","markPrice":"60000.50000000","rateType":"Regular"}]""");
        Times("symbol=BTCUSDT&limit=2").ShouldBe([1003, 1004]);
        Times("endTime=1001").ShouldBe([1000, 1000, 1001, 1001]);

        List<long> Times(string query)
        {
            using var rows = JsonDocument.Parse(_rig.Get("/fapi/v1/fundingRate", query));
            return [.. rows.RootElement.EnumerateArray().Select(row => row.GetProperty("fundingTime").GetInt64())];
        }
    }

    [Fact]
    public void What_is_off_says_so()
    {
        _rig.Get("/fapi/v1/indexInfo").ShouldBe("[]");
        _rig.Get("/futures/data/openInterestHist").ShouldBe("[]");
        _rig.SignedText("GET", "/fapi/v1/forceOrders").ShouldBe("[]");
        _rig.SignedText("POST", "/fapi/v1/multiAssetsMargin", "multiAssetsMargin=false").ShouldBe("""{"code":200,"msg":"success"}""");
        ProtocolRig.Code(_rig.Signed("POST", "/fapi/v1/feeBurn", "feeBurn=true")).ShouldBe(-1130);
        _rig.SignedText("GET", "/fapi/v1/rateLimit/order").ShouldBe(
            """[{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":300},{"rateLimitType":"ORDERS","interval":"MINUTE","intervalNum":1,"limit":1200}]""");
    }
}
