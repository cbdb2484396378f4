using System.Globalization;
using Granary.Engine.Feeds;
using Granary.Engine.Market;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Telemetry;
using Granary.Journal;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Gateway;

/// <summary>
/// Runs the backup feeds beside the primary and judges each symbol's primary by silence and by price. A change of the judgement is an incident and a metric;
/// the symbol's grain is told, and told again every second, so that neither a lost notice nor a restarted grain trades on with an old one.
/// </summary>
public sealed partial class FeedWatch
{
    private static readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(10);
    private const long TellIntervalMs = 1_000;
    private readonly EngineSettings _settings;
    private readonly IReadOnlyList<BackupFeed> _backups;
    private readonly TimeProvider _time;
    private readonly EngineMetrics _metrics;
    private readonly ILogger<FeedWatch> _logger;
    private readonly StreamIncidents _incidents;
    private readonly WatchedSymbol[] _symbols;

    /// <summary>Creates the watch; <see cref="RunAsync"/> starts it.</summary>
    /// <exception cref="ArgumentException">An option of the comparison is out of its range, or there is no backup, or more than 8.</exception>
    public FeedWatch(
        EngineSettings settings, IReadOnlyList<BackupFeed> backups, IGrainFactory grains, TimeProvider time, EngineMetrics metrics, ILogger<FeedWatch> logger,
        IJournal? journal = null)
    {
        _settings = settings;
        _backups = backups;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _incidents = new StreamIncidents(journal, time);
        var options = settings.Feeds.Comparison with { Backups = backups.Count };
        _symbols = [.. settings.Symbols.Select(s => new WatchedSymbol(s.Symbol, grains, new FeedComparison(options)))];
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The primary showed a best bid and ask.</summary>
    public void OnPrimary(int symbolIndex, in BookTicker ticker) => _symbols[symbolIndex].Add(0, NowMs, ticker);

    /// <summary>Receives the backups and judges until cancelled. A backup that fails is tried again; the engine goes on without it.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_backups.Select((backup, i) => RunBackupAsync(backup, i + 1, cancellationToken)).Append(JudgeAsync(cancellationToken)).ToArray());

    private async Task RunBackupAsync(BackupFeed backup, int feed, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var listed = (await backup.Market.GetSymbolRulesAsync(cancellationToken)).Select(rules => rules.Symbol).ToHashSet(StringComparer.Ordinal);
                var indices = Enumerable.Range(0, _symbols.Length).Where(i => listed.Contains(_symbols[i].Name)).ToArray();
                foreach (var symbol in _symbols.Where(s => !listed.Contains(s.Name))) LogNotListed(backup.Name, symbol.Name);
                if (indices.Length == 0) return;
                await backup.Market.RunAsync([.. indices.Select(i => _symbols[i].Name)], new Receiver(this, backup.Name, feed, indices), cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(e, backup.Name);
            }

            await Task.Delay(_retryDelay, _time, cancellationToken);
        }
    }

    private async Task JudgeAsync(CancellationToken cancellationToken)
    {
        var interval = TimeSpan.FromMilliseconds(_settings.Feeds.Comparison.SampleMs);
        while (true)
        {
            await Task.Delay(interval, _time, cancellationToken);
            foreach (var symbol in _symbols) Judge(symbol);
        }
    }

    private void Judge(WatchedSymbol symbol)
    {
        var now = NowMs;
        var (verdict, price) = symbol.Judge(now, _settings.Feeds.Policy);
        var decision = FeedDecision.Of(verdict, _settings.Feeds.Policy);
        var isChanged = verdict.Health != symbol.Told;

        // Bars, and with them every signal, are the primary's: with a backup in its place positions are guarded, and nothing is opened.
        var mayOpen = decision.MayOpen && decision.Feed == 0;
        if (!isChanged && price is null && now - symbol.ToldMs < TellIntervalMs) return;
        var backup = verdict.BestBackup is { } best ? _backups[best - 1].Name : "none";
        var deviation = verdict.DeviationBps is { } bps ? bps.ToString("0.##", CultureInfo.InvariantCulture) : "unknown";
        var detail = $"feed={verdict.Health} deviation_bps={deviation} backup={backup} policy={_settings.Feeds.Policy}";
        var tag = new KeyValuePair<string, object?>("symbol", symbol.Name);
        _metrics.FeedHealth.Record((int)verdict.Health, tag);
        if (verdict.DeviationBps is { } known) _metrics.FeedDeviationBps.Record(known, tag);
        if (isChanged)
        {
            LogVerdict(symbol.Name, detail);
            _incidents.Feed(symbol.Name, verdict.Health.ToString(), detail, mayOpen ? "entries allowed" : "entries refused", price is not null);
        }

        (symbol.Told, symbol.ToldMs) = (verdict.Health, now);
        _ = symbol.Grain.OnFeed(new FeedNotice(verdict.Health.ToString(), mayOpen ? "" : detail, detail, price));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: {Detail}")]
    private partial void LogVerdict(string symbol, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "backup feed {Feed} does not list {Symbol}: it is compared without it")]
    private partial void LogNotListed(string feed, string symbol);

    [LoggerMessage(Level = LogLevel.Warning, Message = "backup feed {Feed} failed and is tried again")]
    private partial void LogFailed(Exception exception, string feed);

    [LoggerMessage(Level = LogLevel.Information, Message = "backup feed {Feed} {State}: {Detail}")]
    private partial void LogConnection(string feed, string state, string detail);

    /// <summary>One symbol's comparison, which is fed by several read loops.</summary>
    private sealed class WatchedSymbol(string name, IGrainFactory grains, FeedComparison comparison)
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<int, long> _middles = [];

        public string Name => name;

        // A host makes this before there are grains to ask for.
        public ISymbolGrain Grain => field ??= grains.GetGrain<ISymbolGrain>(name);

        public FeedHealth Told { get; set; }

        public long ToldMs { get; set; } = long.MinValue / 2;

        public void Add(int feed, long nowMs, in BookTicker ticker)
        {
            if (ticker.BidPriceE8 <= 0 || ticker.AskPriceE8 < ticker.BidPriceE8) return;
            var middle = ticker.BidPriceE8 + ((ticker.AskPriceE8 - ticker.BidPriceE8) / 2);
            lock (_gate)
            {
                _middles[feed] = middle;
                comparison.Add(feed, nowMs, middle);
            }
        }

        /// <summary>The verdict, and the price that guards positions where the policy falls back.</summary>
        public (FeedVerdict Verdict, decimal? Price) Judge(long nowMs, FeedPolicy policy)
        {
            lock (_gate)
            {
                var verdict = comparison.Judge(nowMs);
                var feed = FeedDecision.Of(verdict, policy).Feed;
                return (verdict, feed > 0 && _middles.TryGetValue(feed, out var middle) ? Fixed8.ToDecimal(middle) : null);
            }
        }
    }

    /// <summary>Takes the best prices of one backup and lets the rest go by.</summary>
    private sealed class Receiver(FeedWatch watch, string name, int feed, int[] indices) : IMarketDataHandler
    {
        public void OnBookTicker(int symbolIndex, in BookTicker ticker, long receivedTimestamp) =>
            watch._symbols[indices[symbolIndex]].Add(feed, watch.NowMs, ticker);

        public void OnConnection(bool connected, string detail) => watch.LogConnection(name, connected ? "connected" : "lost", detail);

        public void OnAggTrade(int symbolIndex, in AggTrade trade, long receivedTimestamp)
        {
        }

        public void OnDepth(int symbolIndex, in Engine.Book.BookDiff diff, long receivedTimestamp)
        {
        }

        public void OnMarkPrice(int symbolIndex, in MarkPrice mark)
        {
        }

        // Counted by the feed itself.
        public void OnReject(string reason, ReadOnlySpan<byte> frame)
        {
        }

        public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
