using System.Diagnostics.Metrics;
using Granary.Engine.Market;
using Granary.Grains.Configuration;
using Granary.Grains.Gateway;

namespace Granary.Silo.Metrics;

/// <summary>
/// How much each market stream brings and how late, as granary_stream_*, on the meter "Granary". Counting an event costs three writes and no allocation; the
/// instruments read when somebody looks.
/// </summary>
public sealed class StreamMetrics : IMarketObserver
{
    private readonly TimeProvider _time;
    private readonly Stream[] _trades;
    private readonly Stream[] _quotes;
    private readonly Stream[] _marks;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">The host's factory; the meter ends with it.</param>
    /// <param name="settings">The symbols.</param>
    /// <param name="clock">The venue's clock, which events are dated by.</param>
    /// <param name="time">The silo's clock.</param>
    public StreamMetrics(IMeterFactory meters, EngineSettings settings, VenueClock clock, TimeProvider time)
    {
        _time = time;
        _trades = Streams("trades");
        _quotes = Streams("quotes");
        _marks = Streams("marks");
        Stream[] all = [.. _trades, .. _quotes, .. _marks];
        var meter = meters.Create(new MeterOptions("Granary"));
        meter.CreateObservableCounter("granary_stream_events_total", () => all.Select(static s => s.Measure(s.Events)), "events", "Events of the market streams, by symbol and stream.");
        meter.CreateObservableGauge(
            "granary_stream_lag_ms", () => all.Where(static s => s.Events > 0).Select(s => s.Measure(Math.Max(0, s.LagMs + (clock.SkewMs ?? 0)))), "ms",
            "From the time that the newest event bears until it was taken, by symbol and stream, on the venue's clock.");
        meter.CreateObservableGauge(
            "granary_stream_age_ms", () => all.Where(static s => s.Events > 0).Select(s => s.Measure(NowMs - s.TakenMs)), "ms", "Since the newest event was taken, by symbol and stream.");

        Stream[] Streams(string name) => [.. settings.Symbols.Select(s => new Stream(s.Symbol, name))];
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public void OnTrades(int symbolIndex, AggTrade[] trades)
    {
        if (trades.Length > 0) _trades[symbolIndex].Take(trades.Length, trades[^1].TimeMs, NowMs);
    }

    /// <inheritdoc/>
    public void OnBookTicker(int symbolIndex, in BookTicker ticker) => _quotes[symbolIndex].Take(1, ticker.TimeMs, NowMs);

    /// <inheritdoc/>
    public void OnMarkPrice(int symbolIndex, in MarkPrice mark) => _marks[symbolIndex].Take(1, mark.TimeMs, NowMs);

    private sealed class Stream(string symbol, string name)
    {
        private readonly KeyValuePair<string, object?>[] _labels = [new("symbol", symbol), new("stream", name)];
        private long _events;
        private long _takenMs;
        private long _lagMs;

        public long Events => Volatile.Read(ref _events);

        public long TakenMs => Volatile.Read(ref _takenMs);

        public long LagMs => Volatile.Read(ref _lagMs);

        /// <summary>Calls of one symbol and kind do not overlap.</summary>
        public void Take(int count, long timeMs, long nowMs)
        {
            Volatile.Write(ref _lagMs, nowMs - timeMs);
            Volatile.Write(ref _takenMs, nowMs);
            Volatile.Write(ref _events, _events + count);
        }

        public Measurement<long> Measure(long value) => new(value, _labels);
    }
}
