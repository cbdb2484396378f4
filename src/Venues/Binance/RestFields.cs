using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Granary.Venues.Binance;

/// <summary>
/// What REST answers are known to carry, by path and, in it, by the members that are objects or lists of objects: the fields that are read and those left
/// out on purpose. What is in neither is counted. Paths whose answers have no names (candles) are not here.
/// </summary>
internal sealed class RestFields
{
    private const int NameMax = 64;
    private const string Done = "code msg";

    private const string Order = "symbol orderId clientOrderId status side type timeInForce origQty price executedQty avgPrice reduceOnly updateTime time "
        + "pair cumQty cumQuote cumBase positionSide stopPrice closePosition origType activatePrice priceRate workingType priceProtect priceMatch "
        + "selfTradePreventionMode goodTillDate";

    private const string Trigger = "symbol clientAlgoId algoId algoStatus side orderType triggerPrice closePosition quantity reduceOnly actualOrderId "
        + "updateTime createTime algoType positionSide timeInForce actualPrice actualQty actualType price icebergQuantity tpTriggerPrice tpPrice "
        + "slTriggerPrice slPrice tpOrderType selfTradePreventionMode workingType priceMatch priceProtect activatePrice callbackRate triggerTime goodTillDate";

    private const string MarketTrade = "id time price qty isBuyerMaker quoteQty isRPITrade";

    private const string Ratio = "timestamp symbol longShortRatio longAccount shortAccount";

    private static readonly FrozenDictionary<string, RestFields> _byPath = Tree(new Dictionary<string, string>
    {
        ["/fapi/v1/time"] = "serverTime",
        ["/fapi/v1/exchangeInfo"] = "symbols rateLimits timezone serverTime futuresType exchangeFilters assets",
        ["/fapi/v1/exchangeInfo.rateLimits"] = "rateLimitType interval intervalNum limit",
        ["/fapi/v1/exchangeInfo.assets"] = "asset marginAvailable autoAssetExchange",
        ["/fapi/v1/exchangeInfo.symbols"] = "symbol status contractType quoteAsset pricePrecision quantityPrecision filters pair deliveryDate onboardDate "
            + "maintMarginPercent requiredMarginPercent baseAsset marginAsset baseAssetPrecision quotePrecision underlyingType underlyingSubType settlePlan "
            + "triggerProtect liquidationFee marketTakeBound maxMoveOrderLimit orderTypes OrderType timeInForce permissionSets",
        ["/fapi/v1/exchangeInfo.symbols.filters"] = "filterType tickSize minPrice maxPrice stepSize minQty maxQty limit notional multiplierUp multiplierDown "
            + "multiplierDecimal positionControlSide",
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
        ["/fapi/v3/positionRisk"] = "symbol positionAmt entryPrice markPrice unRealizedProfit liquidationPrice updateTime positionSide breakEvenPrice "
            + "isolatedMargin notional isolatedWallet marginAsset initialMargin maintMargin positionInitialMargin openOrderInitialMargin adl bidNotional "
            + "askNotional leverage maxNotionalValue marginType isAutoAddMargin",
        ["/fapi/v3/balance"] = "asset balance availableBalance updateTime accountAlias crossWalletBalance crossUnPnl maxWithdrawAmount marginAvailable",
        ["/fapi/v1/userTrades"] = "symbol id orderId side price qty commission commissionAsset realizedPnl maker time buyer quoteQty positionSide",
        ["/fapi/v1/listenKey"] = "listenKey",
        ["/fapi/v1/accountConfig"] = "feeTier canTrade dualSidePosition multiAssetsMargin canDeposit canWithdraw updateTime tradeGroupId",
        ["/fapi/v1/symbolConfig"] = "symbol leverage marginType maxNotionalValue isAutoAddMargin",
        ["/fapi/v1/leverageBracket"] = "symbol brackets notionalCoef",
        ["/fapi/v1/leverageBracket.brackets"] = "notionalFloor notionalCap initialLeverage maintMarginRatio bracket cum",
        ["/fapi/v1/leverage"] = "symbol leverage maxNotionalValue",
        ["/fapi/v1/marginType"] = Done,
        ["/fapi/v1/positionMargin"] = $"amount type {Done}",
        ["/fapi/v1/positionSide/dual"] = $"dualSidePosition {Done}",
        ["/fapi/v1/multiAssetsMargin"] = $"multiAssetsMargin {Done}",
        ["/fapi/v3/account"] = "totalWalletBalance totalUnrealizedProfit totalMarginBalance totalInitialMargin totalMaintMargin availableBalance "
            + "totalPositionInitialMargin totalOpenOrderInitialMargin totalCrossWalletBalance totalCrossUnPnl maxWithdrawAmount assets positions",
        ["/fapi/v1/income"] = "symbol incomeType income asset time tranId tradeId info",
        ["/fapi/v1/commissionRate"] = "symbol makerCommissionRate takerCommissionRate rpiCommissionRate",
        ["/fapi/v1/rateLimit/order"] = "rateLimitType interval intervalNum limit",
    });

    private readonly string _scope;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _known;
    private readonly Dictionary<string, RestFields>.AlternateLookup<ReadOnlySpan<char>> _inner;

    private RestFields(string scope, string known)
    {
        _scope = scope;
        _known = known.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _inner = new Dictionary<string, RestFields>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The paths whose answers are looked through.</summary>
    public static IEnumerable<string> Paths => _byPath.Keys;

    /// <summary>Counts the fields of an answer that are not known ("/fapi/v1/order.xy"). Never throws for what the answer says.</summary>
    public static void Count(string path, ReadOnlyMemory<byte> body, UnknownNames unknown)
    {
        if (!_byPath.TryGetValue(path, out var fields)) return;
        var reader = new Utf8JsonReader(body.Span);
        try
        {
            if (reader.Read()) fields.Count(ref reader, unknown);
        }
        catch (JsonException)
        {
            // Whoever reads the answer says what is wrong with it; its unknown names up to there have been counted.
        }
    }

    /// <summary>From the first token of a value to its last.</summary>
    private void Count(ref Utf8JsonReader reader, UnknownNames unknown)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            // A list of lists has no names.
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                if (reader.TokenType == JsonTokenType.StartObject) Count(ref reader, unknown);
                else reader.Skip();
            return;
        }
        if (reader.TokenType != JsonTokenType.StartObject) return;
        Span<char> text = stackalloc char[NameMax];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            var length = name.Length <= NameMax ? Encoding.UTF8.GetChars(name, text) : 0;
            var isKnown = _known.Contains(text[..length]);
            if (!isKnown) unknown.CountField(_scope, name);
            var inner = isKnown && _inner.TryGetValue(text[..length], out var found) ? found : null;
            reader.Read();
            if (inner is null) reader.Skip();
            else inner.Count(ref reader, unknown);
        }
    }

    private static FrozenDictionary<string, RestFields> Tree(Dictionary<string, string> known)
    {
        var nodes = known.ToDictionary(static pair => pair.Key, static pair => new RestFields(pair.Key, pair.Value), StringComparer.Ordinal);
        foreach (var (scope, node) in nodes)
            if (scope.LastIndexOf('.') is > 0 and var dot) nodes[scope[..dot]]._inner.Dictionary.Add(scope[(dot + 1)..], node);
        return nodes.Where(static pair => !pair.Key.Contains('.')).ToFrozenDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);
    }
}
