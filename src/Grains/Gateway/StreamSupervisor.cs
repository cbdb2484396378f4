using System.Globalization;
using Granary.Engine.Supervision;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Supervision;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Gateway;

/// <summary>
/// Watches each stream of each symbol on its own. One that is silent while its market is not is told of, subscribed anew, and until it speaks the symbol opens
/// nothing; the trades that it does not bring are fetched. Nothing is opened either while the connection of one of them is away.
/// </summary>
internal sealed partial class StreamSupervisor
{
    private const int WeightWindowMs = 60_000;

    /// <summary>Rounds in which the end of a doubt is told: a notice may be lost.</summary>
    private const int ClearRounds = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly WatchdogSettings _settings;
    private readonly IMarketDataPort _market;
    private readonly WatchdogFindings _findings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<MarketStream, bool> _isUp;
    private readonly Watched[] _streams;
    private readonly Told[] _symbols;
    private long _windowMs;
    private int _weight;

    /// <summary>Creates the supervisor; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="settings">When a stream is silent.</param>
    /// <param name="feeds">The symbols with their grains.</param>
    /// <param name="market">Whom to ask, and who subscribes.</param>
    /// <param name="findings">Told what is found.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="isUp">Whether the connection of a kind of stream is there and being read.</param>
    public StreamSupervisor(
        WatchdogSettings settings, IReadOnlyList<(string Symbol, SymbolFeed Feed, ISymbolGrain Grain)> feeds, IMarketDataPort market, WatchdogFindings findings,
        TimeProvider time, ILogger logger, Func<MarketStream, bool> isUp)
    {
        (_settings, _market, _findings, _time, _logger, _isUp) = (settings, market, findings, time, logger, isUp);
        var kinds = Enum.GetValues<MarketStream>().Where(kind => kind != MarketStream.Book || market.ReceivesBooks).ToArray();
        _symbols = [.. feeds.Select(f => new Told(f.Symbol, f.Grain))];
        _streams =
        [
            .. feeds.SelectMany((f, i) => kinds.Select(kind => new Watched(
                i, kind, f.Feed, new StreamLiveness(settings.StreamSilentMs, kind == MarketStream.MarkPrice, settings.StreamRetryMs),
                new StreamEvidence(f.Symbol, market, time)))),
        ];
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Interval, _time, cancellationToken);
            var now = NowMs;
            var asks = new List<Watched>();
            foreach (var stream in _streams) Look(stream, now, asks);
            foreach (var stream in asks.OrderBy(s => s.AskedMs)) Ask(stream, now, cancellationToken);
            TellGrains(now);
        }
    }

    private void Look(Watched stream, long now, List<Watched> asks)
    {
        var isUp = _isUp(stream.Kind);
        if (isUp) stream.UpMs = now;
        if (!stream.IsAsking && stream.Answer is var (events, isMissing))
        {
            stream.Answer = null;
            stream.Liveness.Answer(now, events, isMissing);
        }

        switch (stream.Liveness.Look(now, stream.Feed.Place(stream.Kind).Events, !isUp))
        {
            case StreamAction.Ask:
                asks.Add(stream);
                break;
            case StreamAction.Silent:
                stream.SilentMs = stream.Liveness.HeardMs;
                var done = Mend(stream) ? "subscribed anew" : "the venue's client cannot subscribe it anew";
                _findings.Raise(
                    IncidentKinds.StreamSilent, Scope(stream), $"nothing for {Seconds(now - stream.SilentMs)}, although the venue has something to say", done,
                    "entries refused until it is heard");
                break;
            case StreamAction.StillSilent:
                LogStillSilent(Scope(stream), Seconds(now - stream.SilentMs), Mend(stream));
                break;
            case StreamAction.Heard:
                _findings.Resolve(
                    IncidentKinds.StreamHeard, IncidentKinds.StreamSilent, Scope(stream), $"heard again after {Seconds(now - stream.SilentMs)}",
                    "entries allowed");
                break;
        }
    }

    /// <returns>Whether the stream is subscribed anew.</returns>
    private bool Mend(Watched stream)
    {
        // Positions are guarded by trades: those that do not come are fetched, and say so.
        if (stream.Kind == MarketStream.Trades) stream.Feed.CatchUp();
        return _market.Resubscribe(_symbols[stream.Symbol].Name, stream.Kind);
    }

    /// <summary>Puts the question unless it would cost more than the watch may use; those that waited longest come first.</summary>
    private void Ask(Watched stream, long now, CancellationToken cancellationToken)
    {
        if (stream.IsAsking) return;
        var place = stream.Feed.Place(stream.Kind);
        var weight = StreamEvidence.WeightOf(stream.Kind, place);
        if (now - _windowMs >= WeightWindowMs) (_windowMs, _weight) = (now, 0);
        if (_weight + weight > _settings.StreamWeightPerMinute) return;
        _weight += weight;
        (stream.IsAsking, stream.AskedMs) = (true, now);
        _ = AskAsync(stream, place, cancellationToken);
    }

    private async Task AskAsync(Watched stream, FeedPlace place, CancellationToken cancellationToken)
    {
        try
        {
            stream.Answer = await stream.Evidence.IsMissingAsync(stream.Kind, place, cancellationToken) is { } isMissing ? (place.Events, isMissing) : null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogNotAsked(Scope(stream), e.Message);
        }
        finally
        {
            stream.IsAsking = false;
        }
    }

    private void TellGrains(long now)
    {
        var doubts = _streams.ToLookup(s => s.Symbol, s => Doubt(s, now));
        for (var i = 0; i < _symbols.Length; i++)
        {
            var doubt = string.Join(", ", doubts[i].OfType<string>());
            var told = _symbols[i];
            if (doubt != told.Doubt) (told.Doubt, told.RoundsLeft) = (doubt, ClearRounds);
            if (doubt.Length == 0 && told.RoundsLeft-- <= 0) continue;
            _ = told.Grain.OnStreams(new StreamNotice(doubt));
        }
    }

    private string? Doubt(Watched stream, long now) => stream.Liveness.IsSilent ? $"stream={Name(stream.Kind)} silent"
        : stream.UpMs != 0 && now - stream.UpMs >= _settings.StreamSilentMs ? $"stream={Name(stream.Kind)} not connected"
        : null;

    private string Scope(Watched stream) => $"symbol {_symbols[stream.Symbol].Name} {Name(stream.Kind)}";

    private static string Name(MarketStream stream) => stream switch
    {
        MarketStream.Trades => "trades",
        MarketStream.Quotes => "quotes",
        MarketStream.Book => "book",
        _ => "mark price",
    };

    private static string Seconds(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 1_000.0:0.#} s");

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Stream} is still silent after {Silence}; subscribed anew: {IsMended}")]
    private partial void LogStillSilent(string stream, string silence, bool isMended);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Stream} is quiet, and the venue could not be asked about it: {Error}")]
    private partial void LogNotAsked(string stream, string error);

    private sealed class Told(string name, ISymbolGrain grain)
    {
        public string Name => name;

        public ISymbolGrain Grain => grain;

        public string Doubt { get; set; } = "";

        public int RoundsLeft { get; set; }
    }

    private sealed class Watched(int symbol, MarketStream kind, SymbolFeed feed, StreamLiveness liveness, StreamEvidence evidence)
    {
        private volatile bool _isAsking;

        public int Symbol => symbol;

        public MarketStream Kind => kind;

        public SymbolFeed Feed => feed;

        public StreamLiveness Liveness => liveness;

        public StreamEvidence Evidence => evidence;

        public long AskedMs { get; set; }

        public long SilentMs { get; set; }

        /// <summary>When its connection was last there; 0 before the first time.</summary>
        public long UpMs { get; set; }

        public bool IsAsking
        {
            get => _isAsking;
            set => _isAsking = value;
        }

        /// <summary>Events when the venue was asked, and its answer; null when there is none to act on.</summary>
        public (long Events, bool IsMissing)? Answer { get; set; }
    }
}
