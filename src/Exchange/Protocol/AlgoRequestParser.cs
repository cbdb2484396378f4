using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Reads a conditional order from the parameters of POST algoOrder.</summary>
internal static class AlgoRequestParser
{
    /// <exception cref="ExchangeException">A parameter is missing, malformed or not needed.</exception>
    public static NewConditionalOrder Parse(RequestParameters parameters, SymbolFormat symbol, long nowMs)
    {
        if (parameters.Require("algoType") != "CONDITIONAL") throw VenueErrors.InvalidParameter("algoType");
        var side = OrderRequestParser.Side(parameters.Require("side"));
        var type = Type(parameters.Require("type"));
        var closePosition = parameters.FindBool("closePosition") ?? false;
        if (closePosition)
        {
            if (type is not (ConditionalType.StopMarket or ConditionalType.TakeProfitMarket)) throw VenueErrors.ClosePosition();
            foreach (var name in (ReadOnlySpan<string>)["quantity", "reduceOnly"])
            {
                if (parameters.Find(name) is not null) throw VenueErrors.NotRequired(name);
            }
        }
        var isLimit = type is ConditionalType.Stop or ConditionalType.TakeProfit;
        var isTrailing = type == ConditionalType.TrailingStopMarket;
        var (force, terms) = OrderRequestParser.Force(parameters, parameters.Find("timeInForce") ?? "GTC", nowMs);
        var match = OrderRequestParser.Match(parameters);
        if (match != PriceMatch.None && !isLimit) throw VenueErrors.PriceMatchType();
        RefuseForeign(parameters, isLimit, isTrailing);
        return new NewConditionalOrder(
            symbol.Symbol, side, type, closePosition ? 0 : OrderRequestParser.Quantity(parameters, symbol),
            isTrailing ? 0 : parameters.FindDecimal("triggerPrice") ?? throw VenueErrors.MandatoryParameter("triggerPrice"))
        {
            ClientAlgoId = OrderRequestParser.ClientId(parameters, "clientAlgoId"),
            Price = isLimit ? OrderRequestParser.Price(parameters, symbol, match) : 0,
            TimeInForce = force,
            Terms = terms with { PriceMatch = match, SelfTrade = OrderRequestParser.SelfTrade(parameters) ?? SelfTradePrevention.ExpireMaker },
            WorkingType = Working(parameters),
            PositionSide = OrderRequestParser.Position(parameters),
            ClosePosition = closePosition,
            PriceProtect = parameters.FindBool("priceProtect") ?? false,
            ReduceOnly = parameters.FindBool("reduceOnly") ?? false,
            ActivatePrice = parameters.FindDecimal("activatePrice") ?? 0,
            CallbackRate = isTrailing ? parameters.FindDecimal("callbackRate") ?? throw VenueErrors.MandatoryParameter("callbackRate") : 0,
        };
    }

    private static ConditionalType Type(string text) => text switch
    {
        "STOP" => ConditionalType.Stop,
        "STOP_MARKET" => ConditionalType.StopMarket,
        "TAKE_PROFIT" => ConditionalType.TakeProfit,
        "TAKE_PROFIT_MARKET" => ConditionalType.TakeProfitMarket,
        "TRAILING_STOP_MARKET" => ConditionalType.TrailingStopMarket,
        _ => throw VenueErrors.InvalidOrderType(),
    };

    private static WorkingType Working(RequestParameters parameters) => parameters.Find("workingType") switch
    {
        null or "CONTRACT_PRICE" => WorkingType.ContractPrice,
        "MARK_PRICE" => WorkingType.MarkPrice,
        _ => throw VenueErrors.InvalidParameter("workingType"),
    };

    private static void RefuseForeign(RequestParameters parameters, bool isLimit, bool isTrailing)
    {
        if (!isLimit && parameters.Find("price") is not null) throw VenueErrors.NotRequired("price");
        if (isTrailing && parameters.Find("triggerPrice") is not null) throw VenueErrors.NotRequired("triggerPrice");
        foreach (var name in (ReadOnlySpan<string>)["activatePrice", "callbackRate"])
        {
            if (!isTrailing && parameters.Find(name) is not null) throw VenueErrors.NotRequired(name);
        }
    }
}
