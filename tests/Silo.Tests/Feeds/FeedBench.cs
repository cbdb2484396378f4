using Granary.Engine.Features;
using Granary.Engine.Feeds;
using Granary.Engine.Market;
using Granary.Exchange;
using Granary.Exchange.Contracts;
using Granary.Exchange.Dialects;
using Granary.Exchange.Hosting;
using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Telemetry;
using Granary.Silo.Metrics;
using Granary.Silo.Tests.Metrics;
using Granary.Silo.Tests.Operator;
using Granary.Venues.Binance;
using Granary.Venues.Feeds;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;

namespace Granary.Silo.Tests.Feeds;

/// <summary>
/// The watch over one symbol, with the exchange as its primary and, in two dialects of their own servers, as its backups: all of it over loopback sockets. Each
/// venue quotes when it is told to; a quote lies behind the test when the watch has it.
/// </summary>
internal sealed class FeedBench : IAsyncLifetime
{
    public const string Symbol = "BTCUSDT";
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(1), TimeProvider.System);
    private readonly StepTime _time = new();
    private readonly MetricHost _metrics = new();
    private readonly List<FeedNotice> _notices = [];
    private readonly Dictionary<string, QuoteGate> _gates = [];
    private readonly Dictionary<string, DialectStreams> _backups = [];
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly List<IDisposable> _clients = [];
    private readonly List<Task> _running = [];
    private BuiltInExchange _exchange = null!;
    private long _quotes;

    /// <summary>What the symbol was told last.</summary>
    public FeedNotice Told
    {
        get
        {
            lock (_notices) return _notices[^1];
        }
    }

    public string[] Metrics() => _metrics.Lines();

    public async Task InitializeAsync()
    {
        _exchange = new BuiltInExchange(new ExchangeOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await _exchange.ListenAsync("http://127.0.0.1:0", NullLoggerFactory.Instance, _stop.Token);
        BackupFeed[] backups = [await BackUpAsync("okx", OkxMarketClient.Connect), await BackUpAsync("bybit", BybitMarketClient.Connect)];
        _ = new FeedMetrics(_metrics.Meters, [.. backups]);
        var settings = new EngineSettings
        {
            EngineId = "g1",
            VenueName = "built-in",
            Accounts = [],
            Symbols = [new Grains.Configuration.SymbolSettings { Symbol = Symbol, Pipeline = new PipelineOptions { VolumeThreshold = 1 }, Accounts = [] }],
            Feeds = new FeedSettings
            {
                Policy = FeedPolicy.FallBack,
                Comparison = new FeedComparisonOptions { StaleAfterMs = 1_000, RecoverAfterMs = 1_000, WindowSamples = 4 },
            },
        };
        var symbol = ScriptedProxy.Create<ISymbolGrain>((_, args) =>
        {
            lock (_notices) _notices.Add((FeedNotice)args[0]!);
            return Task.CompletedTask;
        });
        var watch = new FeedWatch(
            settings, [.. backups.Select(backup => backup with { Market = Gated(backup) })], ScriptedProxy.Create<IGrainFactory>((_, _) => symbol), _time,
            new EngineMetrics(_metrics.Meters), NullLogger<FeedWatch>.Instance);
        var primary = BinanceUsdmClient.Connect(
            BinanceUsdmOptions.BuiltIn(_exchange.Url) with { SilenceTimeout = TimeSpan.FromMinutes(2) }, TimeProvider.System, NullLogger.Instance);
        _clients.Add(primary);
        _gates["primary"] = new QuoteGate { Receiver = watch.OnPrimary };
        _running.Add(primary.RunAsync([Symbol], _gates["primary"], _stop.Token));
        _running.Add(Task.Run(() => watch.RunAsync(_stop.Token)));
        // The watch connects its backups before it waits for the first time; until then nobody is at the gates.
        foreach (var gate in _gates.Values) await gate.ConnectedAsync(isUp: true, _stop.Token);
    }

    /// <summary>Venues quote a middle price, and the watch has it.</summary>
    public async Task QuoteAsync(decimal price, params string[] venues)
    {
        var ticker = new BookTicker(
            ++_quotes, _exchange.Core.ServerTimeMs, Fixed8.FromDecimal(price - 0.1m), Fixed8.One, Fixed8.FromDecimal(price + 0.1m), Fixed8.One);
        foreach (var venue in venues)
        {
            if (_backups.TryGetValue(venue, out var streams)) streams.OnBookTicker(Symbol, ticker);
            else _exchange.Streams.OnBookTicker(Symbol, ticker);
            await _gates[venue].QuotedAsync(ticker.UpdateId, _stop.Token);
        }
    }

    /// <summary>The watch judges once, a quarter of a second later.</summary>
    public Task JudgeAsync() => _time.StepAsync(_stop.Token);

    /// <summary>A backup venue ends its connections; back when the client is connected again.</summary>
    public async Task RestartAsync(string venue)
    {
        _backups[venue].CloseAll();
        await _gates[venue].ConnectedAsync(isUp: false, _stop.Token);
        await _gates[venue].ConnectedAsync(isUp: true, _stop.Token);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_running);
        }
        catch (OperationCanceledException)
        {
            // The one way the watch ends.
        }
        foreach (var client in _clients) client.Dispose();
        foreach (var server in _servers) await server.DisposeAsync();
        await _exchange.DisposeAsync();
        _metrics.Dispose();
        _stop.Dispose();
    }

    private async Task<BackupFeed> BackUpAsync(string name, Func<FeedOptions, TimeProvider, Microsoft.Extensions.Logging.ILogger, MarketFeed> connect)
    {
        // Apart from the exchange's own streams, to which they would pass everything on.
        var streams = _backups[name] = new DialectStreams(ScriptedProxy.Create<IExchangeEvents>((_, _) => true));
        streams.Attach(_exchange.Core);
        var server = new DialectServer(streams, NullLoggerFactory.Instance);
        _servers.Add(server);
        var url = await server.StartAsync("http://127.0.0.1:0", _stop.Token);
        var options = new FeedOptions
        {
            Name = name,
            RestUrl = url,
            StreamUrl = new UriBuilder(url) { Scheme = "ws" }.Uri,
            SilenceTimeout = TimeSpan.FromMinutes(2),
            ReconnectDelayMin = TimeSpan.FromMilliseconds(1),
        };
        var feed = connect(options, TimeProvider.System, NullLogger.Instance);
        _clients.Add(feed);
        return new BackupFeed(name, feed);
    }

    /// <summary>The feed, with a gate before whoever listens to it.</summary>
    private IMarketDataPort Gated(BackupFeed backup)
    {
        var gate = _gates[backup.Name] = new QuoteGate();
        return ScriptedProxy.Create<IMarketDataPort>((method, args) =>
        {
            if (method.Name == nameof(IMarketDataPort.RunAsync))
            {
                var handler = (IMarketDataHandler)args[1]!;
                gate.Receiver = (int symbolIndex, in BookTicker ticker) => handler.OnBookTicker(symbolIndex, ticker, 0);
                args[1] = gate;
            }
            return method.Invoke(backup.Market, args);
        });
    }
}
