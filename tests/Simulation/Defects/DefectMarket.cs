using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Supervision;
using Granary.Venues.Ports;

namespace Granary.Simulation.Defects;

/// <summary>What is wrong with market data on purpose.</summary>
internal sealed class DefectMarket(IMarketDataPort port, Defect defect) : IMarketDataPort
{
    public ValueTask<long> GetServerTimeMsAsync(CancellationToken cancellationToken) => port.GetServerTimeMsAsync(cancellationToken);

    public ValueTask<IReadOnlyList<SymbolRules>> GetSymbolRulesAsync(CancellationToken cancellationToken) => port.GetSymbolRulesAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<AggTrade>> GetAggTradesAsync(string symbol, long fromId, int limit, CancellationToken cancellationToken)
    {
        var trades = await port.GetAggTradesAsync(symbol, fromId, limit, cancellationToken);
        return defect == Defect.RefillIncomplete && trades.Count > 2 ? [.. trades.Where((_, i) => i != 1)] : trades;
    }

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
