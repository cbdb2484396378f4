using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Supervision;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Telemetry;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Gateway;

/// <summary>
/// Carries one symbol's trades from the read loop to its grain: one sealed batch per turn, the next one gathering meanwhile, so at most two are in flight
/// and the grain's pace is the back-pressure. Ids are consecutive: a hole is filled over REST before anything behind it goes on.
/// </summary>
internal sealed partial class SymbolFeed
{
    private const int BackfillPage = 1_000;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a new connection may bring no trade before those missed are asked for; with the first trade the hole before it shows by itself.</summary>
    private static readonly TimeSpan QuietMax = TimeSpan.FromSeconds(2);

    private readonly string _symbol;
    private readonly EngineSettings _settings;
    private readonly ISymbolGrain _grain;
    private readonly IMarketDataPort _market;
    private readonly TimeProvider _time;
    private readonly EngineMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly AsyncSignal _arrived = new();
    private readonly AsyncSignal _connected = new();
    private readonly List<AggTrade> _pending = [];

    /// <summary>When each of the pending trades was received.</summary>
    private readonly List<long> _received = [];
    private BookTicker _ticker;
    private MarkPrice _mark;
    private bool _quoteChanged;
    private bool _isTickerNew;
    private bool _isQuiet;
    private bool _isCatchUpDue;
    private readonly SymbolBook _book;
    private readonly long[] _events = new long[Enum.GetValues<MarketStream>().Length];
    private long _lastTradeId;
    private long _lastBookId;
    private long _conflated;
    private long _toldConflated;

    public SymbolFeed(
        string symbol, EngineSettings settings, ISymbolGrain grain, IMarketDataPort market, TimeProvider time, EngineMetrics metrics, ILogger logger)
    {
        _symbol = symbol;
        _settings = settings;
        _grain = grain;
        _market = market;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _book = new SymbolBook(symbol, market, time, logger);
    }

    /// <summary>Set when a full feed has room again.</summary>
    public AsyncSignal? RoomSignal { get; set; }

    /// <summary>Records what was fetched; null for no record.</summary>
    public StreamIncidents? Incidents { get; init; }

    /// <summary>Called with each batch that the grain has taken, live or fetched: ids rise, but for what a restarted grain is given again.</summary>
    public Action<AggTrade[]>? TradesDelivered { get; init; }

    /// <summary>Whether the read loop may hand over more.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_gate) return _pending.Count < _settings.PendingTradesMax;
        }
    }

    public string Symbol => _symbol;

    /// <summary>Trades that wait for the grain.</summary>
    public int PendingCount
    {
        get
        {
            lock (_gate) return _pending.Count;
        }
    }

    /// <summary>Quotes that a newer one replaced before the grain saw them, since the start.</summary>
    public long Conflated
    {
        get
        {
            lock (_gate) return _conflated;
        }
    }

    /// <summary>What the streams have brought: events of one of them since the start, and where each stands.</summary>
    public FeedPlace Place(MarketStream stream)
    {
        lock (_gate) return new FeedPlace(_events[(int)stream], _lastTradeId, _lastBookId, _ticker);
    }

    /// <summary>Trades are fetched over REST, because the stream does not bring them.</summary>
    public void CatchUp()
    {
        lock (_gate) _isCatchUpDue = true;
        _arrived.Set();
    }

    public void OnTrade(in AggTrade trade, long receivedTimestamp)
    {
        bool first;
        lock (_gate)
        {
            _events[(int)MarketStream.Trades]++;
            _lastTradeId = Math.Max(_lastTradeId, trade.Id);
            first = _pending.Count == 0;
            _pending.Add(trade);
            _received.Add(receivedTimestamp);
            _isQuiet = false;
        }

        if (first) _arrived.Set();
    }

    public void OnTicker(in BookTicker ticker)
    {
        lock (_gate)
        {
            _events[(int)MarketStream.Quotes]++;
            if (_isTickerNew) _conflated++;
            (_ticker, _isTickerNew) = (ticker, true);
            _quoteChanged = true;
        }

        _book.OnTicker(ticker);
    }

    public void OnDepth(in BookDiff diff)
    {
        _book.OnDepth(diff);
        lock (_gate)
        {
            _events[(int)MarketStream.Book]++;
            _lastBookId = diff.FinalUpdateId;
            _quoteChanged = true;
        }
    }

    /// <summary>The trades' connection was established: some may have been missed before it.</summary>
    public void OnConnected()
    {
        lock (_gate) _isQuiet = true;
        _connected.Set();
    }

    /// <summary>Quotes and changes of the book were missed.</summary>
    public void OnQuotesLost() => _book.OnLost();

    public void OnMark(in MarkPrice mark)
    {
        lock (_gate)
        {
            _events[(int)MarketStream.MarkPrice]++;
            _mark = mark;
            _quoteChanged = true;
        }
    }

    /// <summary>Hands the newest quote to the grain when it changed since the last time.</summary>
    public void FlushQuote()
    {
        BookTicker ticker;
        MarkPrice mark;
        long conflated;
        lock (_gate)
        {
            if (!_quoteChanged) return;
            (_quoteChanged, _isTickerNew) = (false, false);
            (ticker, mark) = (_ticker, _mark);
            (conflated, _toldConflated) = (_conflated - _toldConflated, _conflated);
        }

        if (conflated > 0) _metrics.QuotesConflated.Add(conflated, new KeyValuePair<string, object?>("symbol", _symbol));

        // One-way: nothing to await but the sending; a lost quote is replaced by the next.
        _ = _grain.OnQuote(new QuoteNotice(ticker, mark, _book.View()));
    }

    /// <summary>Runs until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        RunTradesAsync(cancellationToken), WatchQuietAsync(cancellationToken), _book.RunAsync(cancellationToken));

    /// <summary>A market that stands still after an outage shows no hole, because no trade comes behind it: what was missed is asked for then.</summary>
    private async Task WatchQuietAsync(CancellationToken cancellationToken)
    {
        for (var seen = 0L; ;)
        {
            await _connected.WaitAsync(seen, cancellationToken);
            seen = _connected.Version;
            await Task.Delay(QuietMax, _time, cancellationToken);
            lock (_gate)
            {
                if (!_isQuiet) continue;
                _isCatchUpDue = true;
            }

            _arrived.Set();
        }
    }

    private async Task RunTradesAsync(CancellationToken cancellationToken)
    {
        var nextId = await FirstIdAsync(cancellationToken);
        await TellDaysAsync(cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            var seen = _arrived.Version;
            if (TakeCatchUp()) nextId = await CatchUpAsync(nextId, cancellationToken);
            if (PendingCount == 0)
            {
                await _arrived.WaitAsync(seen, cancellationToken);
                continue;
            }

            if (_settings.BatchWaitMs > 0 && PendingCount < _settings.BatchTradesMax)
                await Task.Delay(TimeSpan.FromMilliseconds(_settings.BatchWaitMs), _time, cancellationToken);
            while (Take() is { Trades.Length: > 0 } batch)
                nextId = await DeliverAsync(batch, nextId, cancellationToken);
        }
    }

    private bool TakeCatchUp()
    {
        lock (_gate)
        {
            var isDue = _isCatchUpDue && _pending.Count == 0;
            _isCatchUpDue = false;
            return isDue;
        }
    }

    private TradeBatch? Take()
    {
        AggTrade[] trades;
        long received;
        bool wasFull;
        lock (_gate)
        {
            if (_pending.Count == 0) return null;
            wasFull = _pending.Count >= _settings.PendingTradesMax;
            var count = CountToHole(Math.Min(_pending.Count, _settings.BatchTradesMax));
            trades = new AggTrade[count];
            _pending.CopyTo(0, trades, 0, count);
            _pending.RemoveRange(0, count);

            // Of the oldest: trades that waited for others to be fetched are as old as they are.
            received = _received[0];
            _received.RemoveRange(0, count);
        }

        if (wasFull) RoomSignal?.Set();
        return new TradeBatch(trades, isLive: true, acceptHole: false, received);
    }

    /// <summary>How many of the oldest have no hole between them: a reconnection may lie within what is pending, and a batch is filled before its first only.</summary>
    private int CountToHole(int countMax)
    {
        var lastId = _pending[0].Id;
        for (var i = 1; i < countMax; i++)
        {
            if (_pending[i].Id > lastId + 1) return i;
            lastId = Math.Max(lastId, _pending[i].Id);
        }

        return countMax;
    }

    private async Task<long> FirstIdAsync(CancellationToken cancellationToken)
    {
        var nextId = await RetryAsync(async () => await _grain.GetNextId(), cancellationToken);
        if (nextId != 0 || !_settings.StartFromOldestTrade) return nextId;
        var oldest = await RetryAsync(async () => await _market.GetAggTradesAsync(_symbol, 0, 1, cancellationToken), cancellationToken);
        return oldest.Count == 0 ? 0 : oldest[0].Id;
    }

    /// <summary>Delivers one live batch, after whatever is missing before it. Returns the id needed next.</summary>
    private async Task<long> DeliverAsync(TradeBatch batch, long nextId, CancellationToken cancellationToken)
    {
        var acceptHole = false;
        while (true)
        {
            if (nextId != 0 && batch.Trades[0].Id > nextId && !acceptHole)
            {
                var fromId = nextId;
                nextId = await BackfillAsync(fromId, batch.Trades[0].Id, cancellationToken);
                if (nextId > fromId) Incidents?.Refilled(_symbol, fromId, nextId);
                acceptHole = batch.Trades[0].Id > nextId;
                if (acceptHole)
                {
                    _metrics.Holes.Add(1, new KeyValuePair<string, object?>("symbol", _symbol));
                    LogHole(_symbol, nextId, batch.Trades[0].Id - 1);
                }
            }

            var sent = acceptHole ? new TradeBatch(batch.Trades, batch.IsLive, true, batch.ReceivedTimestamp) : batch;
            var answer = await RetryAsync(async () => await _grain.Ingest(sent), cancellationToken);
            _metrics.Batches.Add(1);
            if (answer.Accepted)
            {
                TradesDelivered?.Invoke(batch.Trades);

                // Whole days may lie in a hole that could not be filled.
                if (acceptHole) await TellDaysAsync(cancellationToken);
                return answer.NextId;
            }

            // The grain lost its place (it was restarted from a snapshot): fill again from there.
            nextId = answer.NextId;
            acceptHole = false;
        }
    }

    /// <summary>Delivers what the venue has from the id needed next on, where nothing live is at hand. Returns the id needed next.</summary>
    private async Task<long> CatchUpAsync(long fromId, CancellationToken cancellationToken)
    {
        if (fromId == 0) return 0;
        var nextId = await BackfillAsync(fromId, null, cancellationToken);
        if (nextId > fromId) Incidents?.Refilled(_symbol, fromId, nextId);
        return nextId;
    }

    /// <summary>Delivers the venue's trades from one id up to, not including, another; without one, up to the newest. Returns the id needed next.</summary>
    private async Task<long> BackfillAsync(long fromId, long? untilId, CancellationToken cancellationToken)
    {
        if (untilId is { } end) LogBackfill(_symbol, fromId, end - 1);
        else LogCatchUp(_symbol, fromId);
        var nextId = fromId;
        while (untilId is null || nextId < untilId)
        {
            var from = nextId;
            var limit = (int)Math.Min(BackfillPage, (untilId ?? long.MaxValue) - from);
            var page = await RetryAsync(async () => await _market.GetAggTradesAsync(_symbol, from, limit, cancellationToken), cancellationToken);
            var trades = page.Where(t => t.Id >= from && (untilId is null || t.Id < untilId)).ToArray();
            if (trades.Length == 0 || trades[0].Id != from) return nextId;
            var answer = await RetryAsync(
                async () => await _grain.Ingest(new TradeBatch(trades, isLive: false, acceptHole: false, _time.GetTimestamp())), cancellationToken);
            _metrics.Backfilled.Add(trades.Length, new KeyValuePair<string, object?>("symbol", _symbol));
            if (answer.Accepted) TradesDelivered?.Invoke(trades);
            nextId = answer.NextId;

            // Without an end the newest page is the last: a market that moves on would be chased for ever.
            if (untilId is null && page.Count < BackfillPage) return nextId;
        }

        return nextId;
    }

    /// <summary>
    /// Daily candles for the calibration of the bar size. Trades gather meanwhile, because the first bar's size hangs on the answer; when none comes they go on
    /// and the size stays as it is.
    /// </summary>
    private async Task TellDaysAsync(CancellationToken cancellationToken)
    {
        if (_settings.Symbols.First(s => s.Symbol == _symbol).Pipeline.Calibration is null) return;
        try
        {
            if (await _grain.GetWantedDays(await _market.GetServerTimeMsAsync(cancellationToken)) is not { } days) return;
            var limit = (int)((days.LastMs - days.FirstMs) / KlineInterval.Day.DurationMs) + 1;
            var candles = await _market.GetKlinesAsync(_symbol, KlineInterval.Day, days.FirstMs, days.LastMs, limit, cancellationToken);
            if (candles.Count > 0) await _grain.SetDays([.. candles.Select(candle => new DayVolume(candle.OpenTimeMs, candle.Volume))]);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogDaysUnknown(e, _symbol);
        }
    }

    /// <summary>Trades are never dropped: a call that fails is made again, at one pace, until the silo stops. The grain skips what it has.</summary>
    private async Task<T> RetryAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogRetry(e, _symbol);
                await Task.Delay(RetryDelay, _time, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Symbol}: filling trades {FromId} to {ToId} over REST")]
    private partial void LogBackfill(string symbol, long fromId, long toId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Symbol}: no trade comes; asking for those from {FromId} on over REST")]
    private partial void LogCatchUp(string symbol, long fromId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: trades {FromId} to {ToId} are not to be had any more; the running bar is incomplete")]
    private partial void LogHole(string symbol, long fromId, long toId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: the daily candles are not to be had; bars keep their size until enough days have been seen")]
    private partial void LogDaysUnknown(Exception exception, string symbol);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: a call on the way to the grain failed and is made again")]
    private partial void LogRetry(Exception exception, string symbol);
}
