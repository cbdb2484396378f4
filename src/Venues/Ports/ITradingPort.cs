using Granary.Engine.Orders;

namespace Granary.Venues.Ports;

/// <summary>Orders of one account at one venue. No member retries an order request: an unknown outcome is returned as such.</summary>
public interface ITradingPort
{
    /// <summary>Sends an order once.</summary>
    ValueTask<OrderAnswer> PlaceAsync(OrderRequest request, CancellationToken cancellationToken);

    /// <summary>Cancels an order by our client id.</summary>
    ValueTask<OrderAnswer> CancelAsync(string symbol, string clientOrderId, CancellationToken cancellationToken);

    /// <summary>Asks for an order by our client id; <see cref="OrderAnswerKind.Rejected"/> with code -2013 means that the venue does not show it (which soon after an accept is not absence).</summary>
    ValueTask<OrderAnswer> QueryAsync(string symbol, string clientOrderId, CancellationToken cancellationToken);

    /// <summary>Every open order in the symbol or, with null, of the account.</summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<IReadOnlyList<OrderReport>> GetOpenOrdersAsync(string? symbol, CancellationToken cancellationToken);

    /// <summary>
    /// Changes price and quantity of a resting limit order; it goes to the end of its queue. A venue may cancel instead, where the new quantity is not above
    /// what was executed or a post-only order would take.
    /// </summary>
    /// <param name="request">The order with its own client id, symbol and side, and the new price and quantity (executed part included).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<OrderAnswer> AmendAsync(OrderRequest request, CancellationToken cancellationToken);

    /// <summary>Cancels every open order in the symbol. Trigger orders stay.</summary>
    ValueTask<SymbolAnswer> CancelAllAsync(string symbol, CancellationToken cancellationToken);

    /// <summary>
    /// Arms the venue's own switch: unless this is repeated within the time, the venue cancels every open order in the symbol. Trigger orders stay.
    /// </summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="timeoutMs">Milliseconds from now; 0 disarms.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<SymbolAnswer> CountdownCancelAllAsync(string symbol, long timeoutMs, CancellationToken cancellationToken);

    /// <summary>Sends a trigger order once.</summary>
    ValueTask<TriggerOrderAnswer> PlaceTriggerAsync(TriggerOrderRequest request, CancellationToken cancellationToken);

    /// <summary>Cancels a trigger order by our client id.</summary>
    ValueTask<TriggerOrderAnswer> CancelTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken);

    /// <summary>Asks for a trigger order by our client id; <see cref="OrderAnswerKind.Rejected"/> with code -2013: the venue does not show it.</summary>
    ValueTask<TriggerOrderAnswer> QueryTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken);

    /// <summary>Every waiting trigger order in the symbol or, with null, of the account.</summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<IReadOnlyList<TriggerOrderReport>> GetOpenTriggersAsync(string? symbol, CancellationToken cancellationToken);
}
