using System.Globalization;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Supervision;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Supervision;
using Granary.Grains.Telemetry;
using Granary.Journal;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Gateway;

/// <summary>
/// Owns the market sockets of this silo. The read loop decodes and hands over; it never runs a strategy. Trades and their order are kept whole, quotes
/// conflate to one per <see cref="EngineSettings.QuoteIntervalMs"/>.
/// </summary>
public sealed partial class MarketGateway : IMarketDataHandler
{
    private readonly EngineSettings _settings;
    private readonly IMarketDataPort _market;
    private readonly TimeProvider _time;
    private readonly EngineMetrics _metrics;
    private readonly ILogger<MarketGateway> _logger;
    private readonly IGrainFactory _grains;
    private readonly IMarketObserver? _observer;
    private readonly StreamIncidents _incidents;
    private readonly FeedWatch? _watch;
    private readonly WatchdogFindings? _findings;
    private SymbolFeed[] _feeds = [];
    private volatile bool _hasQuoteConnection;
    private volatile bool _areQuotesUp;
    private int _waiting;
    private readonly AsyncSignal _room = new();
    private long _rejects;

    /// <summary>Creates the gateway; <see cref="RunAsync"/> starts it. An observer, if there is one, is shown everything that is received.</summary>
    public MarketGateway(
        EngineSettings settings, IGrainFactory grains, IMarketDataPort market, TimeProvider time, EngineMetrics metrics, ILogger<MarketGateway> logger,
        IMarketObserver? observer = null, IJournal? journal = null, FeedWatch? watch = null, WatchdogFindings? findings = null)
    {
        _settings = settings;
        _market = market;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _grains = grains;
        _observer = observer;
        _incidents = new StreamIncidents(journal, time);
        _watch = watch;
        _findings = findings;
    }

    /// <summary>Whether the trade stream is connected.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>The last thing said about the connection.</summary>
    public string ConnectionDetail { get; private set; } = "not connected yet";

    /// <summary>Frames that could not be understood since the start.</summary>
    public long Rejects => Interlocked.Read(ref _rejects);

    /// <summary>Trades of each symbol that were received and not yet handed to its grain; empty before the start.</summary>
    public IEnumerable<(string Symbol, int Trades)> Pending => _feeds.Select(static feed => (feed.Symbol, feed.PendingCount));

    /// <summary>Receives and delivers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _feeds =
        [
            .. _settings.Symbols.Select((s, i) => new SymbolFeed(s.Symbol, _settings, _grains.GetGrain<ISymbolGrain>(s.Symbol), _market, _time, _metrics, _logger)
            {
                RoomSignal = _room,
                Incidents = _incidents,
                TradesDelivered = _observer is null ? null : trades => _observer.OnTrades(i, trades),
            }),
        ];
        var tasks = _feeds.Select(f => f.RunAsync(cancellationToken)).ToList();
        tasks.Add(FlushQuotesAsync(cancellationToken));
        tasks.Add(_market.RunAsync([.. _settings.Symbols.Select(s => s.Symbol)], this, cancellationToken));
        if (_watch is not null) tasks.Add(_watch.RunAsync(cancellationToken));
        if (_findings is not null && _settings.Watchdog.StreamSilentMs > 0)
        {
            var feeds = _settings.Symbols.Select((s, i) => (s.Symbol, _feeds[i], _grains.GetGrain<ISymbolGrain>(s.Symbol))).ToArray();
            var supervisor = new StreamSupervisor(_settings.Watchdog, feeds, _market, _findings, _time, _logger, IsUp);
            tasks.Add(supervisor.RunAsync(cancellationToken));
        }

        await Task.WhenAll(tasks);
    }

    /// <summary>The queues of trades, one for each symbol, for a watchdog.</summary>
    public IEnumerable<WatchedQueue> Queues() => _settings.Symbols.Select((s, i) => new WatchedQueue(
        $"trades of {s.Symbol}", () => i < _feeds.Length ? _feeds[i].PendingCount : 0, _settings.PendingTradesMax, _settings.Watchdog.Queue)
    {
        AtBound = "at the bound the socket waits; trades are never dropped",
        Told = () => string.Create(
            CultureInfo.InvariantCulture, $"batches grow; {(i < _feeds.Length ? _feeds[i].Conflated : 0)} quotes conflated since the start"),
    });

    /// <summary>While nothing is read, because there is no connection or because we make it wait, silence says nothing.</summary>
    private bool IsUp(MarketStream stream) => Volatile.Read(ref _waiting) == 0
        && (stream is MarketStream.Trades or MarketStream.MarkPrice || !_hasQuoteConnection ? IsConnected : _areQuotesUp);

    /// <inheritdoc/>
    public void OnAggTrade(int symbolIndex, in AggTrade trade, long receivedTimestamp) => _feeds[symbolIndex].OnTrade(trade, receivedTimestamp);

    /// <inheritdoc/>
    public void OnBookTicker(int symbolIndex, in BookTicker ticker, long receivedTimestamp)
    {
        _feeds[symbolIndex].OnTicker(ticker);
        _watch?.OnPrimary(symbolIndex, ticker);
        _observer?.OnBookTicker(symbolIndex, ticker);
    }

    /// <inheritdoc/>
    public void OnDepth(int symbolIndex, in BookDiff diff, long receivedTimestamp) => _feeds[symbolIndex].OnDepth(diff);

    /// <inheritdoc/>
    public void OnMarkPrice(int symbolIndex, in MarkPrice mark)
    {
        _feeds[symbolIndex].OnMark(mark);
        _observer?.OnMarkPrice(symbolIndex, mark);
    }

    /// <inheritdoc/>
    public void OnReject(string reason, ReadOnlySpan<byte> frame)
    {
        _metrics.Rejects.Add(1, new KeyValuePair<string, object?>("reason", reason));
        if (Interlocked.Increment(ref _rejects) <= RejectsLogged)
            LogReject(reason, System.Text.Encoding.UTF8.GetString(frame[..Math.Min(frame.Length, 200)]));
    }

    /// <inheritdoc/>
    public void OnConnection(bool connected, string detail)
    {
        IsConnected = connected;
        ConnectionDetail = detail;
        _metrics.Reconnects.Add(1, new KeyValuePair<string, object?>("stream", "market"), new KeyValuePair<string, object?>("connected", connected));
        LogConnection(connected ? "connected" : "lost", detail);
        _incidents.MarketStream(connected, detail);
        if (!connected) return;
        foreach (var feed in _feeds) feed.OnConnected();
    }

    /// <inheritdoc/>
    public void OnQuoteConnection(bool connected, string detail)
    {
        _metrics.Reconnects.Add(1, new KeyValuePair<string, object?>("stream", "quotes"), new KeyValuePair<string, object?>("connected", connected));
        (_hasQuoteConnection, _areQuotesUp) = (true, connected);
        if (connected) return;
        foreach (var feed in _feeds) feed.OnQuotesLost();
    }

    /// <inheritdoc/>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        foreach (var feed in _feeds)
        {
            if (!feed.HasRoom) return WaitAsync(feed, cancellationToken);
        }

        return ValueTask.CompletedTask;
    }

    private const int RejectsLogged = 100;

    private async ValueTask WaitAsync(SymbolFeed feed, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            while (true)
            {
                var seen = _room.Version;
                if (feed.HasRoom) return;
                await _room.WaitAsync(seen, cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task FlushQuotesAsync(CancellationToken cancellationToken)
    {
        var interval = TimeSpan.FromMilliseconds(Math.Max(1, _settings.QuoteIntervalMs));
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(interval, _time, cancellationToken);
            foreach (var feed in _feeds) feed.FlushQuote();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "market frame rejected ({Reason}): {Frame}")]
    private partial void LogReject(string reason, string frame);

    [LoggerMessage(Level = LogLevel.Information, Message = "market stream {State}: {Detail}")]
    private partial void LogConnection(string state, string detail);
}
