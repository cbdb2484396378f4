using System.Text.Json;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Positions;

namespace Granary.Venues.Binance;

/// <summary>
/// Reads REST answers. Every member throws <see cref="FormatException"/> for an answer that is not what was asked for.
/// </summary>
internal static class RestDecoder
{
    /// <summary>The code and text of an error body; (0, "") when it has none.</summary>
    public static (int Code, string Message) Error(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var code = document.RootElement.IntegerOrZero("code");
            return code is >= int.MinValue and <= int.MaxValue ? ((int)code, document.RootElement.TextOrEmpty("msg")) : (0, "");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return (0, $"a body of {body.Length} bytes that is not an error object");
        }
    }

    /// <summary>Whether this is an error object: the venue sends some with status 200.</summary>
    public static bool IsError(JsonElement root) => root.TryGet("code", out var code) && code.ToString().StartsWith('-');

    /// <summary>GET time.</summary>
    public static long ServerTimeMs(JsonElement root) => root.Integer("serverTime");

    /// <summary>
    /// GET exchangeInfo: the usable symbols, the names of those left out with the reason, and the weight limit of a minute (0 when not named).
    /// </summary>
    public static (List<SymbolRules> Rules, List<string> LeftOut, int WeightPerMinute) ExchangeInfo(JsonElement root)
    {
        var rules = new List<SymbolRules>();
        var leftOut = new List<string>();
        foreach (var symbol in root.ItemsOf("symbols"))
        {
            var name = symbol.Text("symbol");
            try
            {
                rules.Add(Symbol(name, symbol));
            }
            catch (FormatException e)
            {
                leftOut.Add($"{name}: {e.Message}");
            }
        }
        var weight = 0L;
        if (root.TryGet("rateLimits", out var limits))
            foreach (var limit in limits.Items("field rateLimits"))
                if ((limit.TextOrEmpty("rateLimitType"), limit.TextOrEmpty("interval"), limit.IntegerOrZero("intervalNum")) == ("REQUEST_WEIGHT", "MINUTE", 1))
                    weight = limit.IntegerOrZero("limit");
        return (rules, leftOut, (int)Math.Clamp(weight, 0, int.MaxValue));
    }

    /// <summary>GET depth.</summary>
    public static BookSnapshot Depth(JsonElement root, int limit)
    {
        var id = root.Integer("lastUpdateId");
        if (id < 0) throw new FormatException($"field lastUpdateId is {id}, which is no id");
        return new BookSnapshot(id, root.IntegerOrZero("T"), Levels(root, "bids"), Levels(root, "asks"), limit);
    }

    /// <summary>GET aggTrades, sorted by id.</summary>
    public static List<AggTrade> AggTrades(JsonElement root)
    {
        var trades = new List<AggTrade>();
        foreach (var item in root.Items("the list of trades"))
        {
            var (first, last) = (item.Integer("f"), item.Integer("l"));
            var trade = new AggTrade(item.Integer("a"), item.Integer("T"), item.Number8("p"), item.Number8("q"), first, 1, item.Flag("m"));
            if (trade.PriceE8 <= 0 || trade.QuantityE8 <= 0) throw new FormatException($"trade {trade.Id} has a price or quantity that is not above 0");
            if (last < first || last - first >= int.MaxValue) throw new FormatException($"trade {trade.Id} ends with trade {last}, before its first, {first}");
            trades.Add(trade with { TradeCount = (int)(last - first) + 1 });
        }
        trades.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return trades;
    }

    /// <summary>GET premiumIndex of one symbol.</summary>
    public static MarkPrice PremiumIndex(JsonElement root) => new(
        root.Integer("time"), root.Number("markPrice"), root.Number("indexPrice"), root.NumberOrZero("lastFundingRate"), root.IntegerOrZero("nextFundingTime"));

    /// <summary>POST, DELETE and GET order.</summary>
    public static OrderReport Order(JsonElement order)
    {
        var (executed, quantity) = (order.NumberOrZero("executedQty"), order.Number("origQty"));
        return new OrderReport(
            order.Text("symbol"), order.Text("clientOrderId"), order.Integer("orderId"), OrderText.Status(order.Text("status"), executed, quantity),
            OrderText.Side(order.Text("side")), OrderText.Type(order.Text("type")), OrderText.Tif(order.TextOrEmpty("timeInForce")), quantity,
            order.NumberOrZero("price"), executed, order.NumberOrZero("avgPrice"), order.Flag("reduceOnly"),
            order.TryGet("updateTime", out _) ? order.Integer("updateTime") : order.IntegerOrZero("time"), null);
    }

    /// <summary>GET openOrders.</summary>
    public static List<OrderReport> Orders(JsonElement root)
    {
        var orders = new List<OrderReport>();
        foreach (var item in root.Items("the list of orders")) orders.Add(Order(item));
        return orders;
    }

    /// <summary>POST and GET algoOrder.</summary>
    public static TriggerOrderReport Trigger(JsonElement order)
    {
        var closes = order.Flag("closePosition");
        return new TriggerOrderReport(
            order.Text("symbol"), order.TextOrEmpty("clientAlgoId"), order.Integer("algoId"), OrderText.TriggerStatus(order.Text("algoStatus")),
            OrderText.Side(order.Text("side")), order.TextOrEmpty("orderType") == OrderText.StopMarket, order.NumberOrZero("triggerPrice"),
            closes ? null : order.NumberOrZero("quantity"), closes || order.Flag("reduceOnly"), order.IntegerOrZero("actualOrderId"), "",
            order.TryGet("updateTime", out _) ? order.Integer("updateTime") : order.IntegerOrZero("createTime"));
    }

    /// <summary>GET openAlgoOrders.</summary>
    public static List<TriggerOrderReport> Triggers(JsonElement root)
    {
        var orders = new List<TriggerOrderReport>();
        foreach (var item in root.Items("the list of trigger orders")) orders.Add(Trigger(item));
        return orders;
    }

    /// <summary>DELETE algoOrder: the client id of what was cancelled.</summary>
    public static string CanceledTrigger(JsonElement root) => root.Text("clientAlgoId");

    /// <summary>An answer that only acknowledges (code 200), or tells of a countdown.</summary>
    /// <exception cref="FormatException">It does neither.</exception>
    public static void Acknowledge(JsonElement root)
    {
        if (root.IntegerOrZero("code") != 200 && !root.TryGet("countdownTime", out _)) throw new FormatException("the answer is no acknowledgement");
    }

    /// <summary>
    /// GET positionRisk; the symbol of the first position that is not a one-way account's (a side that is not known is not, either), or null.
    /// </summary>
    public static (List<PositionReport> Positions, string? HedgeSymbol) Positions(JsonElement root)
    {
        var positions = new List<PositionReport>();
        string? hedgeSymbol = null;
        foreach (var item in root.Items("the list of positions"))
        {
            if (item.TextOrEmpty("positionSide") is not ("" or "BOTH"))
            {
                hedgeSymbol ??= item.Text("symbol");
                continue;
            }
            positions.Add(new PositionReport(
                item.Text("symbol"), item.Number("positionAmt"), item.NumberOrZero("entryPrice"), item.NumberOrZero("markPrice"),
                item.NumberOrZero("unRealizedProfit"), item.NumberOrZero("liquidationPrice"), item.IntegerOrZero("updateTime")));
        }
        return (positions, hedgeSymbol);
    }

    /// <summary>GET balance.</summary>
    public static List<BalanceReport> Balances(JsonElement root)
    {
        var balances = new List<BalanceReport>();
        foreach (var item in root.Items("the list of balances"))
            balances.Add(new BalanceReport(
                item.Text("asset"), item.NumberOrZero("balance"), item.NumberOrZero("availableBalance"), item.IntegerOrZero("updateTime")));
        return balances;
    }

    /// <summary>GET userTrades, sorted by id.</summary>
    public static List<Fill> UserTrades(JsonElement root)
    {
        var fills = new List<Fill>();
        foreach (var item in root.Items("the list of trades"))
            fills.Add(new Fill(
                item.Text("symbol"), item.Integer("id"), "", item.Integer("orderId"), OrderText.Side(item.Text("side")), item.Number("price"),
                item.Number("qty"), item.NumberOrZero("commission"), item.TextOrEmpty("commissionAsset"), item.NumberOrZero("realizedPnl"),
                item.Flag("maker"), item.Integer("time")));
        fills.Sort(static (a, b) => a.TradeId.CompareTo(b.TradeId));
        return fills;
    }

    /// <summary>POST listenKey.</summary>
    public static string ListenKey(JsonElement root) => root.Text("listenKey");

    private static List<BookLevel> Levels(JsonElement root, string name)
    {
        var levels = new List<BookLevel>();
        foreach (var level in root.ItemsOf(name))
        {
            if (level.ValueKind != JsonValueKind.Array || level.GetArrayLength() < 2) throw new FormatException($"a level of {name} is not a pair");
            var price = JsonFields.ToFixed8(JsonFields.ReadNumber(level[0], name), name);
            var quantity = JsonFields.ToFixed8(JsonFields.ReadNumber(level[1], name), name);
            if (price is <= 0 or > Fixed8.Max || quantity is < 0 or > Fixed8.Max)
                throw new FormatException($"a level of {name} has no price above 0, a quantity below 0, or one that is too large");
            levels.Add(new BookLevel(price, quantity));
        }
        return levels;
    }

    private static SymbolRules Symbol(string name, JsonElement symbol)
    {
        JsonElement price = default, lot = default, marketLot = default, orders = default, notional = default, percent = default;
        foreach (var filter in symbol.ItemsOf("filters"))
        {
            switch (filter.TextOrEmpty("filterType"))
            {
                case "PRICE_FILTER": price = filter; break;
                case "LOT_SIZE": lot = filter; break;
                case "MARKET_LOT_SIZE": marketLot = filter; break;
                case "MAX_NUM_ORDERS": orders = filter; break;
                case "MIN_NOTIONAL": notional = filter; break;
                case "PERCENT_PRICE": percent = filter; break;
                default: break;
            }
        }
        var (tick, step) = (price.NumberOrZero("tickSize"), lot.NumberOrZero("stepSize"));
        if (tick <= 0 || step <= 0) throw new FormatException("PRICE_FILTER.tickSize or LOT_SIZE.stepSize is missing or not above 0");
        var quantityMax = lot.Number("maxQty");
        // Filters that a venue may leave out: no lowest notional, no band that would ever bind, the venue's usual 200 orders.
        return new SymbolRules(
            name, symbol.Text("status"), tick, step, lot.NumberOrZero("minQty"), quantityMax,
            marketLot.NumberOrZero("maxQty") is > 0 and var marketMax ? marketMax : quantityMax, notional.NumberOrZero("notional"),
            price.NumberOrZero("minPrice"), price.Number("maxPrice"), percent.NumberOrZero("multiplierUp") is > 0 and var up ? up : 1000m,
            percent.NumberOrZero("multiplierDown"), orders.IntegerOrZero("limit") is > 0 and < int.MaxValue and var ordersMax ? (int)ordersMax : 200,
            (int)Math.Clamp(symbol.IntegerOrZero("pricePrecision"), 0, 28), (int)Math.Clamp(symbol.IntegerOrZero("quantityPrecision"), 0, 28));
    }
}
