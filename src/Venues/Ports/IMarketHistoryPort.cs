using Granary.Engine.Market;

namespace Granary.Venues.Ports;

/// <summary>
/// A venue's past, beside candles and aggregate trades. Times are milliseconds since the Unix epoch, UTC; lists are oldest first. Every member throws
/// <see cref="ArgumentException"/> for a limit out of range and <see cref="VenueException"/> without an answer.
/// </summary>
public interface IMarketHistoryPort
{
    /// <summary>Single trades with ids from <paramref name="fromId"/> on, or with null the newest.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="fromId">First id wanted, or null.</param>
    /// <param name="limit">1 to 500 with an id, 1 to 1000 without.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<IReadOnlyList<MarketTrade>> GetTradesAsync(string symbol, long? fromId, int limit, CancellationToken cancellationToken);

    /// <summary>Candles of a price that nobody trades at; at most 1500.</summary>
    ValueTask<IReadOnlyList<PriceKline>> GetPriceKlinesAsync(
        string symbol, PriceKind kind, KlineInterval interval, long startMs, long endMs, int limit, CancellationToken cancellationToken);

    /// <summary>Funding settlements; at most 1000.</summary>
    ValueTask<IReadOnlyList<FundingRate>> GetFundingRatesAsync(string symbol, long startMs, long endMs, int limit, CancellationToken cancellationToken);

    /// <summary>Open interest at the ends of periods; at most 500, of the last 30 days.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="period">5m, 15m, 30m, 1h, 2h, 4h, 6h, 12h or 1d.</param>
    /// <param name="limit">1 to 500.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<IReadOnlyList<OpenInterest>> GetOpenInterestHistoryAsync(string symbol, KlineInterval period, int limit, CancellationToken cancellationToken);

    /// <summary>How the sides stood to each other at the ends of periods, as <see cref="GetOpenInterestHistoryAsync"/>.</summary>
    ValueTask<IReadOnlyList<TrendRatio>> GetTrendRatiosAsync(string symbol, TrendKind kind, KlineInterval period, int limit,
        CancellationToken cancellationToken);
}
