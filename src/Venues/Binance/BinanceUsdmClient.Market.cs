using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Supervision;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Binance;

/// <content>Public market data.</content>
public sealed partial class BinanceUsdmClient
{
    private const int LimitMax = 1000;
    private const int KlineLimitMax = 1500;
    private IReadOnlyList<MarketConnection> _connections = [];
    private static readonly int[] _depthLimits = [5, 10, 20, 50, 100, 500, 1000];

    /// <inheritdoc />
    public ValueTask<long> GetServerTimeMsAsync(CancellationToken cancellationToken) =>
        _rest.QueryAsync(new RestCall("GET", "/fapi/v1/time", "", CallSecurity.None, 1), RestDecoder.ServerTimeMs, cancellationToken);

    /// <summary>
    /// The rules of every symbol that the venue lists. Symbols without tick or step size are left out and logged; the venue's weight limit is taken over.
    /// </summary>
    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<SymbolRules>> GetSymbolRulesAsync(CancellationToken cancellationToken)
    {
        var (rules, leftOut, weightPerMinute) = await _rest.QueryAsync(
            new RestCall("GET", "/fapi/v1/exchangeInfo", "", CallSecurity.None, 1), RestDecoder.ExchangeInfo, cancellationToken);
        if (weightPerMinute > 0) _rest.Budget.LimitTo(weightPerMinute);
        foreach (var symbol in leftOut) _logger.LogWarning("{Venue} exchangeInfo: left out {Symbol}", _options.Name, symbol);
        return rules;
    }

    /// <inheritdoc />
    public ValueTask<BookSnapshot> GetDepthAsync(string symbol, int limit, CancellationToken cancellationToken)
    {
        if (!_depthLimits.Contains(limit)) throw new ArgumentException($"limit is {limit}; it must be one of {string.Join(", ", _depthLimits)}", nameof(limit));
        var weight = limit switch { <= 50 => 2, 100 => 5, 500 => 10, _ => 20 };
        var parameters = new QueryText().Add("symbol", symbol).Add("limit", limit).ToString();
        return _rest.QueryAsync(
            new RestCall("GET", "/fapi/v1/depth", parameters, CallSecurity.None, weight), root => RestDecoder.Depth(root, limit), cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<AggTrade>> GetAggTradesAsync(string symbol, long fromId, int limit, CancellationToken cancellationToken)
    {
        CheckLimit(limit);
        var parameters = new QueryText().Add("symbol", symbol).Add("fromId", fromId).Add("limit", limit).ToString();
        var call = new RestCall("GET", "/fapi/v1/aggTrades", parameters, CallSecurity.None, 20, isHistory: limit == LimitMax);
        return await _rest.QueryAsync(call, RestDecoder.AggTrades, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<Kline>> GetKlinesAsync(
        string symbol, KlineInterval interval, long startMs, long endMs, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > KlineLimitMax) throw new ArgumentException($"limit is {limit}; it must be 1 to {KlineLimitMax}", nameof(limit));
        var weight = limit switch { < 100 => 1, < 500 => 2, <= 1000 => 5, _ => 10 };
        var parameters = new QueryText().Add("symbol", symbol).Add("interval", interval.Code).Add("startTime", startMs).Add("endTime", endMs)
            .Add("limit", limit).ToString();
        return await _rest.QueryAsync(new RestCall("GET", "/fapi/v1/klines", parameters, CallSecurity.None, weight), KlineDecoder.Klines, cancellationToken);
    }

    /// <summary>Mark price, index price and funding of a symbol.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    public ValueTask<MarkPrice> GetMarkPriceAsync(string symbol, CancellationToken cancellationToken) => _rest.QueryAsync(
        new RestCall("GET", "/fapi/v1/premiumIndex", new QueryText().Add("symbol", symbol).ToString(), CallSecurity.None, 1), RestDecoder.PremiumIndex,
        cancellationToken);

    /// <summary>
    /// Receives trades and mark prices on /market connections, and quotes and (<see cref="BinanceUsdmOptions.DepthIntervalMs"/>) book changes on /public ones, at most 200 streams each. A connection that is silent for
    /// <see cref="BinanceUsdmOptions.SilenceTimeout"/> although subscribed is opened anew; a single symbol without mark prices for that long is reported by
    /// <see cref="IMarketDataHandler.OnReject"/>. A handler that throws is logged and counted. Returns, without an exception, when cancelled.
    /// </summary>
    /// <param name="symbols">1 to 1000 upper-case symbols.</param>
    /// <param name="handler">Called by each connection's read loop, one call at a time per connection.</param>
    /// <param name="cancellationToken">Ends the reception.</param>
    /// <exception cref="ArgumentException">No symbols, too many, or one that is no symbol or stands twice.</exception>
    public Task RunAsync(IReadOnlyList<string> symbols, IMarketDataHandler handler, CancellationToken cancellationToken)
    {
        var shards = SubscriptionPlan.Make(symbols, _options.DepthIntervalMs);
        var connections = shards.Select((shard, i) =>
            new MarketConnection(_options, shard, symbols, _streams, handler, _time, Counters, _logger, unchecked((_options.Seed * 31) + i + 1))).ToArray();
        _connections = connections;
        return Task.WhenAll(connections.Select(connection => connection.RunAsync(cancellationToken)).ToArray());
    }

    /// <inheritdoc />
    public bool ReceivesBooks => _options.DepthIntervalMs > 0;

    /// <inheritdoc />
    public bool Resubscribe(string symbol, MarketStream stream)
    {
        foreach (var connection in _connections)
            if (connection.Resubscribe(symbol, stream))
                return true;
        return false;
    }

    private static void CheckLimit(int limit)
    {
        if (limit is < 1 or > LimitMax) throw new ArgumentException($"limit is {limit}; it must be 1 to {LimitMax}", nameof(limit));
    }
}
