using System.Text.Json;
using Granary.Engine.Orders;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Binance;

/// <content>Orders.</content>
public sealed partial class BinanceUsdmClient
{
    private const string OrderPath = "/fapi/v1/order";
    private const int ClientOrderIdLengthMax = 36;

    /// <summary>
    /// Sends an order once. The venue is asked for the order as it stands after matching (newOrderRespType=RESULT). A request that breaks a rule
    /// that can be seen without the venue (client id, quantity, price) is refused here with code 0.
    /// </summary>
    /// <inheritdoc />
    public async ValueTask<OrderAnswer> PlaceAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        var fault = Fault(request);
        if (fault.Length > 0) return Logged(new OrderAnswer(OrderAnswerKind.Rejected, null, 0, $"refused before sending: {fault}"), request.ClientOrderId);
        var parameters = new QueryText()
            .Add("symbol", request.Symbol).Add("side", OrderText.Of(request.Side)).Add("type", OrderText.Of(request.Type)).Add("quantity", request.Quantity);
        if (request.Type == OrderType.Limit) parameters.Add("price", request.Price!.Value).Add("timeInForce", OrderText.Of(request.TimeInForce));
        if (request.ReduceOnly) parameters.Add("reduceOnly", "true");
        parameters.Add("newClientOrderId", request.ClientOrderId).Add("newOrderRespType", "RESULT");
        var call = new RestCall("POST", OrderPath, parameters.ToString(), CallSecurity.Signed, 0);
        return Logged(await _rest.OrderAsync(call, root => Expect(root, request.Symbol, request.ClientOrderId), cancellationToken), request.ClientOrderId);
    }

    /// <inheritdoc />
    public async ValueTask<OrderAnswer> CancelAsync(string symbol, string clientOrderId, CancellationToken cancellationToken)
    {
        var call = new RestCall("DELETE", OrderPath, OrderParameters(symbol, clientOrderId), CallSecurity.Signed, 1);
        return Logged(await _rest.OrderAsync(call, root => Expect(root, symbol, clientOrderId), cancellationToken), clientOrderId);
    }

    /// <summary>
    /// Asks for an order by our client id, repeating the question after transient failures. <see cref="OrderAnswerKind.Rejected"/> is returned for -2013
    /// alone; a question that failed in any other way leaves the order as unknown as it was: <see cref="OrderAnswerKind.Unknown"/>.
    /// </summary>
    /// <inheritdoc />
    public async ValueTask<OrderAnswer> QueryAsync(string symbol, string clientOrderId, CancellationToken cancellationToken)
    {
        var call = new RestCall("GET", OrderPath, OrderParameters(symbol, clientOrderId), CallSecurity.Signed, 1);
        try
        {
            return OrderAnswer.Accepted(await _rest.QueryAsync(call, root => Expect(root, symbol, clientOrderId), cancellationToken));
        }
        catch (VenueException e) when (e.Code == BinanceErrors.OrderMissing)
        {
            return new OrderAnswer(OrderAnswerKind.Rejected, null, e.Code, e.Message);
        }
        catch (VenueException e)
        {
            return Logged(new OrderAnswer(OrderAnswerKind.Unknown, null, e.Code, e.Message), clientOrderId);
        }
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<OrderReport>> GetOpenOrdersAsync(string? symbol, CancellationToken cancellationToken) =>
        await _rest.QueryAsync(ListCall("/fapi/v1/openOrders", symbol), RestDecoder.Orders, cancellationToken);

    /// <summary>A list of one symbol or of all, which is dearer.</summary>
    private static RestCall ListCall(string path, string? symbol) => symbol is null
        ? new RestCall("GET", path, "", CallSecurity.Signed, 40)
        : new RestCall("GET", path, new QueryText().Add("symbol", symbol).ToString(), CallSecurity.Signed, 1);

    /// <inheritdoc />
    public async ValueTask<OrderAnswer> AmendAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        var fault = request.Type == OrderType.Limit ? Fault(request) : "only a limit order can be amended";
        if (fault.Length > 0) return Logged(new OrderAnswer(OrderAnswerKind.Rejected, null, 0, $"refused before sending: {fault}"), request.ClientOrderId);
        var parameters = new QueryText()
            .Add("symbol", request.Symbol).Add("origClientOrderId", request.ClientOrderId).Add("side", OrderText.Of(request.Side))
            .Add("quantity", request.Quantity).Add("price", request.Price!.Value).ToString();
        var call = new RestCall("PUT", OrderPath, parameters, CallSecurity.Signed, 1);
        return Logged(await _rest.OrderAsync(call, root => Expect(root, request.Symbol, request.ClientOrderId), cancellationToken), request.ClientOrderId);
    }

    /// <inheritdoc />
    public ValueTask<SymbolAnswer> CancelAllAsync(string symbol, CancellationToken cancellationToken) => AcknowledgeAsync(
        new RestCall("DELETE", "/fapi/v1/allOpenOrders", new QueryText().Add("symbol", symbol).ToString(), CallSecurity.Signed, 1), cancellationToken);

    /// <inheritdoc />
    /// <exception cref="ArgumentOutOfRangeException">The time is below 0.</exception>
    public ValueTask<SymbolAnswer> CountdownCancelAllAsync(string symbol, long timeoutMs, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timeoutMs);
        var parameters = new QueryText().Add("symbol", symbol).Add("countdownTime", timeoutMs).ToString();
        return AcknowledgeAsync(new RestCall("POST", "/fapi/v1/countdownCancelAll", parameters, CallSecurity.Signed, 10), cancellationToken);
    }

    private async ValueTask<SymbolAnswer> AcknowledgeAsync(RestCall call, CancellationToken cancellationToken)
    {
        var answer = await _rest.OrderAsync(
            call,
            static root =>
            {
                RestDecoder.Acknowledge(root);
                return null;
            },
            cancellationToken);
        if (answer.Kind != OrderAnswerKind.Accepted)
            _logger.LogWarning("{Venue} {Call}: {Kind}, code {Code}: {Message}", _options.Name, call.ToString(), answer.Kind, answer.Code, answer.Message);
        return new SymbolAnswer(answer.Kind, answer.Code, answer.Message);
    }

    private static string OrderParameters(string symbol, string clientOrderId) =>
        new QueryText().Add("symbol", symbol).Add("origClientOrderId", clientOrderId).ToString();

    /// <summary>
    /// An answer about another order than the one asked for is no answer; nor is one whose status is not known: the order's outcome is unknown, and it is asked
    /// for until the venue says something else.
    /// </summary>
    private static OrderReport Expect(JsonElement root, string symbol, string clientOrderId)
    {
        var report = RestDecoder.Order(root);
        if (report.Symbol != symbol || report.ClientOrderId != clientOrderId) throw new FormatException("the answer is about another order");
        return report.Status != OrderStatus.Unknown ? report : throw new FormatException("the order's status is none that is known");
    }

    private static string IdFault(string id) =>
        id.Length is 0 or > ClientOrderIdLengthMax || !id.All(c => char.IsAsciiLetterOrDigit(c) || ".:/_-".Contains(c))
            ? $"client order id '{id}' is not 1 to {ClientOrderIdLengthMax} characters of [.A-Za-z0-9:/_-]"
            : "";

    private static string Fault(OrderRequest request)
    {
        if (IdFault(request.ClientOrderId) is { Length: > 0 } fault) return fault;
        if (request.Symbol.Length == 0) return "symbol is empty";
        if (request.Quantity <= 0) return $"quantity is {request.Quantity}; it must be above 0";
        if (request.Type == OrderType.Limit && request.Price is not > 0)
            return $"price of a limit order is {request.Price?.ToString() ?? "missing"}; it must be above 0";
        return request.Type == OrderType.Market && request.Price is not null ? "a market order has a price; it must have none" : "";
    }

    private OrderAnswer Logged(OrderAnswer answer, string clientOrderId)
    {
        if (answer.Kind != OrderAnswerKind.Accepted)
            _logger.LogWarning(
                "{Venue} order {ClientOrderId}: {Kind}, code {Code}: {Message}", _options.Name, clientOrderId, answer.Kind, answer.Code, answer.Message);
        return answer;
    }
}
