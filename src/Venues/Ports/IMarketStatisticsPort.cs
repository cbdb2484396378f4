using Granary.Engine.Market;

namespace Granary.Venues.Ports;

/// <summary>
/// What a venue says about its markets at this moment, beside the streams. Every member throws <see cref="VenueException"/> without an answer.
/// </summary>
public interface IMarketStatisticsPort
{
    /// <summary>Mark price, index price and funding by symbol; of one, or with null of all.</summary>
    ValueTask<IReadOnlyDictionary<string, MarkPrice>> GetMarkPricesAsync(string? symbol, CancellationToken cancellationToken);

    /// <summary>The last 24 hours of one symbol, or with null of all.</summary>
    ValueTask<IReadOnlyList<DayStatistics>> GetDayStatisticsAsync(string? symbol, CancellationToken cancellationToken);

    /// <summary>Last prices by symbol; of one, or with null of all.</summary>
    ValueTask<IReadOnlyDictionary<string, decimal>> GetPricesAsync(string? symbol, CancellationToken cancellationToken);

    /// <summary>Best bid and ask by symbol; of one, or with null of all.</summary>
    ValueTask<IReadOnlyDictionary<string, BookTicker>> GetBookTickersAsync(string? symbol, CancellationToken cancellationToken);

    /// <summary>Open interest of a symbol.</summary>
    ValueTask<OpenInterest> GetOpenInterestAsync(string symbol, CancellationToken cancellationToken);

    /// <summary>The symbols whose funding differs from the usual terms.</summary>
    ValueTask<IReadOnlyList<FundingTerms>> GetFundingTermsAsync(CancellationToken cancellationToken);
}
