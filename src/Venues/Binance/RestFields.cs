using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Granary.Venues.Binance;

/// <summary>
/// What REST answers are known to carry, by path and, in it, by the members that are objects or lists of objects: the fields that are read and those left
/// out on purpose, and behind a colon the list of <see cref="VenueWords"/> that a field's word is from. What is in none is counted. Paths whose answers have
/// no names (candles) are not here.
/// </summary>
internal sealed class RestFields
{
    private const int NameMax = 64;
    private const string Done = "code msg";

    private const string Order = "symbol orderId clientOrderId status:OrderStatus side:Side type:OrderType timeInForce:TimeInForce origQty price "
        + "executedQty avgPrice reduceOnly updateTime time pair cumQty cumQuote cumBase positionSide:PositionSide stopPrice closePosition "
        + "origType:OrderType activatePrice priceRate workingType:WorkingType priceProtect priceMatch:PriceMatch selfTradePreventionMode:SelfTrade "
        + "goodTillDate";

    private const string Trigger = "symbol clientAlgoId algoId algoStatus:TriggerStatus side:Side orderType:OrderType triggerPrice closePosition quantity "
        + "reduceOnly actualOrderId updateTime createTime algoType:AlgoType positionSide:PositionSide timeInForce:TimeInForce actualPrice actualQty "
        + "actualType price icebergQuantity tpTriggerPrice tpPrice slTriggerPrice slPrice tpOrderType selfTradePreventionMode:SelfTrade "
        + "workingType:WorkingType priceMatch:PriceMatch priceProtect activatePrice callbackRate triggerTime goodTillDate";

    private const string MarketTrade = "id time price qty isBuyerMaker quoteQty isRPITrade";

    private const string Ratio = "timestamp symbol longShortRatio longAccount shortAccount";

    private static readonly FrozenDictionary<string, RestFields> _byPath = Tree(new Dictionary<string, string>
    {
        ["/fapi/v1/time"] = "serverTime",
        ["/fapi/v1/exchangeInfo"] = "symbols rateLimits timezone serverTime futuresType exchangeFilters assets",
        ["/fapi/v1/exchangeInfo.rateLimits"] = "rateLimitType:RateLimit interval:Interval intervalNum limit",
        ["/fapi/v1/exchangeInfo.assets"] = "asset marginAvailable autoAssetExchange",
        ["/fapi/v1/exchangeInfo.symbols"] = "symbol status:ContractStatus contractType:ContractType quoteAsset pricePrecision quantityPrecision filters "
            + "pair deliveryDate onboardDate maintMarginPercent requiredMarginPercent baseAsset marginAsset baseAssetPrecision quotePrecision "
            + "underlyingType underlyingSubType settlePlan triggerProtect liquidationFee marketTakeBound maxMoveOrderLimit orderTypes OrderType "
            + "timeInForce permissionSets",
        ["/fapi/v1/exchangeInfo.symbols.filters"] = "filterType:Filter tickSize minPrice maxPrice stepSize minQty maxQty limit notional multiplierUp "
            + "multiplierDown multiplierDecimal positionControlSide",
        ["/fapi/v1/depth"] = "lastUpdateId E T bids asks",
        ["/fapi/v1/aggTrades"] = "a p q f l T m nq",
        ["/fapi/v1/premiumIndex"] = "symbol markPrice indexPrice lastFundingRate nextFundingTime time estimatedSettlePrice interestRate",
        ["/fapi/v1/ticker/24hr"] = "symbol openTime closeTime openPrice highPrice lowPrice lastPrice volume quoteVolume count priceChange priceChangePercent "
            + "weightedAvgPrice lastQty firstId lastId prevClosePrice",
        ["/fapi/v2/ticker/price"] = "symbol price time",
        ["/fapi/v1/ticker/bookTicker"] = "symbol lastUpdateId time bidPrice bidQty askPrice askQty",
        ["/fapi/v1/openInterest"] = "symbol time openInterest",
        ["/fapi/v1/fundingInfo"] = "symbol adjustedFundingRateCap adjustedFundingRateFloor fundingIntervalHours disclaimer updateTime",
        ["/fapi/v1/fundingRate"] = "symbol fundingTime fundingRate markPrice",
        ["/fapi/v1/trades"] = MarketTrade,
        ["/fapi/v1/historicalTrades"] = MarketTrade,
        ["/futures/data/openInterestHist"] = "symbol timestamp sumOpenInterest sumOpenInterestValue CMCCirculatingSupply",
        ["/futures/data/globalLongShortAccountRatio"] = Ratio,
        ["/futures/data/topLongShortAccountRatio"] = Ratio,
        ["/futures/data/topLongShortPositionRatio"] = Ratio,
        ["/futures/data/takerlongshortRatio"] = "timestamp buySellRatio buyVol sellVol",
        ["/fapi/v1/order"] = Order,
        ["/fapi/v1/openOrders"] = Order,
        ["/fapi/v1/forceOrders"] = Order,
        ["/fapi/v1/allOpenOrders"] = Done,
        ["/fapi/v1/countdownCancelAll"] = $"symbol countdownTime {Done}",
        // A cancelled one is acknowledged with code and text.
        ["/fapi/v1/algoOrder"] = $"{Trigger} {Done}",
        ["/fapi/v1/openAlgoOrders"] = Trigger,
        ["/fapi/v3/positionRisk"] = "symbol positionAmt entryPrice markPrice unRealizedProfit liquidationPrice updateTime positionSide:PositionSide "
            + "breakEvenPrice isolatedMargin notional isolatedWallet marginAsset initialMargin maintMargin positionInitialMargin openOrderInitialMargin "
            + "adl bidNotional askNotional leverage maxNotionalValue marginType:MarginType isAutoAddMargin",
        ["/fapi/v3/balance"] = "asset balance availableBalance updateTime accountAlias crossWalletBalance crossUnPnl maxWithdrawAmount marginAvailable",
        ["/fapi/v1/userTrades"] = "symbol id orderId side:Side price qty commission commissionAsset realizedPnl maker time buyer quoteQty "
            + "positionSide:PositionSide",
        ["/fapi/v1/listenKey"] = "listenKey",
        ["/fapi/v1/accountConfig"] = "feeTier canTrade dualSidePosition multiAssetsMargin canDeposit canWithdraw updateTime tradeGroupId",
        ["/fapi/v1/symbolConfig"] = "symbol leverage marginType:MarginType maxNotionalValue isAutoAddMargin",
        ["/fapi/v1/leverageBracket"] = "symbol brackets notionalCoef",
        ["/fapi/v1/leverageBracket.brackets"] = "notionalFloor notionalCap initialLeverage maintMarginRatio bracket cum",
        ["/fapi/v1/leverage"] = "symbol leverage maxNotionalValue",
        ["/fapi/v1/marginType"] = Done,
        ["/fapi/v1/positionMargin"] = $"amount type {Done}",
        ["/fapi/v1/positionSide/dual"] = $"dualSidePosition {Done}",
        ["/fapi/v1/multiAssetsMargin"] = $"multiAssetsMargin {Done}",
        ["/fapi/v3/account"] = "totalWalletBalance totalUnrealizedProfit totalMarginBalance totalInitialMargin totalMaintMargin availableBalance "
            + "totalPositionInitialMargin totalOpenOrderInitialMargin totalCrossWalletBalance totalCrossUnPnl maxWithdrawAmount assets positions",
        ["/fapi/v1/income"] = "symbol incomeType:Income income asset time tranId tradeId info",
        ["/fapi/v1/commissionRate"] = "symbol makerCommissionRate takerCommissionRate rpiCommissionRate",
        ["/fapi/v1/rateLimit/order"] = "rateLimitType:RateLimit interval:Interval intervalNum limit",
    });

    private readonly string _scope;
    private readonly Dictionary<string, Field> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Field>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private RestFields(string scope, string known)
    {
        _scope = scope;
        _lookup = _fields.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var field in known.Split(' '))
        {
            var colon = field.IndexOf(':');
            var (name, words) = colon < 0 ? (field, null) : (field[..colon], VenueWords.Of(field[(colon + 1)..]));
            _fields.Add(name, new Field($"{scope}.{name}", words, null));
        }
    }

    /// <summary>The paths whose answers are looked through.</summary>
    public static IEnumerable<string> Paths => _byPath.Keys;

    /// <summary>Counts the fields ("/fapi/v1/order.xy") and words ("/fapi/v1/order.status=XY") of an answer that are not known. Never throws.</summary>
    public static void Count(string path, JsonElement root, UnknownNames unknown)
    {
        if (_byPath.TryGetValue(path, out var fields)) fields.Count(root, unknown);
    }

    private void Count(JsonElement element, UnknownNames unknown)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            // A list of lists has no names.
            foreach (var item in element.EnumerateArray())
                if (item.ValueKind == JsonValueKind.Object) Count(item, unknown);
            return;
        }
        if (element.ValueKind != JsonValueKind.Object) return;
        Span<char> text = stackalloc char[NameMax];
        foreach (var property in element.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (!_lookup.TryGetValue(Chars(name, text), out var field)) unknown.CountField(_scope, name);
            else if (field.Inner is { } inner) inner.Count(property.Value, unknown);
            else if (field.Words is { } words && property.Value.ValueKind == JsonValueKind.String)
                unknown.CountUnless(words, field.Path, Chars(JsonMarshal.GetRawUtf8Value(property.Value)[1..^1], text));
        }
    }

    /// <summary>The beginning of a text, which is all that tells it from what is known.</summary>
    private static ReadOnlySpan<char> Chars(ReadOnlySpan<byte> utf8, Span<char> text)
    {
        Utf8.ToUtf16(utf8, text, out _, out var length);
        return text[..length];
    }

    private static FrozenDictionary<string, RestFields> Tree(Dictionary<string, string> known)
    {
        var nodes = known.ToDictionary(static pair => pair.Key, static pair => new RestFields(pair.Key, pair.Value), StringComparer.Ordinal);
        foreach (var (scope, node) in nodes)
        {
            if (scope.LastIndexOf('.') is not (> 0 and var dot)) continue;
            var (outer, name) = (nodes[scope[..dot]]._fields, scope[(dot + 1)..]);
            outer[name] = outer[name] with { Inner = node };
        }
        return nodes.Where(static pair => !pair.Key.Contains('.')).ToFrozenDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);
    }

    /// <summary>A field that is known.</summary>
    /// <param name="Path">Its name with the path of the answer.</param>
    /// <param name="Words">What it may say, or null.</param>
    /// <param name="Inner">The fields of the object, or of the list of objects, that it is; or null.</param>
    private sealed record Field(string Path, FrozenSet<string>? Words, RestFields? Inner);
}
