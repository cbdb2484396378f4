using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Ports;

namespace Granary.Grains.Tests.Selection;

/// <summary>A venue that has candles and nothing else.</summary>
internal sealed class CandleMarket : IMarketDataPort
{
    public const long HourMs = 3_600_000;
    public const long StartMs = 1_700_006_400_000;

    private readonly SortedDictionary<string, (SymbolRules Rules, Kline[] Candles)> _symbols = new(StringComparer.Ordinal);

    /// <summary>Every request for candles: symbol, first hour, number.</summary>
    public List<(string Symbol, long FromHour, int Limit)> Requests { get; } = [];

    /// <summary>Hours after which a symbol says nothing more.</summary>
    public Dictionary<string, long> SilentFrom { get; } = [];

    /// <summary>Symbols that answer with an error, so many times each.</summary>
    public Dictionary<string, int> Failures { get; } = [];

    public void List(string symbol, int fromHour = 0, string status = "TRADING", decimal step = 0.001m, int hours = 200)
    {
        var random = new Random(symbol.Sum(letter => letter));
        var close = 100m;
        _symbols[symbol] = (
            new SymbolRules(symbol, status, 0.01m, step, step, 1_000_000, 1_000_000, 5, 0.01m, 1_000_000, 1.1m, 0.9m, 200, 2, 3),
            [.. Enumerable.Range(fromHour, hours - fromHour).Select(hour =>
            {
                var open = close;
                close = Math.Max(open + (random.Next(-200, 201) / 100m), 1);
                var openMs = StartMs + (hour * HourMs);
                return new Kline(openMs, open, Math.Max(open, close) + 1, Math.Min(open, close) - 0.5m,
                    close, 10, openMs + HourMs - 1, 10 * close, 5, 4, 4 * close);
            })]);
    }

    public void Delist(string symbol) => _symbols.Remove(symbol);

    public void Halt(string symbol) => _symbols[symbol] = _symbols[symbol] with { Rules = _symbols[symbol].Rules with { Status = "SETTLING" } };

    public Kline[] CandlesOf(string symbol) => _symbols[symbol].Candles;

    public ValueTask<IReadOnlyList<SymbolRules>> GetSymbolRulesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<SymbolRules>>([.. _symbols.Values.Select(symbol => symbol.Rules)]);

    public ValueTask<IReadOnlyList<Kline>> GetKlinesAsync(
        string symbol, KlineInterval interval, long startMs, long endMs, int limit, CancellationToken cancellationToken)
    {
        Requests.Add((symbol, (startMs - StartMs) / HourMs, limit));
        if (Failures.TryGetValue(symbol, out var left) && left > 0)
        {
            Failures[symbol] = left - 1;
            throw new VenueException($"{symbol}: no answer");
        }
        var until = SilentFrom.TryGetValue(symbol, out var hour) ? StartMs + (hour * HourMs) : long.MaxValue;
        return ValueTask.FromResult<IReadOnlyList<Kline>>(
            [.. _symbols[symbol].Candles.Where(candle => candle.OpenTimeMs >= startMs && candle.OpenTimeMs <= endMs && candle.OpenTimeMs < until).Take(limit)]);
    }

    public ValueTask<long> GetServerTimeMsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<AggTrade>> GetAggTradesAsync(string symbol, long fromId, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<BookSnapshot> GetDepthAsync(string symbol, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RunAsync(IReadOnlyList<string> symbols, IMarketDataHandler handler, CancellationToken cancellationToken) => throw new NotSupportedException();
}
