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

    /// <summary>Every open order in the symbol.</summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<IReadOnlyList<OrderReport>> GetOpenOrdersAsync(string symbol, CancellationToken cancellationToken);
}
