using Granary.Engine.Market;
using Granary.Grains.Interfaces.Symbols;

namespace Granary.Throughput;

/// <summary>Keeps a symbol's grain from ever catching up: so many trades always wait in its queue, in batches as the gateway's are.</summary>
internal sealed class TradeFlood(ISymbolGrain symbol, int queuedTrades)
{
    private const int BatchTrades = 4_096;
    private const long PriceStepE8 = 10_000_000;

    private readonly Random _random = new(11);
    private readonly Queue<Task<IngestAnswer>> _queue = new();
    private long _id;
    private long _timeMs;
    private long _priceE8;

    /// <summary>Trades that the grain has worked off.</summary>
    public long Done { get; private set; }

    /// <summary>Runs until cancelled; returns once the queue is empty.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var view = await symbol.GetView();
        (_id, _timeMs, _priceE8) = (view.NextId, view.LastTradeTimeMs, (long)(view.LastPrice * 100_000_000m));
        while (!cancellationToken.IsCancellationRequested)
        {
            while (_queue.Count * BatchTrades < queuedTrades) _queue.Enqueue(symbol.Ingest(Next()).AsTask());
            await TakeAsync();
        }

        while (_queue.Count > 0) await TakeAsync();
    }

    private async Task TakeAsync()
    {
        var answer = await _queue.Dequeue();
        if (!answer.Accepted) throw new InvalidOperationException($"a batch was refused: the grain needs {answer.NextId}");
        Done += BatchTrades;
    }

    /// <summary>A thousand trades a second of market time.</summary>
    private TradeBatch Next()
    {
        var trades = new AggTrade[BatchTrades];
        for (var i = 0; i < trades.Length; i++, _id++)
        {
            var isSell = _random.Next(2) == 0;
            if (_random.Next(5) == 0) _priceE8 += isSell ? -PriceStepE8 : PriceStepE8;
            trades[i] = new AggTrade(_id, _timeMs + (i / 4), _priceE8, (1 + _random.Next(30)) * 100_000L, _id, 1, isSell);
        }

        _timeMs = trades[^1].TimeMs;
        return new TradeBatch(trades, isLive: true, acceptHole: false, TimeProvider.System.GetTimestamp());
    }
}
