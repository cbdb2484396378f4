using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Supervision;
using Granary.Venues.Ports;

namespace Granary.Grains.Gateway;

/// <summary>
/// Asks the venue what a quiet stream should have told. Where nothing has come yet, what the venue has now is compared with what it has at the next question.
/// </summary>
internal sealed class StreamEvidence(string symbol, IMarketDataPort market, TimeProvider time)
{
    private const int BookLevels = 5;
    private const int TradesWeight = 20;
    private const int LightWeight = 2;
    private static readonly TimeSpan CandlesBack = TimeSpan.FromMinutes(2);

    private readonly Dictionary<MarketStream, object> _before = [];

    /// <summary>Request weight of a question.</summary>
    public static int WeightOf(MarketStream stream, FeedPlace place) => stream == MarketStream.Trades && place.LastTradeId > 0 ? TradesWeight : LightWeight;

    /// <summary>Whether the venue has something that the stream had not brought; null when that takes another question.</summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    public async Task<bool?> IsMissingAsync(MarketStream stream, FeedPlace place, CancellationToken cancellationToken)
    {
        if (stream == MarketStream.Trades)
        {
            if (place.LastTradeId > 0)
            {
                var trades = await market.GetAggTradesAsync(symbol, place.LastTradeId + 1, 1, cancellationToken);
                return trades.Any(t => t.Id > place.LastTradeId);
            }

            var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            var candles = await market.GetKlinesAsync(symbol, KlineInterval.Minute, nowMs - (long)CandlesBack.TotalMilliseconds, nowMs, 3, cancellationToken);
            return Differs(stream, candles.Count == 0 ? (0L, 0m) : (candles[^1].OpenTimeMs, candles[^1].Volume));
        }

        var depth = await market.GetDepthAsync(symbol, BookLevels, cancellationToken);
        if (stream == MarketStream.Book) return place.LastBookId > 0 ? depth.LastUpdateId > place.LastBookId : Differs(stream, depth.LastUpdateId);
        var told = place.Ticker;
        var best = (Best(depth.Bids), Best(depth.Asks));
        return told.BidPriceE8 == 0 && told.AskPriceE8 == 0
            ? Differs(stream, best)
            : best != (new BookLevel(told.BidPriceE8, told.BidQuantityE8), new BookLevel(told.AskPriceE8, told.AskQuantityE8));
    }

    private bool? Differs(MarketStream stream, object now)
    {
        bool? differs = _before.TryGetValue(stream, out var before) ? !before.Equals(now) : null;
        _before[stream] = now;
        return differs;
    }

    private static BookLevel Best(IReadOnlyList<BookLevel> levels) => levels.Count > 0 ? levels[0] : default;
}
