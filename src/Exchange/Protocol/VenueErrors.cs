using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>The protocol's refusals in Binance's words: code, message, HTTP status.</summary>
internal static class VenueErrors
{
    public static ExchangeException TooManyRequests(int limit) => new(
        -1003,
        $"Too many requests; current limit of IP is {limit} requests per minute. Please use the websocket for live updates to avoid polling the API.",
        429);

    public static ExchangeException TooManyConnections(int limit, int retryAfterS) => new(
        -1003, $"Too many requests; current limit of IP is {limit} connections per 5 minutes.", 429)
    {
        RetryAfterS = retryAfterS,
    };

    public static ExchangeException Banned(string address, long untilMs) =>
        new(-1003, $"Way too many requests; IP({address}) banned until {untilMs}. Please use the websocket for live updates to avoid bans.", 418);

    public static ExchangeException TooManyOrders(int limit, string interval) =>
        new(-1015, $"Too many new orders; current limit is {limit} orders per {interval}.");

    public static ExchangeException TimestampOutside() => new(-1021, "Timestamp for this request is outside of the recvWindow.");

    public static ExchangeException TimestampAhead() => new(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");

    public static ExchangeException InvalidSignature() => new(-1022, "Signature for this request is not valid.");

    public static ExchangeException IllegalCharacters(string name, string legal) =>
        new(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{legal}'.");

    public static ExchangeException TooManyParameters(int max) => new(-1101, $"Too many parameters; expected at most '{max}'.");

    public static ExchangeException MandatoryParameter(string name) =>
        new(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    public static ExchangeException OrderIdMissing() =>
        new(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");

    public static ExchangeException EmptyParameter(string name) => new(-1105, $"Parameter '{name}' was empty.");

    public static ExchangeException NotRequired(string name) => new(-1106, $"Parameter '{name}' sent when not required.");

    public static ExchangeException Precision() => new(-1111, "Precision is over the maximum defined for this asset.");

    public static ExchangeException InvalidTimeInForce() => new(-1115, "Invalid timeInForce.");

    public static ExchangeException InvalidOrderType() => new(-1116, "Invalid orderType.");

    public static ExchangeException InvalidSide() => new(-1117, "Invalid side.");

    public static ExchangeException InvalidInterval() => new(-1120, "Invalid interval.");

    public static ExchangeException InvalidSymbol() => new(-1121, "Invalid symbol.");

    public static ExchangeException UnknownListenKey() => new(-1125, "This listenKey does not exist.");

    public static ExchangeException InvalidParameter(string name) => new(-1130, $"Data sent for parameter '{name}' is not valid.");

    public static ExchangeException RecvWindowTooLarge() => new(-1131, "recvWindow must be less than 60000");

    public static ExchangeException OrderNotFound() => new(-2013, "Order does not exist.");

    public static ExchangeException ApiKeyFormat() => new(-2014, "API-key format invalid.", 401);

    public static ExchangeException ApiKeyUnknown() => new(-2015, "Invalid API-key, IP, or permissions for action.", 401);

    public static ExchangeException PriceTooLow() => new(-4001, "Price less than 0.");

    public static ExchangeException QuantityTooLow() => new(-4003, "Quantity less than zero.");

    public static ExchangeException ClientOrderIdLength() => new(-4015, "Client order id length should not be more than 36 chars");

    public static ExchangeException UseAlgoOrders() =>
        new(-4120, "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.");

    public static ExchangeException ClosePosition() => new(-4136, "Target strategy invalid for orderType LIMIT or MARKET, closePosition true.");

    public static ExchangeException UnknownPath(string path, string method) => new(-5000, $"Path {path}, Method {method} is invalid", 404);

    public static ExchangeException PriceMatch() => new(-5037, "Invalid price match");

    public static ExchangeException PriceMatchType() => new(-5038, "Price match only supports order type: LIMIT, STOP AND TAKE_PROFIT");

    public static ExchangeException SelfTradePrevention() => new(-5039, "Invalid self trade prevention mode");

    public static ExchangeException GoodTillDate() => new(
        -5040, "The goodTillDate timestamp must be greater than the current time plus 600 seconds and smaller than 253402300799000");

    public static ExchangeException AlgoIdMissing() => new(-1102, "Param 'algoId' or 'clientAlgoId' must be sent, but both were empty/null!");
}
