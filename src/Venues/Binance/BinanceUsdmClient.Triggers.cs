using System.Text.Json;
using Granary.Engine.Orders;
using Granary.Venues.Ports;

namespace Granary.Venues.Binance;

/// <content>Trigger orders, which live apart from orders at the venue: the conditional kind of its algo orders.</content>
public sealed partial class BinanceUsdmClient
{
    private const string TriggerPath = "/fapi/v1/algoOrder";

    /// <summary>Sends a stop at market once. What can be seen to be wrong without the venue is refused here with code 0.</summary>
    /// <inheritdoc />
    public async ValueTask<TriggerOrderAnswer> PlaceTriggerAsync(TriggerOrderRequest request, CancellationToken cancellationToken)
    {
        var fault = Fault(request);
        if (fault.Length > 0) return new TriggerOrderAnswer(OrderAnswerKind.Rejected, null, 0, $"refused before sending: {fault}");
        var parameters = new QueryText()
            .Add("algoType", "CONDITIONAL").Add("symbol", request.Symbol).Add("side", OrderText.Of(request.Side)).Add("type", OrderText.StopMarket)
            .Add("triggerPrice", request.TriggerPrice).Add("workingType", OrderText.Of(request.WorkingPrice));

        // A stop for the whole position reduces by its nature; the venue refuses a quantity or the flag beside it.
        if (request.Quantity is { } quantity) parameters.Add("quantity", quantity).Add("reduceOnly", "true");
        else parameters.Add("closePosition", "true");
        parameters.Add("clientAlgoId", request.ClientId);
        var call = new RestCall("POST", TriggerPath, parameters.ToString(), CallSecurity.Signed, 0);
        return await TriggerAsync(call, root => Expect(RestDecoder.Trigger(root), request.Symbol, request.ClientId), request.ClientId, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<TriggerOrderAnswer> CancelTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken)
    {
        var parameters = new QueryText().Add("symbol", symbol).Add("clientAlgoId", clientId).ToString();
        return TriggerAsync(
            new RestCall("DELETE", TriggerPath, parameters, CallSecurity.Signed, 1),
            root => RestDecoder.CanceledTrigger(root) == clientId ? null : throw new FormatException("the answer is about another order"), clientId,
            cancellationToken);
    }

    /// <summary>
    /// Asks for a trigger order by our client id, repeating the question after transient failures. <see cref="OrderAnswerKind.Rejected"/> is returned for -2013
    /// alone; a question that failed in any other way leaves the order as unknown as it was.
    /// </summary>
    /// <inheritdoc />
    public async ValueTask<TriggerOrderAnswer> QueryTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken)
    {
        var parameters = new QueryText().Add("symbol", symbol).Add("clientAlgoId", clientId).ToString();
        var call = new RestCall("GET", TriggerPath, parameters, CallSecurity.Signed, 1);
        try
        {
            var report = await _rest.QueryAsync(call, root => Expect(RestDecoder.Trigger(root), symbol, clientId), cancellationToken);
            return new TriggerOrderAnswer(OrderAnswerKind.Accepted, report, 0, "");
        }
        catch (VenueException e)
        {
            var kind = e.Code == BinanceErrors.OrderMissing ? OrderAnswerKind.Rejected : OrderAnswerKind.Unknown;
            return new TriggerOrderAnswer(kind, null, e.Code, e.Message);
        }
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<TriggerOrderReport>> GetOpenTriggersAsync(string? symbol, CancellationToken cancellationToken) =>
        await _rest.QueryAsync(ListCall("/fapi/v1/openAlgoOrders", symbol), RestDecoder.Triggers, cancellationToken);

    private async ValueTask<TriggerOrderAnswer> TriggerAsync(
        RestCall call, Func<JsonElement, TriggerOrderReport?> decode, string clientId, CancellationToken cancellationToken)
    {
        TriggerOrderReport? report = null;
        var answer = await _rest.OrderAsync(
            call,
            root =>
            {
                report = decode(root);
                return null;
            },
            cancellationToken);
        Logged(answer, clientId);
        return new TriggerOrderAnswer(answer.Kind, report, answer.Code, answer.Message);
    }

    private static TriggerOrderReport Expect(TriggerOrderReport report, string symbol, string clientId) =>
        report.Symbol == symbol && report.ClientId == clientId ? report : throw new FormatException("the answer is about another order");

    private static string Fault(TriggerOrderRequest request)
    {
        if (IdFault(request.ClientId) is { Length: > 0 } fault) return fault;
        if (request.Symbol.Length == 0) return "symbol is empty";
        if (request.TriggerPrice <= 0) return $"trigger price is {request.TriggerPrice}; it must be above 0";
        return request.Quantity is <= 0 ? $"quantity is {request.Quantity}; it must be above 0" : "";
    }
}
