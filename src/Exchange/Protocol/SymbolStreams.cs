using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>
/// The market streams of one symbol. An event that nobody listens to costs a comparison and its place in the history. Guarded by the protocol's gate. Topics are few: one per name
/// that <see cref="StreamName"/> knows.
/// </summary>
internal sealed class SymbolStreams(SymbolFormat format)
{
    private readonly Dictionary<string, StreamTopic> _topics = new(StringComparer.Ordinal);
    private readonly DepthChannel[] _depths = [new(100), new(250), new(500)];
    private readonly LocalBook _book = new();
    private StreamTopic? _aggTrade;
    private StreamTopic? _trade;
    private StreamTopic? _bookTicker;
    private StreamTopic? _mark1s;
    private StreamTopic? _mark3s;
    private long _mark3sMs = long.MinValue / 2;

    private SymbolStatistics? _statistics;

    public SymbolFormat Format { get; } = format;

    public SymbolHistory History { get; } = new();

    private SymbolStatistics Statistics => _statistics ??= new SymbolStatistics(Format, History);

    /// <summary>Whether the book waits for a snapshot from outside the exchange's gate.</summary>
    public bool NeedsSnapshot => _book.IsTracking && !_book.IsLive;

    public void Subscribe(StreamName name, string text, StreamSession session)
    {
        if (!_topics.TryGetValue(text, out var topic)) _topics[text] = topic = Create(name, text);
        topic.Add(session);
        if (name.Kind == StreamKind.DepthPartial && !_book.IsTracking) _book.Start();
    }

    public void Unsubscribe(string text, StreamSession session)
    {
        if (!_topics.TryGetValue(text, out var topic)) return;
        topic.Remove(session);
        foreach (var depth in _depths)
        {
            if (!depth.HasSessions) depth.Accumulator.Clear();
        }
        if (_book.IsTracking && !Array.Exists(_depths, depth => depth.HasPartialSessions)) _book.Stop();
    }

    /// <summary>Gives the book its snapshot.</summary>
    /// <returns>False when it needs a newer one.</returns>
    public bool Seed(DepthSnapshot snapshot) => _book.Seed(snapshot);

    public void OnAggTrade(WireWriter w, in AggTrade trade, long nowMs)
    {
        History.Add(trade);
        if (_aggTrade is { HasSessions: true }) _aggTrade.Publish(StreamEvents.AggTrade(w, Format, trade, nowMs));
        if (_trade is { HasSessions: true }) _trade.Publish(StreamEvents.Trade(w, Format, trade, nowMs));
        _statistics?.Publish(w, trade.TimeMs, hasTraded: true, nowMs);
    }

    public void OnBookTicker(WireWriter w, in BookTicker ticker, long nowMs)
    {
        History.LastTicker = ticker;
        if (_bookTicker is { HasSessions: true }) _bookTicker.Publish(StreamEvents.BookTicker(w, Format, ticker, nowMs));
        FlushDepth(w, ticker.TimeMs, nowMs);
    }

    public void OnMarkPrice(WireWriter w, in MarkPrice mark, long nowMs)
    {
        History.Add(mark);
        if (_mark1s is { HasSessions: true }) _mark1s.Publish(StreamEvents.MarkPrice(w, Format, mark, nowMs));
        if (_mark3s is { HasSessions: true } && mark.TimeMs - _mark3sMs >= 3000)
        {
            _mark3sMs = mark.TimeMs;
            _mark3s.Publish(StreamEvents.MarkPrice(w, Format, mark, nowMs));
        }
        FlushDepth(w, mark.TimeMs, nowMs);
        _statistics?.Publish(w, mark.TimeMs, hasTraded: false, nowMs);
    }

    public void OnForceOrder(WireWriter w, ExecutionEvent execution, long timeMs, long nowMs) =>
        _statistics?.OnForceOrder(w, execution, timeMs, nowMs);

    /// <summary>Publishes or accumulates a diff.</summary>
    /// <returns>False when the book lost the thread and needs a snapshot.</returns>
    public bool OnDepth(WireWriter w, DepthDiff diff, long nowMs)
    {
        var follows = _book.Apply(diff);
        foreach (var depth in _depths)
        {
            if (depth.HasSessions && depth.Accumulator.Add(diff) is { } due) PublishDepth(w, depth, due, nowMs);
        }
        return follows;
    }

    /// <summary>Sends out merged diffs whose interval ended without a further diff; without it the last change before a lull would wait.</summary>
    private void FlushDepth(WireWriter w, long timeMs, long nowMs)
    {
        foreach (var depth in _depths)
        {
            if (depth.Accumulator.Flush(timeMs) is { } due) PublishDepth(w, depth, due, nowMs);
        }
    }

    private void PublishDepth(WireWriter w, DepthChannel depth, DepthDiff diff, long nowMs)
    {
        foreach (var topic in depth.Diffs)
        {
            if (topic.HasSessions) topic.Publish(StreamEvents.Depth(w, Format, diff, diff.Bids, diff.Asks, nowMs));
        }
        if (!_book.IsLive) return;
        foreach (var (levels, topic) in depth.Partials)
        {
            if (topic.HasSessions) topic.Publish(StreamEvents.Depth(w, Format, diff, _book.Bids(levels), _book.Asks(levels), nowMs));
        }
    }

    private StreamTopic Create(StreamName name, string text)
    {
        var topic = new StreamTopic(text, name.Conflates);
        switch (name.Kind)
        {
            case StreamKind.AggTrade:
                _aggTrade = topic;
                break;
            case StreamKind.Trade:
                _trade = topic;
                break;
            case StreamKind.BookTicker:
                _bookTicker = topic;
                break;
            case StreamKind.MarkPrice when name.IntervalMs == 1000:
                _mark1s = topic;
                break;
            case StreamKind.MarkPrice:
                _mark3s = topic;
                break;
            case StreamKind.Kline or StreamKind.ContinuousKline or StreamKind.Ticker or StreamKind.MiniTicker or StreamKind.ForceOrder:
                Statistics.Add(name, topic);
                break;
            case StreamKind.DepthDiff:
                Channel(name).Diffs.Add(topic);
                break;
            case StreamKind.DepthPartial:
                Channel(name).Partials.Add((name.Levels, topic));
                break;
        }
        return topic;
    }

    private DepthChannel Channel(StreamName name) => Array.Find(_depths, depth => depth.IntervalMs == name.IntervalMs)!;
}
