using System.Text.Json;
using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Grains.Configuration;
using Granary.Grains.Explanations;
using Granary.Grains.Gateway;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Strategies;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Strategies;
using Granary.Grains.Telemetry;
using Granary.Journal;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Granary.Grains.Symbols;

/// <summary>
/// One symbol. Owns the pipeline from trades to bars and features, asks the strategies about each closed bar, guards open positions on every trade, and
/// carries what follows to the risk grain. Its state is a snapshot in the journal every few seconds; what came after it is fetched again by trade id.
/// </summary>
[GrainType("symbol")]
public sealed partial class SymbolGrain : Grain, ISymbolGrain
{
    /// <summary>How far the venue's clock may be ahead of the last trade to be believed: an hour.</summary>
    private const long ClockLeadMsMax = 3_600_000;

    private readonly EngineSettings _settings;
    private readonly IJournal _journal;
    private readonly SymbolCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly EngineMetrics _metrics;
    private readonly ILogger<SymbolGrain> _logger;
    private readonly SortedDictionary<string, ProtectedPosition> _guards = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _noticed = new(StringComparer.Ordinal);

    private SymbolSettings _symbol = null!;
    private DecisionOptions _decision = null!;
    private SymbolPipeline _pipeline = null!;
    private SymbolStrategies _strategies = null!;
    private ProtectionInputs _guardInputs = null!;
    private MarketMeasures _measures = null!;
    private readonly RelatedFlow _related = new();
    private string[] _confirms = [];
    private JournalEpoch _epoch = null!;
    private BookTicker _ticker;
    private MarkPrice _mark;
    private BookView? _book;
    private long _bookHeardMs;
    private FeedNotice? _feed;
    private string _silentStreams = "";
    private FundingWatch _funding = new();
    private long _lastDataMs;
    private long _lastMarkSentMs;
    private long _holes;
    private long _snapshotTrades = -1;
    private long _snapshotBar;
    private int _savesPutOff;
    private SignalRound? _lastRound;

    /// <summary>Creates the grain.</summary>
    public SymbolGrain(
        EngineSettings settings, IJournal journal, SymbolCatalog catalog, TimeProvider time, EngineMetrics metrics, ILogger<SymbolGrain> logger)
    {
        _settings = settings;
        _journal = journal;
        _catalog = catalog;
        _time = time;
        _metrics = metrics;
        _logger = logger;
    }

    private string Symbol => _symbol.Symbol;

    private string Owner => $"symbol/{Symbol}";

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _symbol = _settings.Symbols.FirstOrDefault(s => s.Symbol == key)
            ?? throw new KeyNotFoundException($"symbol {key} is not configured; add it to Engine:Symbols");
        if (StrategyList.Complaint(_symbol.Strategies) is { } complaint) throw new KeyNotFoundException($"symbol {key}: {complaint}");
        _decision = new DecisionOptions { Signals = _symbol.Signals, RegimeFactors = _symbol.RegimeFactors };
        _epoch = await _journal.AcquireEpochAsync(Owner, cancellationToken);
        _pipeline = new SymbolPipeline(_symbol.Pipeline);
        _guardInputs = new ProtectionInputs(_symbol.Signals.StopOfiLookback);
        _measures = new MarketMeasures(_symbol.VolatilityMinutes);
        _confirms = [.. _settings.Symbols.Where(s => s.ConfirmedBy == key).Select(s => s.Symbol)];
        _strategies = new SymbolStrategies(GrainFactory, _symbol, _logger) { Series = new BarSeries(_epoch.Number, _epoch.Number) };
        if (await _journal.Reader.GetSnapshotAsync(Owner, cancellationToken) is { } snapshot) Restore(snapshot.Bytes);
        var interval = TimeSpan.FromMilliseconds(_settings.SnapshotIntervalMs);
        this.RegisterGrainTimer(static (grain, token) => grain.OnTimerAsync(token), this, new GrainTimerCreationOptions(interval, interval) { KeepAlive = true });
        await base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await SaveAsync(cancellationToken);
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask Ping() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask Save() => await SaveAsync(CancellationToken.None);

    /// <inheritdoc/>
    public ValueTask<long> GetNextId() => ValueTask.FromResult(_pipeline.NextId);

    /// <inheritdoc/>
    public ValueTask<DayRange?> GetWantedDays(long nowMs) =>
        ValueTask.FromResult<DayRange?>(_pipeline.WantedDays(nowMs) is var (first, last) ? new DayRange(first, last) : null);

    /// <inheritdoc/>
    public ValueTask SetDays(DayVolume[] days)
    {
        var before = _pipeline.VolumeThreshold;
        foreach (var day in days) _pipeline.SetDay(day.DayStartMs, day.Volume);
        if (_pipeline.VolumeThreshold != before) LogThreshold(Symbol, before, _pipeline.VolumeThreshold, days.Length);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<IngestAnswer> Ingest(TradeBatch batch)
    {
        var trades = batch.Trades;
        var isFirst = _pipeline.NextId == 0;
        if (!isFirst && trades[0].Id > _pipeline.NextId && !batch.AcceptHole) return new IngestAnswer(_pipeline.NextId, false);
        _lastDataMs = NowMs;
        var taken = 0L;
        for (var i = 0; i < trades.Length; i++)
        {
            if (trades[i].Id < _pipeline.NextId) continue;
            if (_pipeline.NextId != 0 && trades[i].Id > _pipeline.NextId) await TakeHoleAsync(trades[i].Id);
            taken++;
            if (batch.IsLive)
            {
                if (_tradedE8 == 0) _tradedSinceMs = _lastDataMs;
                _tradedE8 += trades[i].QuantityE8;
            }

            var accepted = _pipeline.AcceptedCount;
            var closed = _pipeline.Add(trades[i]);

            // A print that cleaning refused must not trigger a stop; a stop raised by this bar must not be hit by this bar's own trades.
            if (_guards.Count > 0 && _pipeline.AcceptedCount != accepted) await GuardAsync(trades[i], batch.ReceivedTimestamp);
            if (closed) await OnBarAsync(_pipeline.LastBar!, batch);
        }

        _metrics.Trades.Add(taken, new KeyValuePair<string, object?>("symbol", Symbol));

        // From the first trade on, the place in the stream is durable: a restart asks for what it missed instead of starting anywhere.
        if (isFirst) await SaveAsync(CancellationToken.None);
        return new IngestAnswer(_pipeline.NextId, true);
    }

    /// <inheritdoc/>
    public async Task OnQuote(QuoteNotice notice)
    {
        if (notice.Ticker.UpdateId >= _ticker.UpdateId) _ticker = notice.Ticker;
        var now = NowMs;
        if (notice.Book is { } book) (_book, _bookHeardMs) = (book, now);
        _lastDataMs = now;
        if (notice.Mark.TimeMs == 0) return;
        _mark = notice.Mark;
        _measures.OnMark(_mark);
        if (_funding.Add(_mark) is { } settled) _pipeline.AddFunding(settled);

        // The venue's own clock closes the time bars of a silent market. One that the trades are far behind of would close bars whose trades are still to come.
        if (_mark.TimeMs - _pipeline.LastTradeTimeMs < ClockLeadMsMax) _pipeline.Advance(_mark.TimeMs);
        if (now - _lastMarkSentMs < 1_000) return;
        _lastMarkSentMs = now;
        TellExecution();
        var told = new MarkNotice(
            Symbol, _mark.Mark, Math.Max(_mark.TimeMs, _pipeline.LastTradeTimeMs), _mark.FundingRate, _mark.NextFundingTimeMs, _measures.Volatility,
            _measures.PriceImpact);
        foreach (var account in _symbol.Accounts) await GrainFactory.GetGrain<IRiskGrain>(account).OnMark(told);
    }

    /// <inheritdoc/>
    public async Task OnFeed(FeedNotice notice)
    {
        _feed = notice;
        if (notice.BackupPrice is { } price && _guards.Count > 0) await GuardByBackupAsync(price);
    }

    /// <inheritdoc/>
    public Task OnStreams(StreamNotice notice)
    {
        _silentStreams = notice.Doubt;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnRelatedBar(RelatedBar bar)
    {
        if (bar.Symbol == _symbol.ConfirmedBy) _related.Add(bar);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task OnPosition(PositionNotice notice)
    {
        if (notice.Version < _noticed.GetValueOrDefault(notice.Account)) return;
        _noticed[notice.Account] = notice.Version;
        var held = new HeldPosition(
            notice.Account, notice.Quantity, notice.EntryPrice, notice.Atr, notice.Strategy, notice.OpeningId, notice.Version, notice.ExitReason)
        {
            IsShared = notice.IsShared,
        };
        var isOther = held.Quantity != 0 && ProtectedPosition.IsOther(_guards.GetValueOrDefault(notice.Account), held);
        var sinceMs = isOther ? await EntryTimeMsAsync(notice) : 0;

        // A newer notice may have come in while the journal was read.
        if (notice.Version < _noticed[notice.Account]) return;
        var next = ProtectedPosition.Next(_guards.GetValueOrDefault(notice.Account), held, sinceMs, _guardInputs.Slope, _symbol.Guard);
        if (next is null) _guards.Remove(notice.Account);
        else _guards[notice.Account] = next;
        if (next is { ExitReason.Length: > 0 }) await ProposeExitAsync(next, next.ExitReason, _pipeline.LastPrice, null, 0);
    }

    /// <inheritdoc/>
    public ValueTask<SymbolView> GetView()
    {
        var rejects = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var reason in Enum.GetValues<Engine.Bars.TradeReject>())
        {
            if (reason != Engine.Bars.TradeReject.None && _pipeline.RejectCount(reason) is > 0 and var count) rejects[reason.ToString()] = count;
        }

        var guard = string.Join("; ", _guards.Values.Select(g =>
            $"{g.Account} {g.Strategy} {g.Quantity} from {g.Guard.EntryPrice}: stop {g.Guard.Stop}, {(g.Guard.TrailingActive ? "trailing" : "hard")}, {g.Guard.BarsHeld} bars"));
        return ValueTask.FromResult(new SymbolView(
            Symbol, _pipeline.NextId, _pipeline.TradeCount, rejects, _pipeline.BarCount, _pipeline.BarDigest, _pipeline.LastPrice, _ticker.BidPrice,
            _ticker.AskPrice, _mark.Mark, _pipeline.LastTradeTimeMs, DataAgeMs(), _holes,
            _pipeline.LastBar is { } bar ? JsonSerializer.Serialize(bar.Features, WhyJson.Options) : "",
            _lastRound is null ? "" : JsonSerializer.Serialize(_lastRound, WhyJson.Options), guard, _pipeline.VolumeThreshold,
            _pipeline.LastMinute is { } minute ? JsonSerializer.Serialize(minute, WhyJson.Options) : "", _book,
            string.Join("; ", new[] { _feed?.Detail ?? "", _silentStreams }.Where(text => text.Length > 0))));
    }

    /// <inheritdoc/>
    public ValueTask<BarsView> GetBars(int countMax) =>
        ValueTask.FromResult(new BarsView(_strategies.NewestBars(countMax), _pipeline.Running is { } running ? RunningBarView.From(running) : null));

    private long DataAgeMs() => _lastDataMs == 0 ? long.MaxValue : Math.Max(0, NowMs - _lastDataMs);

    /// <summary>Market time of the decision that opened the position, as the journal has it; without one, of the last trade taken in.</summary>
    private async Task<long> EntryTimeMsAsync(PositionNotice notice)
    {
        try
        {
            var order = await _journal.Reader.GetOrderAsync(notice.Account, notice.OpeningId);
            return order?.MarketTimeMs ?? _pipeline.LastTradeTimeMs;
        }
        catch (JournalException e)
        {
            LogEntryUnread(e, Symbol, notice.OpeningId);
            return _pipeline.LastTradeTimeMs;
        }
    }

    /// <summary>Tells execution also while the market is silent: what was lost of a position is said again all the same.</summary>
    private Task OnTimerAsync(CancellationToken cancellationToken)
    {
        TellExecution();
        return SaveAsync(cancellationToken);
    }

    private async Task TakeHoleAsync(long nextId)
    {
        _pipeline.MarkGap();
        _holes++;
        LogHole(Symbol, _pipeline.NextId, nextId - 1);
        var incident = new IncidentRecord(
            $"symbol {Symbol}", "TradesMissing", $"trades {_pipeline.NextId} to {nextId - 1} never came and the venue cannot show them any more",
            "the running bar is marked incomplete; no strategy fires on it", "bars go on", NowMs);
        await _journal.EnqueueAsync([incident], null);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: trades {FromId} to {ToId} are missing for good; the running bar is incomplete")]
    private partial void LogHole(string symbol, long fromId, long toId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: the journal did not tell when {OpeningId} was decided; its position is guarded from the last trade on")]
    private partial void LogEntryUnread(Exception exception, string symbol, string openingId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Symbol}: bars close at {Now} instead of {Before} from the next one on, by the volumes of {Days} days")]
    private partial void LogThreshold(string symbol, decimal before, decimal now, int days);
}
