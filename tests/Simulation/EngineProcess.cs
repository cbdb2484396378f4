using Granary.Grains.Configuration;
using Granary.Grains.Hosting;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Symbols;
using Granary.Journal;
using Granary.Silo.Hosting;
using Granary.Silo.InProcess;
using Granary.Simulation.Defects;
using Granary.Simulation.Watch;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Embedded.Simulation;

namespace Granary.Simulation;

/// <summary>One life of the engine: a silo with its own clock, connections and memory. Killed, it leaves nothing but what the journal had committed.</summary>
internal sealed class EngineProcess
{
    private readonly InProcessStreamTransport _streams;

    private EngineProcess(SimulatedSilo silo, InProcessStreamTransport streams)
    {
        Silo = silo;
        _streams = streams;
        StartedAt = silo.Services.GetRequiredService<TimeProvider>().GetUtcNow();
    }

    public SimulatedSilo Silo { get; }

    public DateTimeOffset StartedAt { get; }

    public IRiskGrain Risk => Silo.GrainFactory.GetGrain<IRiskGrain>(World.Account);

    public ISymbolGrain Symbol(string symbol) => Silo.GrainFactory.GetGrain<ISymbolGrain>(symbol);

    public IExecutionGrain Execution(string symbol) => Silo.GrainFactory.GetGrain<IExecutionGrain>($"{World.Account}/{symbol}");

    public static EngineProcess Start(
        DeterministicScheduler scheduler, IJournal file, WorldOptions world, Network network, Evidence evidence, string key = "key", string secret = "secret")
    {
        var defect = world.Defect;
        InProcessStreamTransport? streams = null;
        var silo = SimulatedSilo.Start(
            scheduler,
            services =>
            {
                // Everything of the client lives on the silo's own view of the clock: its timers die with it.
                var time = (TimeProvider)services.Last(s => s.ServiceType == typeof(TimeProvider)).ImplementationInstance!;
                streams = network.Streams(time);
                var options = BinanceUsdmOptions.BuiltIn("http://127.0.0.1:1", new Secret(key), new Secret(secret));
                if (world.Client is { } change) options = change(options);
                var client = new BinanceUsdmClient(
                    options, network.Rest(time), new BrokenStreams(streams, network), time, NullLoggerFactory.Instance.CreateLogger("venue"));
                var ports = new VenueClients(client, new Dictionary<string, BinanceUsdmClient> { [World.Account] = client });
                var journal = new SimulatedJournal(file, evidence, time, network.JournalDelay, new JournalDefects(defect), network.Snare);
                services.AddEngine(WorldSettings.Make(world), journal, ports);
                if (defect != Defect.None)
                {
                    services.AddSingleton<IAccountPorts>(new DefectPorts(ports, defect));
                    services.AddSingleton<IMarketDataPort>(new DefectMarket(ports.Market, defect));
                }

                if (world.ToldRules is { } told) services.AddSingleton<IMarketDataPort>(new ToldMarket(ports.Market, told));
                services.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(60));
            },
            typeof(SymbolGrain).Assembly);
        var process = new EngineProcess(silo, streams!);
        silo.StartBackground(silo.Services.GetRequiredService<EngineServices>().RunAsync);
        return process;
    }

    /// <summary>Cuts every stream as a network failure would; the client connects again by itself.</summary>
    public void CutStreams() => _streams.CutAll();

    public void Kill()
    {
        Silo.Crash();
        _streams.CutAll();
    }
}
