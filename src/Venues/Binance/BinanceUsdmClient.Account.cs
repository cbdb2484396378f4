using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Venues.Ports;

namespace Granary.Venues.Binance;

/// <content>Positions, balances, fills and the user stream.</content>
public sealed partial class BinanceUsdmClient
{
    /// <summary>Positions that are not flat (and possibly flat ones), of one symbol or, with null, of all.</summary>
    /// <inheritdoc />
    /// <exception cref="VenueException">The venue did not answer, or answered with an error, or the account is in hedge mode.</exception>
    public async ValueTask<IReadOnlyList<PositionReport>> GetPositionsAsync(string? symbol, CancellationToken cancellationToken)
    {
        var parameters = symbol is null ? "" : new QueryText().Add("symbol", symbol).ToString();
        var call = new RestCall("GET", "/fapi/v3/positionRisk", parameters, CallSecurity.Signed, 5);
        var (positions, hedgeSymbol) = await _rest.QueryAsync(call, RestDecoder.Positions, cancellationToken);
        if (hedgeSymbol is not null)
            throw new VenueException(
                $"{call}: the account is in hedge mode ({hedgeSymbol} has a position whose side is not BOTH), which is not supported; "
                + "close its positions and switch it to one-way mode");
        return positions;
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<BalanceReport>> GetBalancesAsync(CancellationToken cancellationToken) =>
        await _rest.QueryAsync(new RestCall("GET", "/fapi/v3/balance", "", CallSecurity.Signed, 5), RestDecoder.Balances, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<Fill>> GetUserTradesAsync(string symbol, long fromTradeId, int limit, CancellationToken cancellationToken)
    {
        CheckLimit(limit);
        var parameters = new QueryText().Add("symbol", symbol).Add("fromId", fromTradeId).Add("limit", limit).ToString();
        var call = new RestCall("GET", "/fapi/v1/userTrades", parameters, CallSecurity.Signed, 5);
        return await _rest.QueryAsync(call, RestDecoder.UserTrades, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<OrderReport>> GetForcedOrdersAsync(string symbol, CancellationToken cancellationToken)
    {
        var call = new RestCall("GET", "/fapi/v1/forceOrders", new QueryText().Add("symbol", symbol).ToString(), CallSecurity.Signed, 20);
        var orders = await _rest.QueryAsync(call, RestDecoder.Orders, cancellationToken);

        // All of them are the venue's; which kind, their ids tell.
        return [.. orders.Select(order => order with { ForcedClose = OrderText.Forced("LIQUIDATION", "", order.ClientOrderId) })];
    }

    /// <summary>
    /// Receives the user stream until cancelled: obtains and renews the listen key, reconnects with back-off. After each (re)connection
    /// <see cref="IUserStreamHandler.OnConnectionAsync"/> is called first, because events may have been missed; so it is, without a reconnection, when a frame
    /// cannot be read. A handler that throws has lost an event, so the stream starts over. The listen key is not closed at the end, because every process of
    /// the account shares it (<see cref="CloseListenKeyAsync"/>). Returns, without an exception, when cancelled.
    /// </summary>
    /// <inheritdoc />
    public Task RunUserStreamAsync(IUserStreamHandler handler, CancellationToken cancellationToken) =>
        new UserStream(_options, _listenKeys, _streams, handler, _time, Counters, _logger, unchecked(_options.Seed * 31)).RunAsync(cancellationToken);

    /// <summary>Creates the account's listen key, or gives the living one again with another 60 minutes.</summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    public ValueTask<string> CreateListenKeyAsync(CancellationToken cancellationToken) => _listenKeys.CreateAsync(cancellationToken);

    /// <summary>Gives a listen key another 60 minutes.</summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error; -1125 when the key is gone.</exception>
    public ValueTask ProlongListenKeyAsync(string listenKey, CancellationToken cancellationToken) => _listenKeys.ProlongAsync(listenKey, cancellationToken);

    /// <summary>Closes a listen key, and with it the user stream of every process that uses it.</summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    public ValueTask CloseListenKeyAsync(string listenKey, CancellationToken cancellationToken) => _listenKeys.CloseAsync(listenKey, cancellationToken);
}
