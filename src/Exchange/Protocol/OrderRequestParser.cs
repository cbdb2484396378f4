using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Reads an order from the parameters of POST order. What depends on the market or the account is checked by the exchange.</summary>
internal static class OrderRequestParser
{
    private const int ClientOrderIdLengthMax = 36;
    private const string ClientOrderIdLegal = @"^[\.A-Z\:/a-z0-9_-]{1,36}$";
    private const long GoodTillAheadMsMin = 600_000;
    private const long GoodTillMsMax = 253_402_300_799_000;

    /// <exception cref="ExchangeException">A parameter is missing, malformed, not needed or not supported.</exception>
    public static NewOrder Parse(RequestParameters parameters, SymbolFormat symbol, long nowMs)
    {
        var side = Side(parameters.Require("side"));
        var type = Type(parameters.Require("type"));
        RefuseUnsupported(parameters);
        var timeInForce = TimeInForce.Gtc;
        var price = 0m;
        var terms = OrderTerms.Default;
        if (type == OrderType.Limit)
        {
            (timeInForce, terms) = Force(parameters, parameters.Require("timeInForce"), nowMs);
            terms = terms with { PriceMatch = Match(parameters) };
            price = Price(parameters, symbol, terms.PriceMatch);
        }
        else
        {
            if (Match(parameters) != PriceMatch.None) throw VenueErrors.PriceMatchType();
            foreach (var name in (ReadOnlySpan<string>)["timeInForce", "price", "goodTillDate"])
            {
                if (parameters.Find(name) is not null) throw VenueErrors.NotRequired(name);
            }
        }
        terms = terms with { SelfTrade = SelfTrade(parameters) ?? SelfTradePrevention.None };
        var reduceOnly = parameters.FindBool("reduceOnly") ?? false;
        return new NewOrder(
            symbol.Symbol, side, type, timeInForce, Quantity(parameters, symbol), price, reduceOnly, ClientId(parameters, "newClientOrderId"))
        {
            Terms = terms,
            PositionSide = Position(parameters),
        };
    }

    /// <summary>Whether the answer tells the order's state after matching (RESULT) or only that it was taken (ACK, the default).</summary>
    public static bool WantsResult(RequestParameters parameters) => parameters.Find("newOrderRespType") switch
    {
        null or "ACK" => false,
        "RESULT" => true,
        _ => throw VenueErrors.InvalidParameter("newOrderRespType"),
    };

    /// <summary>BUY or SELL.</summary>
    public static OrderSide Side(string text) => text switch
    {
        "BUY" => OrderSide.Buy,
        "SELL" => OrderSide.Sell,
        _ => throw VenueErrors.InvalidSide(),
    };

    /// <summary>positionSide; BOTH when it was not sent. Whether the account's mode allows it is the exchange's check.</summary>
    public static PositionSide Position(RequestParameters parameters) => parameters.Find("positionSide") switch
    {
        null or "BOTH" => PositionSide.Both,
        "LONG" => PositionSide.Long,
        "SHORT" => PositionSide.Short,
        _ => throw VenueErrors.InvalidParameter("positionSide"),
    };

    /// <summary>A time in force and, with GTD, its date.</summary>
    public static (TimeInForce Force, OrderTerms Terms) Force(RequestParameters parameters, string text, long nowMs)
    {
        var goodTill = parameters.FindLong("goodTillDate");
        if (text == "GTD")
        {
            var atMs = goodTill ?? throw VenueErrors.MandatoryParameter("goodTillDate");
            // The venue keeps whole seconds of it.
            atMs = atMs / 1000 * 1000;
            if (atMs <= nowMs + GoodTillAheadMsMin || atMs >= GoodTillMsMax) throw VenueErrors.GoodTillDate();
            return (TimeInForce.Gtc, new OrderTerms { GoodTillMs = atMs });
        }
        if (goodTill is > 0) throw VenueErrors.NotRequired("goodTillDate");
        return (Tif(text), OrderTerms.Default);
    }

    /// <summary>The positive, not too precise price; 0 where a price match stands for it.</summary>
    public static decimal Price(RequestParameters parameters, SymbolFormat symbol, PriceMatch match)
    {
        if (match != PriceMatch.None) return parameters.Find("price") is null ? 0 : throw VenueErrors.NotRequired("price");
        var price = parameters.FindDecimal("price") ?? throw VenueErrors.MandatoryParameter("price");
        if (price <= 0) throw VenueErrors.PriceTooLow();
        return SymbolFormat.DecimalsOf(price) > symbol.PriceScale ? throw VenueErrors.Precision() : price;
    }

    /// <summary>The positive, not too precise quantity.</summary>
    public static decimal Quantity(RequestParameters parameters, SymbolFormat symbol)
    {
        var quantity = parameters.FindDecimal("quantity") ?? throw VenueErrors.MandatoryParameter("quantity");
        if (quantity <= 0) throw VenueErrors.QuantityTooLow();
        return SymbolFormat.DecimalsOf(quantity) > symbol.QuantityScale ? throw VenueErrors.Precision() : quantity;
    }

    /// <summary>priceMatch.</summary>
    public static PriceMatch Match(RequestParameters parameters) => parameters.Find("priceMatch") switch
    {
        null or "NONE" => PriceMatch.None,
        "OPPONENT" => PriceMatch.Opponent,
        "OPPONENT_5" => PriceMatch.Opponent5,
        "OPPONENT_10" => PriceMatch.Opponent10,
        "OPPONENT_20" => PriceMatch.Opponent20,
        "QUEUE" => PriceMatch.Queue,
        "QUEUE_5" => PriceMatch.Queue5,
        "QUEUE_10" => PriceMatch.Queue10,
        "QUEUE_20" => PriceMatch.Queue20,
        _ => throw VenueErrors.PriceMatch(),
    };

    /// <summary>selfTradePreventionMode, or null when it was not sent.</summary>
    public static SelfTradePrevention? SelfTrade(RequestParameters parameters) => parameters.Find("selfTradePreventionMode") switch
    {
        null => null,
        "NONE" => SelfTradePrevention.None,
        "EXPIRE_TAKER" => SelfTradePrevention.ExpireTaker,
        "EXPIRE_MAKER" => SelfTradePrevention.ExpireMaker,
        "EXPIRE_BOTH" => SelfTradePrevention.ExpireBoth,
        _ => throw VenueErrors.SelfTradePrevention(),
    };

    /// <summary>A client's id, or null when it was not sent.</summary>
    public static string? ClientId(RequestParameters parameters, string name)
    {
        var id = parameters.Find(name);
        if (id is null) return parameters.Contains(name) ? throw VenueErrors.EmptyParameter(name) : null;
        if (id.Length > ClientOrderIdLengthMax) throw VenueErrors.ClientOrderIdLength();
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or ':' or '/' or '_' or '-')) throw VenueErrors.IllegalCharacters(name, ClientOrderIdLegal);
        }
        return id;
    }

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
        foreach (var name in (ReadOnlySpan<string>)["stopPrice", "activationPrice", "callbackRate"])
        {
            if (parameters.Find(name) is not null) throw VenueErrors.NotRequired(name);
        }
        if (parameters.FindBool("closePosition") == true) throw VenueErrors.ClosePosition();
    }
}
