using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Supervision;
using Granary.Venues.Ports;

namespace Granary.Simulation;

/// <summary>The venue's market with rules that have changed: what was ordered by the old ones may not fit the new ones.</summary>
internal sealed class ToldMarket(IMarketDataPort port, Func<SymbolRules, SymbolRules> change) : IMarketDataPort
{
    public ValueTask<long> GetServerTimeMsAsync(CancellationToken cancellationToken) => port.GetServerTimeMsAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<SymbolRules>> GetSymbolRulesAsync(CancellationToken cancellationToken) =>
        [.. (await port.GetSymbolRulesAsync(cancellationToken)).Select(change)];

    public ValueTask<IReadOnlyList<AggTrade>> GetAggTradesAsync(string symbol, long fromId, int limit, CancellationToken cancellationToken) =>
        port.GetAggTradesAsync(symbol, fromId, limit, cancellationToken);

    public ValueTask<IReadOnlyList<Kline>> GetKlinesAsync(
        string symbol, KlineInterval interval, long startMs, long endMs, int limit, CancellationToken cancellationToken) =>
        port.GetKlinesAsync(symbol, interval, startMs, endMs, limit, cancellationToken);

    public ValueTask<BookSnapshot> GetDepthAsync(string symbol, int limit, CancellationToken cancellationToken) =>
        port.GetDepthAsync(symbol, limit, cancellationToken);

    public Task RunAsync(IReadOnlyList<string> symbols, IMarketDataHandler handler, CancellationToken cancellationToken) =>
        port.RunAsync(symbols, handler, cancellationToken);

    public bool ReceivesBooks => port.ReceivesBooks;

    public bool Resubscribe(string symbol, MarketStream stream) => port.Resubscribe(symbol, stream);
}
