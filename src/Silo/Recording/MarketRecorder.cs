using System.Globalization;
using Granary.Engine.Market;
using Granary.Grains.Gateway;
using Granary.Journal.Records;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Recording;

/// <summary>
/// Records what the market gateway receives, to tapes by symbol, day and kind. The streams only enqueue; whoever calls <see cref="Drain"/> and
/// <see cref="Flush"/> writes. When the disk stalls, quotes are dropped first, from half of the queue on; trades wait up to the whole of it and are lost then,
/// which is counted and told. Recording never makes trading wait.
/// </summary>
/// <remarks>The members of <see cref="IMarketObserver"/> may be called from any thread, the others from one at a time.</remarks>
public sealed partial class MarketRecorder : IMarketObserver, IRecordingLog
{
    private readonly IReadOnlyList<string> _symbols;
    private readonly RecordingLane<AggTrade>[] _trades;
    private readonly RecordingLane<BookTicker>[] _tickers;
    private readonly RecordingLane<MarkPrice>[] _marks;
    private readonly List<(Action Drain, Action Flush, Action Close, Action Abandon)> _lanes = [];
    private readonly List<IncidentRecord> _incidents = [];
    private readonly TimeProvider _time;
    private readonly ILogger<MarketRecorder> _logger;
    private bool _isFailing;
    private bool _hasFailedSinceFlush;

    /// <summary>Creates the recorder; files are opened with the first row.</summary>
    /// <param name="options">What is recorded and where.</param>
    /// <param name="symbols">The engine's symbols.</param>
    /// <param name="time">The clock that incidents are dated by.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="logger">Log.</param>
    public MarketRecorder(RecordingSection options, IReadOnlyList<string> symbols, TimeProvider time, RecordingMetrics metrics, ILogger<MarketRecorder> logger)
    {
        _symbols = symbols;
        _time = time;
        _logger = logger;
        Budget = new RowBudget(options.QueueMax);
        metrics.Observe(Budget);
        _trades = Lanes(RecordedKinds.AggTrades);
        _tickers = Lanes(RecordedKinds.BookTickers);
        _marks = Lanes(RecordedKinds.MarkPrices);

        RecordingLane<TRow>[] Lanes<TRow>(RecordedKind<TRow> kind)
            where TRow : struct =>
            options.Kinds.Contains(kind.Name, StringComparer.OrdinalIgnoreCase) ? [.. symbols.Select(s => Lane(s, kind))] : [];

        RecordingLane<TRow> Lane<TRow>(string symbol, RecordedKind<TRow> kind)
            where TRow : struct
        {
            var tape = new DailyTape<TRow>(Path.Combine(options.Folder, symbol), symbol, kind, options.DaysKept, this);
            var lane = new RecordingLane<TRow>(kind, tape, Budget, metrics);
            _lanes.Add((lane.Drain, lane.Flush, tape.Close, tape.Abandon));
            return lane;
        }
    }

    /// <summary>Rows that wait, and may.</summary>
    public RowBudget Budget { get; }

    /// <inheritdoc/>
    public void OnTrades(int symbolIndex, AggTrade[] trades)
    {
        if (_trades.Length > 0) _trades[symbolIndex].Enqueue(trades);
    }

    /// <inheritdoc/>
    public void OnBookTicker(int symbolIndex, in BookTicker ticker)
    {
        if (_tickers.Length > 0) _tickers[symbolIndex].Enqueue(new ReadOnlySpan<BookTicker>(in ticker));
    }

    /// <inheritdoc/>
    public void OnMarkPrice(int symbolIndex, in MarkPrice mark)
    {
        if (_marks.Length > 0) _marks[symbolIndex].Enqueue(new ReadOnlySpan<MarkPrice>(in mark));
    }

    /// <summary>Writes what waits, as far as the disk takes it.</summary>
    public void Drain() => Try(_lanes.Select(l => l.Drain));

    /// <summary>Makes what was drained survive a kill of the process, and tells of trades that were lost.</summary>
    public void Flush()
    {
        Try(_lanes.Select(l => l.Flush));
        // Draining alone proves nothing: it may only have filled a block.
        if (_isFailing && !_hasFailedSinceFlush)
        {
            _isFailing = false;
            LogRecovered();
        }
        _hasFailedSinceFlush = false;
        for (var i = 0; i < _trades.Length; i++)
        {
            var (rows, first, last) = _trades[i].TakeLost();
            if (rows == 0) continue;
            LogLost(_symbols[i], rows, first, last);
            AddIncident(
                _symbols[i], "TradesNotRecorded",
                string.Create(CultureInfo.InvariantCulture, $"{rows} trades between {first} and {last} found the recorder's queue full"),
                "they are left out of the tape; trading goes on", "the tape has a hole");
        }
    }

    /// <summary>Incidents since the last call.</summary>
    public IReadOnlyList<IncidentRecord> TakeIncidents()
    {
        IncidentRecord[] taken = [.. _incidents];
        _incidents.Clear();
        return taken;
    }

    /// <summary>Writes what has gathered and closes the tapes.</summary>
    public void Close()
    {
        Drain();
        Flush();
        Try(_lanes.Select(l => l.Close));
    }

    /// <summary>Closes the tapes without what was not flushed, as a kill does.</summary>
    public void Abandon()
    {
        foreach (var lane in _lanes) lane.Abandon();
    }

    void IRecordingLog.Damaged(string symbol, string error, string movedTo)
    {
        LogDamaged(error, movedTo);
        AddIncident(symbol, "TapeDamaged", error, $"moved to {Path.GetFileName(movedTo)}, a new tape begun", "recording goes on");
    }

    void IRecordingLog.Torn(string file, long bytes) => LogTorn(file, bytes);

    void IRecordingLog.Untidy(string file, Exception error) => LogUntidy(error, file);

    /// <summary>One lane that fails does not keep the others from being written. A failure is told once, until a whole round has succeeded.</summary>
    private void Try(IEnumerable<Action> actions)
    {
        Exception? failure = null;
        foreach (var action in actions)
        {
            try
            {
                action();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or Tape.TapeException)
            {
                failure ??= error;
            }
        }
        if (failure is null) return;
        _hasFailedSinceFlush = true;
        if (_isFailing) return;
        _isFailing = true;
        LogFailing(failure);
        AddIncident(null, "RecordingFailed", failure.Message, "rows wait in memory, and are tried again", "quotes, then trades, are lost when the queue is full");
    }

    private void AddIncident(string? symbol, string kind, string seen, string done, string result) =>
        _incidents.Add(new IncidentRecord(symbol is null ? "recording" : $"symbol {symbol}", kind, seen, done, result, _time.GetUtcNow().ToUnixTimeMilliseconds()));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Symbol}: {Rows} trades between {FirstId} and {LastId} are not recorded: the queue is full, the disk too slow")]
    private partial void LogLost(string symbol, long rows, long firstId, long lastId);

    [LoggerMessage(Level = LogLevel.Error, Message = "a tape is damaged and was moved to {MovedTo}; a new one begins: {Error}")]
    private partial void LogDamaged(string error, string movedTo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}: {Bytes} bytes of an unfinished block were cut off; the silo was killed, or the power failed, while it was written")]
    private partial void LogTorn(string file, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} could not be compacted or deleted; it stays as it is")]
    private partial void LogUntidy(Exception exception, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "market data cannot be recorded; it is tried again: look at the disk and the folder's permissions")]
    private partial void LogFailing(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "market data are recorded again")]
    private partial void LogRecovered();
}
