using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Supervision;

namespace Granary.Venues.Ports;

/// <summary>Public market data of one venue.</summary>
public interface IMarketDataPort
{
    /// <summary>The venue's clock, milliseconds since the Unix epoch, UTC.</summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<long> GetServerTimeMsAsync(CancellationToken cancellationToken);

    /// <summary>The rules of every symbol that the venue lists.</summary>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<IReadOnlyList<SymbolRules>> GetSymbolRulesAsync(CancellationToken cancellationToken);

    /// <summary>Aggregate trades with consecutive ids from <paramref name="fromId"/> on, oldest first.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="fromId">First id wanted.</param>
    /// <param name="limit">1 to 1000. A whole page counts as one of many and is the least urgent; ask for fewer where fewer are missing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<IReadOnlyList<AggTrade>> GetAggTradesAsync(string symbol, long fromId, int limit, CancellationToken cancellationToken);

    /// <summary>Closed candles and, when the range reaches to the present, the running one, oldest first.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="interval">Length of a candle.</param>
    /// <param name="startMs">First open time wanted, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="endMs">Last open time wanted.</param>
    /// <param name="limit">1 to 1500; a longer range is answered with its oldest candles.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<IReadOnlyList<Kline>> GetKlinesAsync(
        string symbol, KlineInterval interval, long startMs, long endMs, int limit, CancellationToken cancellationToken);

    /// <summary>The order book, to which the changes that <see cref="IMarketDataHandler.OnDepth"/> gets are applied.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="limit">Levels a side: 5, 10, 20, 50, 100, 500 or 1000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">Another limit.</exception>
    /// <exception cref="VenueException">The venue did not answer, or answered with an error.</exception>
    ValueTask<BookSnapshot> GetDepthAsync(string symbol, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Receives the trade, quote and mark price streams of the symbols until cancelled: connects, subscribes, reconnects with back-off, resubscribes.
    /// Never throws for a venue's fault; ends only with the token.
    /// </summary>
    /// <param name="symbols">Upper-case symbols.</param>
    /// <param name="handler">Called on the read loop, one call at a time per connection; it must only take the data over.</param>
    /// <param name="cancellationToken">Ends the reception.</param>
    Task RunAsync(IReadOnlyList<string> symbols, IMarketDataHandler handler, CancellationToken cancellationToken);

    /// <summary>Whether <see cref="RunAsync"/> receives changes of the order books.</summary>
    bool ReceivesBooks => false;

    /// <summary>Has one stream of one symbol subscribed anew, soon and without touching the others.</summary>
    /// <returns>Whether that can be done: it is being received, and the venue's client knows how.</returns>
    bool Resubscribe(string symbol, MarketStream stream) => false;
}
