using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>The streams of all symbols together: !markPrice@arr, !ticker@arr, !miniTicker@arr, !bookTicker, !forceOrder@arr. Guarded by the protocol's gate.</summary>
internal sealed class AllSymbolStreams
{
    private const long BookTickerMs = 5000;
    private const long ArrayMs = 1000;

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, long> _bookTickerMs = new(StringComparer.Ordinal);

    public void Subscribe(StreamName name, string text, StreamSession session)
    {
        var entry = _entries.Find(each => each.Topic.Name == text);
        if (entry is null) _entries.Add(entry = new Entry(name, new StreamTopic(text, name.Conflates)));
        entry.Topic.Add(session);
    }

    public void Unsubscribe(string text, StreamSession session) => _entries.Find(each => each.Topic.Name == text)?.Topic.Remove(session);

    /// <summary>Publishes the arrays that are due at a market time; one without any symbol waits until there is something to tell.</summary>
    public void Publish(WireWriter w, IReadOnlyCollection<SymbolStreams> symbols, long timeMs, long nowMs)
    {
        foreach (var entry in _entries)
        {
            if (!entry.Topic.HasSessions || entry.Name.Kind is StreamKind.BookTicker or StreamKind.ForceOrder or StreamKind.ContractInfo) continue;
            if (timeMs - entry.PublishedMs < Math.Max(ArrayMs, entry.Name.IntervalMs)) continue;
            w.Reset().BeginArray();
            var isEmpty = true;
            foreach (var symbol in symbols) isEmpty &= !TryWrite(w, entry.Name.Kind, symbol, timeMs, nowMs);
            if (isEmpty) continue;
            entry.PublishedMs = timeMs;
            entry.Topic.Publish(w.EndArray());
        }
    }

    /// <summary>A symbol's quote, at most once in five seconds.</summary>
    public void OnBookTicker(WireWriter w, SymbolFormat f, in Granary.Engine.Market.BookTicker ticker, long nowMs)
    {
        foreach (var entry in _entries)
        {
            if (entry.Name.Kind != StreamKind.BookTicker || !entry.Topic.HasSessions) continue;
            if (_bookTickerMs.TryGetValue(f.Symbol, out var lastMs) && ticker.TimeMs - lastMs < BookTickerMs) continue;
            _bookTickerMs[f.Symbol] = ticker.TimeMs;
            entry.Topic.Publish(StreamEvents.BookTicker(w, f, ticker, nowMs));
        }
    }

    public void OnForceOrder(WireWriter w, SymbolFormat f, ExecutionEvent execution, long nowMs)
    {
        foreach (var entry in _entries)
        {
            if (entry.Name.Kind == StreamKind.ForceOrder && entry.Topic.HasSessions) entry.Topic.Publish(MarketEvents.ForceOrder(w, f, execution, nowMs));
        }
    }

    private static bool TryWrite(WireWriter w, StreamKind kind, SymbolStreams symbol, long timeMs, long nowMs)
    {
        var (f, history) = (symbol.Format, symbol.History);
        if (kind == StreamKind.MarkPrice)
        {
            if (history.LastMark.TimeMs == 0) return false;
            StreamEvents.MarkPriceObject(w, f, history.LastMark, nowMs);
            return true;
        }
        if (history.Day(timeMs) is not { } day || history.LastTrade is not { } last) return false;
        if (kind == StreamKind.Ticker) MarketEvents.Ticker(w, f, day, last, nowMs);
        else MarketEvents.MiniTicker(w, f, day, nowMs);
        return true;
    }

    private sealed class Entry(StreamName name, StreamTopic topic)
    {
        public StreamName Name => name;

        public StreamTopic Topic => topic;

        public long PublishedMs { get; set; } = long.MinValue / 2;
    }
}
