using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Writes exchangeInfo. Order types and times in force are those that the exchange serves.</summary>
internal static class ExchangeInfoJson
{
    /// <summary>2019-09-25, when the venue listed its first perpetual; the built-in symbols carry no date of their own.</summary>
    private const long OnboardDateMs = 1_569_398_400_000;

    /// <summary>2100-12-25: the venue's date for "never".</summary>
    private const long DeliveryDateMs = 4_133_404_800_000;

    public static void Write(WireWriter w, SymbolTable symbols, IExchange exchange, RestOptions options, long nowMs)
    {
        w.BeginObject().Name("timezone"u8).Value("\"UTC\""u8).Name("serverTime"u8).Number(nowMs).Name("futuresType"u8).Value("\"U_MARGINED\""u8)
            .Name("rateLimits"u8).BeginArray();
        Limit(w, "REQUEST_WEIGHT", "MINUTE", 1, options.WeightPerMinuteMax);
        Limit(w, "ORDERS", "MINUTE", 1, options.OrdersPerMinuteMax);
        Limit(w, "ORDERS", "SECOND", 10, options.OrdersPer10sMax);
        w.EndArray().Name("exchangeFilters"u8).BeginArray().EndArray().Name("assets"u8).BeginArray().BeginObject()
            .Name("asset"u8).Value("\"USDT\""u8).Name("marginAvailable"u8).Bool(true).Name("autoAssetExchange"u8).Value("\"-10000\""u8).EndObject().EndArray()
            .Name("symbols"u8).BeginArray();
        foreach (var symbol in symbols.All) Symbol(w, symbol, exchange.GetBrackets(symbol.Symbol)[0], options);
        w.EndArray().EndObject();
    }

    /// <summary>A limit that is switched off is published as the largest number, so that clients that pace themselves by it do not wait.</summary>
    private static void Limit(WireWriter w, string type, string interval, int intervalNumber, int limit) => w.BeginObject()
        .Name("rateLimitType"u8).Text(type).Name("interval"u8).Text(interval).Name("intervalNum"u8).Number((long)intervalNumber)
        .Name("limit"u8).Number((long)(limit == 0 ? int.MaxValue : limit)).EndObject();

    /// <summary>The margin percents are those of the first leverage bracket.</summary>
    private static void Symbol(WireWriter w, SymbolFormat f, LeverageBracket first, RestOptions options)
    {
        var rules = f.Rules;
        w.BeginObject().Name("symbol"u8).Text(f.Symbol).Name("pair"u8).Text(f.Symbol).Name("contractType"u8).Value("\"PERPETUAL\""u8)
            .Name("deliveryDate"u8).Number(DeliveryDateMs).Name("onboardDate"u8).Number(OnboardDateMs).Name("status"u8).Text(rules.Status)
            .Name("maintMarginPercent"u8).Decimal(first.MaintenanceRate * 100, 4)
            .Name("requiredMarginPercent"u8).Decimal(decimal.Round(100m / first.InitialLeverage, 4), 4)
            .Name("baseAsset"u8).Text(f.BaseAsset).Name("quoteAsset"u8).Text(f.QuoteAsset).Name("marginAsset"u8).Text(f.QuoteAsset)
            .Name("pricePrecision"u8).Number((long)rules.PricePrecision).Name("quantityPrecision"u8).Number((long)rules.QuantityPrecision)
            .Name("baseAssetPrecision"u8).Number(8).Name("quotePrecision"u8).Number(8).Name("underlyingType"u8).Value("\"COIN\""u8)
            .Name("underlyingSubType"u8).BeginArray().EndArray().Name("settlePlan"u8).Number(0).Name("triggerProtect"u8).Value("\"0.1500\""u8)
            .Name("liquidationFee"u8).Decimal(options.LiquidationFee, 6)
            .Name("marketTakeBound"u8).Decimal(options.MarketTakeBound, 2).Name("filters"u8).BeginArray();
        Filters(w, f, rules);
        w.EndArray()
            .Name("orderTypes"u8)
            .Value("[\"LIMIT\",\"MARKET\",\"STOP\",\"STOP_MARKET\",\"TAKE_PROFIT\",\"TAKE_PROFIT_MARKET\",\"TRAILING_STOP_MARKET\"]"u8)
            .Name("timeInForce"u8).Value("[\"GTC\",\"IOC\",\"FOK\",\"GTX\",\"GTD\"]"u8).EndObject();
    }

    private static void Filters(WireWriter w, SymbolFormat f, SymbolRules rules)
    {
        w.BeginObject().Name("filterType"u8).Value("\"PRICE_FILTER\""u8).Name("minPrice"u8).Decimal(rules.PriceMin, f.PriceScale)
            .Name("maxPrice"u8).Decimal(rules.PriceMax, f.PriceScale).Name("tickSize"u8).Decimal(rules.TickSize, f.PriceScale).EndObject();
        Lot("LOT_SIZE", rules.QuantityMax);
        Lot("MARKET_LOT_SIZE", rules.MarketQuantityMax);
        w.BeginObject().Name("filterType"u8).Value("\"MAX_NUM_ORDERS\""u8).Name("limit"u8).Number((long)rules.OrdersMax).EndObject()
            .BeginObject().Name("filterType"u8).Value("\"MIN_NOTIONAL\""u8).Name("notional"u8).Decimal(rules.NotionalMin, 1).EndObject()
            .BeginObject().Name("filterType"u8).Value("\"PERCENT_PRICE\""u8).Name("multiplierUp"u8).Decimal(rules.MultiplierUp, 4)
            .Name("multiplierDown"u8).Decimal(rules.MultiplierDown, 4).Name("multiplierDecimal"u8).Value("\"4\""u8).EndObject()
            .BeginObject().Name("filterType"u8).Value("\"POSITION_RISK_CONTROL\""u8).Name("positionControlSide"u8).Value("\"NONE\""u8)
            .EndObject();

        void Lot(string type, decimal max) => w.BeginObject().Name("filterType"u8).Text(type).Name("minQty"u8).Decimal(rules.QuantityMin, f.QuantityScale)
            .Name("maxQty"u8).Decimal(max, f.QuantityScale).Name("stepSize"u8).Decimal(rules.StepSize, f.QuantityScale).EndObject();
    }
}
