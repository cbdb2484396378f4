using Granary.Engine.Orders;
using Granary.Engine.Positions;

namespace Granary.Venues.Ports;

/// <summary>Positions, balances, fills and the user stream of one account at one venue.</summary>
public interface IAccountPort
{
    /// <summary>Request weight a minute that the venue allows, as far as it is known; 0, the default, where it counts none.</summary>
    int WeightLimit => 0;

    /// <summary>Positions that are not flat (and possibly flat ones), of one symbol or, with null, of all.</summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<IReadOnlyList<PositionReport>> GetPositionsAsync(string? symbol, CancellationToken cancellationToken);

    /// <summary>Balances of every asset.</summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<IReadOnlyList<BalanceReport>> GetBalancesAsync(CancellationToken cancellationToken);

    /// <summary>The account's fills in the symbol with trade ids from <paramref name="fromTradeId"/> on, oldest first. Client order ids may be empty.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="fromTradeId">First trade id wanted; 0 for the oldest that the venue shows.</param>
    /// <param name="limit">1 to 1000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<IReadOnlyList<Fill>> GetUserTradesAsync(string symbol, long fromTradeId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Orders of the last days that the venue itself placed on the account (liquidation, deleveraging, settlement), marked as such; none, the default, where a
    /// venue does not tell them apart.
    /// </summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<IReadOnlyList<OrderReport>> GetForcedOrdersAsync(string symbol, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<OrderReport>>([]);

    /// <summary>
    /// Receives the user stream until cancelled: obtains and renews the listen key, reconnects with back-off. After each (re)connection
    /// <see cref="IUserStreamHandler.OnConnectionAsync"/> is called first, because events may have been missed. Ends only with the token.
    /// </summary>
    Task RunUserStreamAsync(IUserStreamHandler handler, CancellationToken cancellationToken);
}
