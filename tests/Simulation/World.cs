using Granary.Engine.Orders;
using Granary.Exchange;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.Protocol;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Journal.Sqlite;
using Granary.Simulation.Watch;
using Granary.Venues.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Embedded.Simulation;

namespace Granary.Simulation;

/// <summary>
/// The whole engine and the exchange on one thread and virtual time, from one seed: all grains, the journal, the venue client with its signing and decoding,
/// the exchange with its protocol and synthetic market. The silo can be killed and started again; the exchange lives on.
/// </summary>
internal sealed class World : IDisposable
{
    public const string Account = "main";

    /// <summary>An account that the engine does not trade on.</summary>
    public const string OtherAccount = "other";
    public const decimal Deposit = 100_000m;

    private readonly WorldOptions _options;
    private readonly bool _ownsFolder;
    private EngineProcess? _other;
    private SqliteJournal? _otherJournal;

    public World(WorldOptions options)
    {
        _options = options;
        _ownsFolder = options.Folder is null;
        Folder = options.Folder ?? Directory.CreateTempSubdirectory("granary-simulation-").FullName;
        var simulation = new SimulationOptions
        {
            Seed = options.Seed,
            MessageDelayMax = options.CallDelayMax,
            OneWayDropProbability = options.OneWayDropProbability,
        };
        Scheduler = new DeterministicScheduler(options.Start is { } start ? simulation with { Start = start } : simulation);
        Evidence = new Evidence(Scheduler.TimeProvider);
        Exposure = new ExposureRules(options.Limits, Evidence, Deposit);
        StreamProtocol = new StreamProtocol(options.Streams with { FaultSeed = options.Seed });
        Core = new ExchangeCore(
            new ExchangeOptions
            {
                Symbols = [.. options.Symbols.Select(s => options.Rules.FirstOrDefault(r => r.Symbol == s) ?? SymbolCatalog.Find(s)!)],
                Accounts = [new ExchangeAccount(Account, "key", "secret", Deposit) { FeeAsset = options.FeeAsset }, new ExchangeAccount(OtherAccount, "key-2", "secret-2", Deposit)],
                Seed = options.Seed,
                Profiles = options.Profiles,
                DepthIntervalMs = options.DepthIntervalMs,
                Leverage = options.Leverage,
                FillsMax = options.FillsMax,
            },
            MarketFactory.Create, new ExchangeWitness(StreamProtocol, Evidence, Exposure), Scheduler.TimeProvider, NullLogger<ExchangeCore>.Instance);
        StreamProtocol.Attach(Core);
        Rest = new RestProtocol(Core, StreamProtocol, options.Rest);
        Network = new Network(options, Rest, StreamProtocol);
        Scheduler.StartBackground(new MarketPump(Core.Driver, Scheduler.TimeProvider, 1, StreamProtocol.WaitForRoomAsync).RunAsync);
    }

    public WorldOptions Options => _options;

    public DeterministicScheduler Scheduler { get; }

    public ExchangeCore Core { get; }

    public StreamProtocol StreamProtocol { get; }

    public RestProtocol Rest { get; }

    public Network Network { get; }

    /// <summary>What the journal and the exchange have done, past the engine.</summary>
    public Evidence Evidence { get; }

    public ExposureRules Exposure { get; }

    public string Folder { get; }

    public SqliteJournal? Journal { get; private set; }

    /// <summary>The running engine, or null between two lives.</summary>
    public EngineProcess? Process { get; private set; }

    public SimulatedSilo? Silo => Process?.Silo;

    /// <summary>The engine's own view of the venue's market.</summary>
    public IMarketDataPort Market => Process!.Silo.Services.GetRequiredService<IMarketDataPort>();

    public IRiskGrain Risk => Process!.Risk;

    public ISymbolGrain Symbol(string symbol) => Process!.Symbol(symbol);

    public IExecutionGrain Execution(string symbol) => Process!.Execution(symbol);

    /// <summary>Starts a silo on the journal as it is.</summary>
    public void StartSilo()
    {
        Journal ??= SqliteJournal.Open(
            new SqliteJournalOptions(Folder) { Mode = JournalMode.Inline, Durability = JournalDurability.Process }, Scheduler.TimeProvider);
        Process = EngineProcess.Start(Scheduler, Journal, _options, Network, Evidence);
    }

    /// <summary>
    /// A second engine on the same journal takes over while the first one does not know: as after a process that hung and was thought dead.
    /// </summary>
    /// <returns>The first one, still running.</returns>
    public EngineProcess StartRival()
    {
        var first = Process!;
        StartSilo();
        return first;
    }

    /// <summary>Cuts every stream as a network failure would; the client connects again by itself.</summary>
    public void CutStreams() => Process?.CutStreams();

    /// <summary>Somebody trades on the same account by hand, past the engine.</summary>
    public ExchangeOrder TradeByHand(string id, OrderSide side, decimal quantity, decimal? limit = null, string? symbol = null) => Core.Place(
        Account,
        new NewOrder(
            symbol ?? _options.Symbols[0], side, limit is null ? OrderType.Market : OrderType.Limit, TimeInForce.Gtc, quantity, limit ?? 0, ReduceOnly: false, id));

    /// <summary>Kills the silo at this moment: what is not in the journal is gone.</summary>
    public void Crash()
    {
        Network.Snare.Clear();
        Process!.Kill();
        Process = null;
        Journal!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Journal = null;
    }

    /// <summary>Kills the silo in the middle of a write: behind what was committed lies what the tear leaves of the write-ahead log.</summary>
    public void CrashTorn(Func<byte[], byte[]> tear)
    {
        Process!.Kill();
        Process = null;
        var files = Directory.GetFiles(Folder, "*.db*").Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)).Select(f => (Name: f, Bytes: Read(f))).ToArray();
        Journal!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Journal = null;
        foreach (var file in Directory.GetFiles(Folder, "*.db*")) File.Delete(file);
        foreach (var (name, bytes) in files) File.WriteAllBytes(name, name.EndsWith("-wal", StringComparison.Ordinal) ? tear(bytes) : bytes);

        static byte[] Read(string file)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    /// <summary>A second engine on the other account, at the same address, with a journal of its own.</summary>
    public EngineProcess StartOther()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, OtherAccount)).FullName;
        _otherJournal = SqliteJournal.Open(
            new SqliteJournalOptions(folder) { Mode = JournalMode.Inline, Durability = JournalDurability.Process }, Scheduler.TimeProvider);
        return _other = EngineProcess.Start(Scheduler, _otherJournal, _options, Network, new Evidence(Scheduler.TimeProvider), "key-2", "secret-2");
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

    /// <summary>The position at the exchange, signed.</summary>
    public decimal Position(string symbol) => Core.GetPositions(Account, symbol).FirstOrDefault(p => p.Symbol == symbol)?.Quantity ?? 0;

    public void Dispose()
    {
        if (Process is not null) Crash();
        _other?.Kill();
        _otherJournal?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Core.Dispose();
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }
}
