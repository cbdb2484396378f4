using System.Text;
using System.Text.Json;
using Granary.Venues.Binance;
using Granary.Venues.Tests.Support;
using Xunit.Abstractions;

namespace Granary.Venues.Tests.Binance;

/// <summary>Messages as two other clients' tests have them: whatever belongs to our part of the protocol must be readable.</summary>
public sealed class MessageSampleTests(ITestOutputHelper output)
{
    private static readonly string[] _symbols = ["BTCUSDT", "BNBUSDT", "ETHUSDT"];

    [SharedDataFact]
    public void Market_events()
    {
        var decoder = new MarketFrameDecoder(_symbols);
        var count = 0;
        foreach (var (name, text) in Events("AggTrades.txt", "MarkPrice.txt", "BookTicker.txt", "agg_trade_stream.json", "book_ticker_stream.json", "mark_price_stream.json"))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            MarketFrame frame = default;
            decoder.Decode(bytes, ref frame);
            frame.Kind.ShouldBeOneOf([MarketFrameKind.AggTrade, MarketFrameKind.BookTicker, MarketFrameKind.MarkPrice], $"{name}: {frame.Reason}");
            MarketOracle.Agree(frame, MarketOracle.Read(bytes, _symbols)!.Value).ShouldBeTrue(name);
            count++;
        }
        count.ShouldBe(6);
    }

    [SharedDataFact]
    public void User_events()
    {
        var unknown = new UnknownNames();
        var decoder = new UserFrameDecoder(unknown);
        var frame = new UserFrame();
        var kinds = new SortedDictionary<string, UserFrameKind>(StringComparer.Ordinal);
        foreach (var (name, text) in Events("OrderUpdate.txt", "AccountUpdate.txt", "TradeUpdate.txt", "MarginUpdate.txt", "AlgoOrderUpdate.txt", "Leverage.txt", "user_data_json/"))
        {
            decoder.Decode(Encoding.UTF8.GetBytes(text), frame);
            frame.Kind.ShouldNotBe(UserFrameKind.Malformed, $"{name}: {frame.Name}");
            var expected = text.Contains("ORDER_TRADE_UPDATE") ? UserFrameKind.Order : text.Contains("ACCOUNT_UPDATE") ? UserFrameKind.Account
                : text.Contains("ALGO_UPDATE") ? UserFrameKind.Trigger : UserFrameKind.Unhandled;
            frame.Kind.ShouldBe(expected, name);
            frame.UnknownStatus.ShouldBeEmpty(name);
            kinds[name] = frame.Kind;
            output.WriteLine($"{name}: {frame.Name} {frame.Order.Status} {frame.Order.TradeId}");
        }
        unknown.ToList().ShouldBeEmpty("a sample has a field or a value that nobody has looked at");
        kinds.Count.ShouldBeGreaterThanOrEqualTo(19);
        kinds.Values.Count(kind => kind == UserFrameKind.Order).ShouldBeGreaterThanOrEqualTo(10);
    }

    [SharedDataFact]
    public void Rest_answers()
    {
        var readers = new Dictionary<string, Action<JsonElement>>
        {
            ["Trading/PlaceOrder.txt"] = root => RestDecoder.Order(root).VenueOrderId.ShouldBe(22542179),
            ["Trading/CancelOrder.txt"] = root => RestDecoder.Order(root).Status.ShouldBe(Engine.Orders.OrderStatus.Canceled),
            ["Trading/GetOrder.txt"] = root => RestDecoder.Order(root).ClientOrderId.ShouldBe("abc"),
            ["Trading/GetOpenOrders.txt"] = root => RestDecoder.Orders(root).Single().Quantity.ShouldBe(0.4m),
            ["Trading/GetPositions.txt"] = root => RestDecoder.Positions(root).HedgeSymbol.ShouldBe("BTCUSDT"),
            ["Trading/GetUserTrades.txt"] = root => RestDecoder.UserTrades(root).Single().TradeId.ShouldBe(698759),
            ["Account/GetBalances.txt"] = root => RestDecoder.Balances(root).Single().WalletBalance.ShouldBe(122607.35137903m),
            ["Account/StartUserStream.txt"] = root => RestDecoder.ListenKey(root).Length.ShouldBe(64),
            ["ExchangeData/GetServerTime.txt"] = root => RestDecoder.ServerTimeMs(root).ShouldBe(1499827319559),
            ["ExchangeData/GetOrderBook.txt"] = root => RestDecoder.Depth(root, 1000).Asks.Single().PriceE8.ShouldBe(400000200),
            ["ExchangeData/GetAggregatedTradeHistory.txt"] = root => RestDecoder.AggTrades(root).Single().Id.ShouldBe(26129),
            ["ExchangeData/GetMarkPrice.txt"] = root => RestDecoder.PremiumIndex(root).Mark.ShouldBe(11793.63104562m),
            ["ExchangeData/GetExchangeInfo.txt"] = root => RestDecoder.ExchangeInfo(root).Rules.Single().Symbol.ShouldBe("BLZUSDT"),
            ["http_json/balance.json"] = root => RestDecoder.Balances(root).Single().AvailableBalance.ShouldBe(122.12345678m),
            ["http_json/order_response.json"] = root => RestDecoder.Order(root).Price.ShouldBe(50000),
            ["http_json/position_risk.json"] = root => RestDecoder.Positions(root).Positions.Single().Quantity.ShouldBe(0.001m),
            ["http_futures_account_trades.json"] = root => RestDecoder.UserTrades(root).ShouldNotBeEmpty(),
            ["http_futures_account_positions_one_way.json"] = root => RestDecoder.Positions(root).HedgeSymbol.ShouldBeNull(),
            ["http_futures_account_positions_hedge.json"] = root => RestDecoder.Positions(root).HedgeSymbol.ShouldNotBeNull(),
            ["http_futures_market_agg_trades.json"] = root => RestDecoder.AggTrades(root).ShouldNotBeEmpty(),
            ["http_futures_market_depth.json"] = root => RestDecoder.Depth(root, 1000).Bids.ShouldNotBeEmpty(),
            ["http_futures_market_premium_index.json"] = root => RestDecoder.PremiumIndex(root).Mark.ShouldBeGreaterThan(0),
            ["http_futures_market_exchange_info.json"] = root => RestDecoder.ExchangeInfo(root).Rules.ShouldNotBeEmpty(),
        };
        foreach (var (ending, read) in readers)
        {
            var (name, text) = Members().Single(member => member.Key.EndsWith(ending, StringComparison.Ordinal) && !member.Key.StartsWith("Socket/", StringComparison.Ordinal));
            var start = text.IndexOfAny(['{', '[']);
            using var document = JsonDocument.Parse(text[start..]);
            Should.NotThrow(() => read(document.RootElement), name);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Members() => SharedData.Members("message-samples/jkorf-usdfutures-messages.zip")
        .Concat(SharedData.Members("message-samples/nautilus-binance-futures-messages.zip"));

    private static IEnumerable<KeyValuePair<string, string>> Events(params string[] parts)
    {
        foreach (var (name, text) in Members())
        {
            if (!parts.Any(part => name.EndsWith(part, StringComparison.Ordinal) || (part.EndsWith('/') && name.Contains(part)))) continue;
            // In scripts, the event follows the line that starts with "=".
            var start = name.EndsWith(".txt", StringComparison.Ordinal) ? text.IndexOf("\n=", StringComparison.Ordinal) : 0;
            if (start >= 0) yield return new(name, text[text.IndexOf('{', start)..]);
        }
    }
}
