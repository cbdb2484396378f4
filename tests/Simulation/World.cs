using Granary.Engine.Features;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Signals;
using Granary.Exchange;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.Protocol;
using Granary.Grains.Configuration;
using Granary.Grains.Hosting;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Symbols;
using Granary.Journal.Sqlite;
using Granary.Silo.Hosting;
using Granary.Silo.InProcess;
using Granary.Venues.Binance;
using Granary.Venues.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Embedded.Simulation;

namespace Granary.Simulation;

/// <summary>
/// The whole engine and the exchange on one thread and virtual time, from one seed: all grains, the journal, the venue client with its signing and decoding,
/// the exchange with its protocol and synthetic market. The silo can be killed and started again; the exchange lives on.
/// </summary>
internal sealed class World : IDisposable
{
    public const string Account = "main";

    private readonly WorldOptions _options;
    private readonly SplitMix _network;
    private readonly bool _ownsFolder;
    private InProcessStreamTransport? _streams;

    public World(WorldOptions options)
    {
        _options = options;
        _network = new SplitMix(options.Seed ^ 0xA5A5A5A5A5A5A5A5UL);
        _ownsFolder = options.Folder is null;
        Folder = options.Folder ?? Directory.CreateTempSubdirectory("granary-simulation-").FullName;
        Scheduler = new DeterministicScheduler(new SimulationOptions
        {
            Seed = options.Seed,
            MessageDelayMax = options.CallDelayMax,
            OneWayDropProbability = options.OneWayDropProbability,
        });
        StreamProtocol = new StreamProtocol(new StreamOptions { ClientMessagesPerSMax = 0 });
        Core = new ExchangeCore(
            new ExchangeOptions
            {
                Symbols = [.. options.Symbols.Select(s => SymbolCatalog.Find(s)!)],
                Accounts = [new ExchangeAccount(Account, "key", "secret", 100_000m)],
                Seed = options.Seed,
            },
            MarketFactory.Create, StreamProtocol, Scheduler.TimeProvider, NullLogger<ExchangeCore>.Instance);
        StreamProtocol.Attach(Core);
        RestProtocol = new RestProtocol(Core, StreamProtocol, new RestOptions { WeightPerMinuteMax = 0, OrdersPer10sMax = 0, OrdersPerMinuteMax = 0 });
        Scheduler.StartBackground(new MarketPump(Core.Driver, Scheduler.TimeProvider, 1, StreamProtocol.WaitForRoomAsync).RunAsync);
    }

    public DeterministicScheduler Scheduler { get; }

    public ExchangeCore Core { get; }

    public StreamProtocol StreamProtocol { get; }

    public RestProtocol RestProtocol { get; }

    public string Folder { get; }

    public SqliteJournal? Journal { get; private set; }

    public SimulatedSilo? Silo { get; private set; }

    public IRiskGrain Risk => Silo!.GrainFactory.GetGrain<IRiskGrain>(Account);

    public ISymbolGrain Symbol(string symbol) => Silo!.GrainFactory.GetGrain<ISymbolGrain>(symbol);

    public IExecutionGrain Execution(string symbol) => Silo!.GrainFactory.GetGrain<IExecutionGrain>($"{Account}/{symbol}");

    /// <summary>Starts a silo on the journal as it is.</summary>
    public void StartSilo()
    {
        var loggers = NullLoggerFactory.Instance;
        Journal = SqliteJournal.Open(
            new SqliteJournalOptions(Folder) { Mode = JournalMode.Inline, Durability = JournalDurability.Process }, Scheduler.TimeProvider);
        Silo = SimulatedSilo.Start(
            Scheduler,
            services =>
            {
                // Everything of the client lives on the silo's own view of the clock: its timers die with it.
                var time = (TimeProvider)services.Last(s => s.ServiceType == typeof(TimeProvider)).ImplementationInstance!;
                _streams = new InProcessStreamTransport(StreamProtocol, time) { Latency = Latency };
                var rest = new InProcessRestTransport(RestProtocol, time) { Latency = RestLatency, Faults = Fault };
                var options = BinanceUsdmOptions.BuiltIn("http://127.0.0.1:1") with { ApiKey = new Secret("key"), ApiSecret = new Secret("secret") };
                var client = new BinanceUsdmClient(options, rest, _streams, time, loggers.CreateLogger("venue"));
                services.AddEngine(Settings(), Journal, new VenueClients(client, new Dictionary<string, BinanceUsdmClient> { [Account] = client }));
                services.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(60));
            },
            typeof(SymbolGrain).Assembly);
        Silo.StartBackground(Silo.Services.GetRequiredService<EngineServices>().RunAsync);
    }

    /// <summary>Cuts every stream as a network failure would; the client connects again by itself.</summary>
    public void CutStreams() => _streams!.CutAll();

    /// <summary>Somebody trades on the same account by hand, past the engine.</summary>
    public ExchangeOrder TradeByHand(string id, OrderSide side, decimal quantity, decimal? limit = null) => Core.Place(
        Account,
        new NewOrder(
            _options.Symbols[0], side, limit is null ? OrderType.Market : OrderType.Limit, TimeInForce.Gtc, quantity, limit ?? 0, ReduceOnly: false, id));

    /// <summary>Kills the silo at this moment: what is not in the journal is gone.</summary>
    public void Crash()
    {
        Silo!.Crash();
        _streams!.CutAll();
        Journal!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Silo = null;
        Journal = null;
    }

    /// <summary>Runs until the account is active.</summary>
    public void UntilActive(TimeSpan bound) => Until(async () => (await Risk.GetView()).State == "Active", bound, "the account to be Active");

    /// <summary>Runs until the condition, looked at every 100 ms of virtual time, holds.</summary>
    public void Until(Func<Task<bool>> condition, TimeSpan bound, string what)
    {
        var end = Scheduler.Now + bound;
        while (!Scheduler.Run(condition))
        {
            if (Scheduler.Now >= end) throw new TimeoutException($"waited {bound} for {what}; {Scheduler}");
            Scheduler.RunFor(TimeSpan.FromMilliseconds(100));
        }
    }

    public T Ask<T>(Func<ValueTask<T>> call) => Scheduler.Run(async () => await call());

    public void Dispose()
    {
        if (Silo is not null) Crash();
        Core.Dispose();
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }

    private EngineSettings Settings() => new()
    {
        EngineId = "sim",
        VenueName = "built-in",
        Symbols =
        [
            .. _options.Symbols.Select(s => new SymbolSettings
            {
                Symbol = s,
                Pipeline = new PipelineOptions
                {
                    VolumeThreshold = _options.VolumeThreshold, VwapWindow = 20, AtrWindow = 10, KyleWindow = 10, Q90Window = 500, Q90Min = 100, VpinWindow = 10,
                    ZWindows = [20],
                },
                Signals = new SignalOptions
                {
                    Regime = new RegimeOptions { VolatilityShortWindow = 5, VolatilityLongWindow = 20, DurationWindow = 10, SignalZWindow = 20 },
                    Momentum = new MomentumOptions
                    {
                        OfiLookback = 10, DeltaLookback = 5, SignalZWindow = 20, IntensityThreshold = 0.3, LargeTradeThreshold = 0.1,
                    },
                    Reversion = new ReversionOptions { EntryWindow = 20, EntryQuantile = 0.5, OfiNeutral = 0.5, VolatilityWindow = 3, VolumeWindow = 2 },
                },
                Accounts = [Account],
            }),
        ],
        // The synthetic market's bars move too little to earn three round-trip fees.
        Accounts = [new AccountSettings { Name = Account, Limits = new RiskLimits { ProfitToFeesMin = 0 } }],
    };

    private TimeSpan Latency() => _network.Between(_options.LatencyMin, _options.LatencyMax);

    private TimeSpan RestLatency() => _options.RestLatencyMax > TimeSpan.Zero ? _network.Between(_options.LatencyMin, _options.RestLatencyMax) : Latency();

    private NetworkFault Fault(RestRequest request) =>
        request is { Path: "/fapi/v1/order", Method: "POST" } && _network.Unit() < _options.AnswerLossProbability ? NetworkFault.AnswerLost : NetworkFault.None;
}
