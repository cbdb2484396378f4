using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>The streams of one symbol that are made of its history: candles, day statistics, liquidations. Guarded by the protocol's gate.</summary>
internal sealed class SymbolStatistics(SymbolFormat format, SymbolHistory history)
{
    private const long KlineMs = 250;
    private const long TickerMs = 2000;
    private const long ForceOrderMs = 1000;

    private readonly List<KlineTopic> _klines = [];
    private StreamTopic? _ticker;
    private StreamTopic? _miniTicker;
    private StreamTopic? _forceOrder;
    private long _tickerMs = long.MinValue / 2;
    private long _forceOrderMs = long.MinValue / 2;

    public void Add(StreamName name, StreamTopic topic)
    {
        switch (name.Kind)
        {
            case StreamKind.Kline or StreamKind.ContinuousKline:
                _klines.Add(new KlineTopic(topic, name.Interval!, KlineInterval.FindMs(name.Interval!)!.Value, name.Kind == StreamKind.ContinuousKline));
                break;
            case StreamKind.Ticker:
                _ticker = topic;
                break;
            case StreamKind.MiniTicker:
                _miniTicker = topic;
                break;
            case StreamKind.ForceOrder:
                _forceOrder = topic;
                break;
        }
    }

    /// <summary>Publishes what is due at a market time; <paramref name="hasTraded"/> says that the open candles changed.</summary>
    public void Publish(WireWriter w, long timeMs, bool hasTraded, long nowMs)
    {
        foreach (var kline in _klines)
        {
            if (kline.Topic.HasSessions) Publish(w, kline, timeMs, hasTraded, nowMs);
        }
        if (timeMs - _tickerMs < TickerMs || (_ticker is not { HasSessions: true } && _miniTicker is not { HasSessions: true })) return;
        if (history.Day(timeMs) is not { } day || history.LastTrade is not { } last) return;
        _tickerMs = timeMs;
        if (_ticker is { HasSessions: true })
        {
            MarketEvents.Ticker(w.Reset(), format, day, last, nowMs);
            _ticker.Publish(w);
        }
        if (_miniTicker is not { HasSessions: true }) return;
        MarketEvents.MiniTicker(w.Reset(), format, day, nowMs);
        _miniTicker.Publish(w);
    }

    /// <summary>At most one a second; the rest is not told, as with the venue.</summary>
    public void OnForceOrder(WireWriter w, ExecutionEvent execution, long timeMs, long nowMs)
    {
        if (_forceOrder is not { HasSessions: true } || timeMs - _forceOrderMs < ForceOrderMs) return;
        _forceOrderMs = timeMs;
        _forceOrder.Publish(MarketEvents.ForceOrder(w, format, execution, nowMs));
    }

    private void Publish(WireWriter w, KlineTopic kline, long timeMs, bool hasTraded, long nowMs)
    {
        var openMs = KlineInterval.OpenMs(kline.IntervalMs, timeMs);
        if (kline.OpenMs != 0 && kline.OpenMs < openMs)
        {
            // The last word on a candle comes with the first sign of the next one.
            Tell(w, kline, kline.OpenMs, isClosed: true, nowMs);
            kline.PublishedMs = long.MinValue / 2;
        }
        kline.OpenMs = openMs;
        kline.HasNews |= hasTraded;
        if (!kline.HasNews || timeMs - kline.PublishedMs < KlineMs) return;
        kline.PublishedMs = timeMs;
        kline.HasNews = false;
        Tell(w, kline, openMs, isClosed: false, nowMs);
    }

    private void Tell(WireWriter w, KlineTopic kline, long openMs, bool isClosed, long nowMs)
    {
        var nextMs = KlineInterval.NextMs(kline.IntervalMs, openMs);
        if (history.Fold(openMs, nextMs) is { } candle)
            kline.Topic.Publish(MarketEvents.Kline(w, format, candle, kline.Interval, nextMs, isClosed, kline.IsContinuous, nowMs));
    }

    private sealed class KlineTopic(StreamTopic topic, string interval, long intervalMs, bool isContinuous)
    {
        public StreamTopic Topic => topic;

        public string Interval => interval;

        public long IntervalMs => intervalMs;

        public bool IsContinuous => isContinuous;

        public long OpenMs { get; set; }

        public long PublishedMs { get; set; } = long.MinValue / 2;

        public bool HasNews { get; set; }
    }
}
