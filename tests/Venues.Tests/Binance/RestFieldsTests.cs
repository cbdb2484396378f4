using System.Text.Json;
using Granary.Venues.Binance;
using Granary.Venues.Tests.Support;

namespace Granary.Venues.Tests.Binance;

/// <summary>Fields of REST answers that the client does not know are read past and counted by name; sample answers have only those that are approved here.</summary>
public sealed class RestFieldsTests(Xunit.Abstractions.ITestOutputHelper output)
{
    /// <summary>Answers of other venues' parts that stand among the samples: a trade of coin-margined futures.</summary>
    private static readonly string[] _approved = ["/fapi/v1/userTrades.marginAsset"];

    /// <summary>Samples that do not name the path they answer.</summary>
    private static readonly Dictionary<string, string> _unnamed = new()
    {
        ["http_json/balance.json"] = "/fapi/v3/balance",
        ["http_json/order_response.json"] = "/fapi/v1/order",
        ["http_json/position_risk.json"] = "/fapi/v3/positionRisk",
        ["http_futures_account_orders.json"] = "/fapi/v1/openOrders",
        ["http_futures_account_position_side_dual.json"] = "/fapi/v1/positionSide/dual",
        ["http_futures_account_positions_hedge.json"] = "/fapi/v3/positionRisk",
        ["http_futures_account_positions_one_way.json"] = "/fapi/v3/positionRisk",
        ["http_futures_account_symbol_config.json"] = "/fapi/v1/symbolConfig",
        ["http_futures_account_trades.json"] = "/fapi/v1/userTrades",
        ["http_futures_market_agg_trades.json"] = "/fapi/v1/aggTrades",
        ["http_futures_market_book_ticker.json"] = "/fapi/v1/ticker/bookTicker",
        ["http_futures_market_depth.json"] = "/fapi/v1/depth",
        ["http_futures_market_exchange_info.json"] = "/fapi/v1/exchangeInfo",
        ["http_futures_market_funding_rate.json"] = "/fapi/v1/fundingRate",
        ["http_futures_market_open_interest.json"] = "/fapi/v1/openInterest",
        ["http_futures_market_premium_index.json"] = "/fapi/v1/premiumIndex",
        ["http_futures_market_taker_long_short_ratio.json"] = "/futures/data/takerlongshortRatio",
        ["http_futures_market_ticker_24hr.json"] = "/fapi/v1/ticker/24hr",
        ["http_futures_market_ticker_price.json"] = "/fapi/v2/ticker/price",
        ["http_futures_market_trades.json"] = "/fapi/v1/trades",
        ["http_futures_wallet_commission_rate_btcusdt.json"] = "/fapi/v1/commissionRate",
    };

    [SharedDataFact]
    public void Sample_answers_have_only_approved_fields()
    {
        var unknown = new UnknownNames();
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, text) in SharedData.Members("message-samples/jkorf-usdfutures-messages.zip"))
        {
            var lines = text.TrimStart('\uFEFF').Split('\n', 3);
            if (name.StartsWith("Endpoints/", StringComparison.Ordinal)) Count(lines[1].Trim(), lines[^1], seen, unknown);
        }
        foreach (var (name, text) in SharedData.Members("message-samples/nautilus-binance-futures-messages.zip"))
            if (_unnamed.FirstOrDefault(pair => name.EndsWith(pair.Key, StringComparison.Ordinal)).Value is { } path) Count(path, text, seen, unknown);
        output.WriteLine($"{seen.Count} of {RestFields.Paths.Count()} paths have samples; none of {string.Join(", ", RestFields.Paths.Except(seen).Order())}");
        unknown.ToList().Select(static pair => pair.Key).ShouldBe(_approved);
        RestFields.Paths.Except(seen).ShouldBeEmpty();
    }

    [SharedDataFact]
    public void Recorded_exchange_information_has_only_known_fields()
    {
        var unknown = new UnknownNames();
        foreach (var file in new[] { "um-exchangeInfo-2022-02-21-mainnet.json.gz", "um-exchangeInfo-2023-04-15-testnet.json.gz" })
        {
            using var document = JsonDocument.Parse(SharedData.Text($"exchange-info/{file}"));
            RestFields.Count("/fapi/v1/exchangeInfo", document.RootElement, unknown);
        }
        unknown.ToList().ShouldBeEmpty();
    }

    [Fact]
    public void Unknown_fields_are_counted_in_objects_lists_and_deeper()
    {
        Unknown("/fapi/v1/order", """{"symbol":"A","xy":{"orderId":1},"o\u0072derId":3}""").ShouldBe(["/fapi/v1/order.o\\u0072derId 1", "/fapi/v1/order.xy 1"]);
        Unknown("/fapi/v1/openOrders", """[{"symbol":"A","xy":1},{"xy":[[{"z":2}]]}]""").ShouldBe(["/fapi/v1/openOrders.xy 2"]);
        Unknown("/fapi/v1/exchangeInfo", """{"symbols":[{"symbol":"A","new":1,"filters":[{"filterType":"LOT_SIZE","limitNew":1},[3],null]}],"rateLimits":{"limit":1,"per":2}}""")
            .ShouldBe(["/fapi/v1/exchangeInfo.rateLimits.per 1", "/fapi/v1/exchangeInfo.symbols.filters.limitNew 1", "/fapi/v1/exchangeInfo.symbols.new 1"]);
        Unknown("/fapi/v1/depth", """{"lastUpdateId":1,"bids":[["1","2"]],"asks":[]}""").ShouldBeEmpty();
        Unknown("/fapi/v1/klines", """[[1,"2"]]""").ShouldBeEmpty();
        Unknown("/fapi/v1/noSuchPath", """{"x":1}""").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("7"), InlineData("null"), InlineData("\"x\""), InlineData("[[[[{}]]]]"), InlineData("[1,null]"), InlineData("""{"symbol":{"a":1},"status":7}""")]
    public void An_answer_that_is_none_is_survived(string body) => Unknown("/fapi/v1/order", body).ShouldBeEmpty();

    [Fact]
    public void Names_stay_bounded_whatever_the_venue_sends()
    {
        var unknown = new UnknownNames();
        for (var i = 0; i < 500; i++)
            Count("/fapi/v1/order", $$"""{"{{i}}{{new string('x', i)}}é\n":1,"status":"{{i}}{{new string('é', i)}}\n"}""", unknown);
        unknown.Total.ShouldBe(1000);
        unknown.ToList().Count.ShouldBe(UnknownNames.NamesMax + 1);
        unknown.ToList().ShouldAllBe(static pair => pair.Key.Length <= 97 && pair.Key.All(static c => c >= ' ' && c < '\x7F'));
    }

    [Fact]
    public void The_client_counts_what_its_answers_have_beyond_and_nothing_of_refusals()
    {
        var clients = new Clients();
        clients.Rest.On("GET /fapi/v3/balance", 200, """[{"asset":"USDT","balance":"1","availableBalance":"1","shiny":true}]""");
        clients.Rest.On("GET /fapi/v1/openOrders", 400, """{"code":-1121,"msg":"Invalid symbol.","other":1}""");
        clients.World.Run(() => clients.Client.GetBalancesAsync(default));
        Should.Throw<Ports.VenueException>(() => clients.World.Run(() => clients.Client.GetOpenOrdersAsync("NONE", default)));
        clients.Client.Counters.UnknownFields.ShouldBe([new("/fapi/v3/balance.shiny", 1)]);
        clients.Client.Counters.UnknownFieldsSeen.ShouldBe(1);
    }

    [Fact]
    public void Unknown_words_are_counted_by_their_field_and_known_ones_and_none_are_not()
    {
        Unknown("/fapi/v1/order", """
            {"status":"HALTED","type":"ICEBERG","origType":"LIMIT","side":"SHORT_SELL","positionSide":"NET","timeInForce":"GTX_2","workingType":"INDEX_PRICE",
            "priceMatch":"","selfTradePreventionMode":null,"price":"HALTED"}
            """).ShouldBe(
            [
                "/fapi/v1/order.positionSide=NET 1", "/fapi/v1/order.side=SHORT_SELL 1", "/fapi/v1/order.status=HALTED 1", "/fapi/v1/order.timeInForce=GTX_2 1",
                "/fapi/v1/order.type=ICEBERG 1", "/fapi/v1/order.workingType=INDEX_PRICE 1",
            ]);
        Unknown("/fapi/v1/openAlgoOrders", """[{"algoStatus":"PAUSED","algoType":"CONDITIONAL"},{"algoStatus":"PAUSED","orderType":"STOP_MARKET"}]""")
            .ShouldBe(["/fapi/v1/openAlgoOrders.algoStatus=PAUSED 2"]);
        Unknown("/fapi/v1/exchangeInfo", """{"symbols":[{"status":"AUCTION","contractType":"","filters":[{"filterType":"MIN_LUCK"}]}],"rateLimits":[{"interval":"WEEK"}]}""")
            .ShouldBe(
            [
                "/fapi/v1/exchangeInfo.rateLimits.interval=WEEK 1", "/fapi/v1/exchangeInfo.symbols.filters.filterType=MIN_LUCK 1",
                "/fapi/v1/exchangeInfo.symbols.status=AUCTION 1",
            ]);
        Unknown("/fapi/v1/symbolConfig", """[{"marginType":"PORTFOLIO"},{"marginType":"isolated"}]""").ShouldBe(["/fapi/v1/symbolConfig.marginType=PORTFOLIO 1"]);
        Unknown("/fapi/v1/income", """[{"incomeType":"GIFT"},{"incomeType":"FUNDING_FEE"}]""").ShouldBe(["/fapi/v1/income.incomeType=GIFT 1"]);
    }

    [Fact]
    public void What_is_not_known_is_counted_in_an_answer_that_cannot_be_read_and_not_in_an_error()
    {
        var clients = new Clients(static options => options with { QueryRetries = 0 });
        clients.Rest.On("GET /fapi/v1/openOrders", 200, """[{"symbol":"A","clientOrderId":"x","orderId":1,"status":"NEW","side":"SIDEWAYS","type":"LIMIT","origQty":"1"}]""");
        clients.Rest.On("GET /fapi/v3/balance", 200, """{"code":"-1000","msg":"unknown","detail":1}""");
        Should.Throw<Ports.VenueException>(() => clients.World.Run(() => clients.Client.GetOpenOrdersAsync("A", default))).Message.ShouldContain("neither BUY nor SELL");
        Should.Throw<Ports.VenueException>(() => clients.World.Run(() => clients.Client.GetBalancesAsync(default)));
        clients.Client.Counters.UnknownFields.ShouldBe([new("/fapi/v1/openOrders.side=SIDEWAYS", 1)]);
    }

    private static void Count(string path, string text, SortedSet<string> seen, UnknownNames unknown)
    {
        if (!RestFields.Paths.Contains(path)) return;
        seen.Add(path);
        Count(path, text[text.IndexOfAny(['{', '['])..], unknown);
    }

    private static void Count(string path, string body, UnknownNames unknown)
    {
        using var document = JsonDocument.Parse(body);
        RestFields.Count(path, document.RootElement, unknown);
    }

    private static List<string> Unknown(string path, string body)
    {
        var unknown = new UnknownNames();
        Count(path, body, unknown);
        return [.. unknown.ToList().Select(static pair => $"{pair.Key} {pair.Value}")];
    }
}
