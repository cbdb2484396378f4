using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Reads an order from the parameters of POST order. What depends on the market or the account is checked by the exchange.</summary>
internal static class OrderRequestParser
{
    private const int ClientOrderIdLengthMax = 36;
    private const string ClientOrderIdLegal = @"^[\.A-Z\:/a-z0-9_-]{1,36}$";

    /// <exception cref="ExchangeException">A parameter is missing, malformed, not needed or not supported.</exception>
    public static NewOrder Parse(RequestParameters parameters, SymbolFormat symbol)
    {
        var side = Side(parameters.Require("side"));
        var type = Type(parameters.Require("type"));
        RefuseUnsupported(parameters);
        var timeInForce = TimeInForce.Gtc;
        var price = 0m;
        if (type == OrderType.Limit)
        {
            timeInForce = Tif(parameters.Require("timeInForce"));
            price = parameters.FindDecimal("price") ?? throw VenueErrors.MandatoryParameter("price");
            if (price <= 0) throw VenueErrors.PriceTooLow();
            if (SymbolFormat.DecimalsOf(price) > symbol.PriceScale) throw VenueErrors.Precision();
        }
        else
        {
            foreach (var name in (ReadOnlySpan<string>)["timeInForce", "price"])
            {
                if (parameters.Find(name) is not null) throw VenueErrors.NotRequired(name);
            }
        }
        var quantity = parameters.FindDecimal("quantity") ?? throw VenueErrors.MandatoryParameter("quantity");
        if (quantity <= 0) throw VenueErrors.QuantityTooLow();
        if (SymbolFormat.DecimalsOf(quantity) > symbol.QuantityScale) throw VenueErrors.Precision();
        var reduceOnly = parameters.FindBool("reduceOnly") ?? false;
        return new NewOrder(symbol.Symbol, side, type, timeInForce, quantity, price, reduceOnly, ClientOrderId(parameters));
    }

    /// <summary>Whether the answer tells the order's state after matching (RESULT) or only that it was taken (ACK, the default).</summary>
    public static bool WantsResult(RequestParameters parameters) => parameters.Find("newOrderRespType") switch
    {
        null or "ACK" => false,
        "RESULT" => true,
        _ => throw VenueErrors.InvalidParameter("newOrderRespType"),
    };

    private static OrderSide Side(string text) => text switch
    {
        "BUY" => OrderSide.Buy,
        "SELL" => OrderSide.Sell,
        _ => throw VenueErrors.InvalidSide(),
    };

    private static OrderType Type(string text) => text switch
    {
        "LIMIT" => OrderType.Limit,
        "MARKET" => OrderType.Market,
        "STOP" or "STOP_MARKET" or "TAKE_PROFIT" or "TAKE_PROFIT_MARKET" or "TRAILING_STOP_MARKET" => throw VenueErrors.UseAlgoOrders(),
        _ => throw VenueErrors.InvalidOrderType(),
    };

    private static TimeInForce Tif(string text) => text switch
    {
        "GTC" => TimeInForce.Gtc,
        "IOC" => TimeInForce.Ioc,
        "FOK" => TimeInForce.Fok,
        "GTX" => TimeInForce.Gtx,
        _ => throw VenueErrors.InvalidTimeInForce(),
    };

    private static void RefuseUnsupported(RequestParameters parameters)
    {
        foreach (var name in (ReadOnlySpan<string>)["stopPrice", "activationPrice", "callbackRate", "goodTillDate"])
        {
            if (parameters.Find(name) is not null) throw VenueErrors.NotRequired(name);
        }
        if (parameters.Find("positionSide") is not (null or "BOTH")) throw VenueErrors.PositionSide();
        if (parameters.FindBool("closePosition") == true) throw VenueErrors.ClosePosition();
        if (parameters.Find("priceMatch") is not (null or "NONE")) throw VenueErrors.PriceMatch();
        if (parameters.Find("selfTradePreventionMode") is not (null or "NONE")) throw VenueErrors.SelfTradePrevention();
    }

    private static string? ClientOrderId(RequestParameters parameters)
    {
        const string Name = "newClientOrderId";
        var id = parameters.Find(Name);
        if (id is null) return parameters.Contains(Name) ? throw VenueErrors.EmptyParameter(Name) : null;
        if (id.Length > ClientOrderIdLengthMax) throw VenueErrors.ClientOrderIdLength();
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or ':' or '/' or '_' or '-')) throw VenueErrors.IllegalCharacters(Name, ClientOrderIdLegal);
        }
        return id;
    }
}
