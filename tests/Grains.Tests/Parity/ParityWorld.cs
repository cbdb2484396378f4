using Granary.Backtest.Parity;
using Granary.Exchange;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.Protocol;
using Granary.Grains.Hosting;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Symbols;
using Granary.Journal.Sqlite;
using Granary.Silo.Hosting;
using Granary.Silo.InProcess;
using Granary.Silo.Replay;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Embedded.Simulation;

namespace Granary.Grains.Tests.Parity;

/// <summary>The grains, the venue's client and the exchange on one thread and virtual time, while the exchange replays a scene's trades at their own pace.</summary>
internal static class ParityWorld
{
    private static readonly TimeSpan ActiveMax = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Tail = TimeSpan.FromSeconds(10);

    public static OrderLog Run(ParityScene scene)
    {
        var folder = Directory.CreateTempSubdirectory("granary-parity-").FullName;
        try
        {
            return Run(scene, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static OrderLog Run(ParityScene scene, string folder)
    {
        var symbol = scene.Rules.Symbol;
        var scheduler = new DeterministicScheduler(new SimulationOptions { Start = DateTimeOffset.FromUnixTimeMilliseconds(scene.Trades[0].TimeMs).AddMinutes(-1) });
        var streams = new StreamProtocol(new StreamOptions { ClientMessagesPerSMax = 0 });
        using var core = new ExchangeCore(
            new ExchangeOptions
            {
                Symbols = [scene.Rules],
                Accounts = [new ExchangeAccount(ParityScene.Account, "key", "secret", ParityScene.Cash)],
                Market = MarketKind.Replay,
                TapeFiles = new Dictionary<string, string> { [symbol] = "memory" },
                StartsAtOnce = false,
                FundingRate = 0,
            },
            _ => new ReplayMarket(_ => scene.Trades, static _ => false), streams, scheduler.TimeProvider, NullLogger<ExchangeCore>.Instance);
        streams.Attach(core);
        var rest = new RestProtocol(core, streams, new RestOptions { WeightPerMinuteMax = 0, OrdersPer10sMax = 0, OrdersPerMinuteMax = 0 });
        var journal = SqliteJournal.Open(
            new SqliteJournalOptions(folder) { Mode = JournalMode.Inline, Durability = JournalDurability.Process }, scheduler.TimeProvider);
        var latency = TimeSpan.FromMilliseconds(scene.LatencyMs);
        var silo = SimulatedSilo.Start(
            scheduler,
            services =>
            {
                var time = (TimeProvider)services.Last(s => s.ServiceType == typeof(TimeProvider)).ImplementationInstance!;
                var client = new BinanceUsdmClient(
                    BinanceUsdmOptions.BuiltIn("http://127.0.0.1:1") with
                    {
                        ApiKey = new Secret("key"),
                        ApiSecret = new Secret("secret"),

                        // Recorded trades come with nothing in between. A real venue's stream is never silent for ten seconds; this one would be connected again,
                        // and what came meanwhile fetched later, on which nothing is opened.
                        SilenceTimeout = TimeSpan.FromHours(1),
                    },
                    new InProcessRestTransport(rest, time) { Latency = () => latency }, new InProcessStreamTransport(streams, time) { Latency = () => latency },
                    time, NullLogger.Instance);
                services.AddEngine(scene.Settings, journal, new VenueClients(client, new Dictionary<string, BinanceUsdmClient> { [ParityScene.Account] = client }));
            },
            typeof(SymbolGrain).Assembly);
        silo.StartBackground(silo.Services.GetRequiredService<EngineServices>().RunAsync);
        var risk = silo.GrainFactory.GetGrain<IRiskGrain>(ParityScene.Account);
        var end = scheduler.Now + ActiveMax;
        while (scheduler.Run(async () => await risk.GetView()).State != "Active")
        {
            if (scheduler.Now > end) throw new TimeoutException($"the account did not become active; {scheduler}");
            scheduler.RunFor(TimeSpan.FromMilliseconds(100));
        }

        core.Driver.Start();
        scheduler.StartBackground(new MarketPump(core.Driver, scheduler.TimeProvider, 1, streams.WaitForRoomAsync).RunAsync);
        scheduler.RunFor(TimeSpan.FromMilliseconds(scene.Trades[^1].TimeMs - scene.Trades[0].TimeMs) + Tail);
        var view = scheduler.Run(async () => await silo.GrainFactory.GetGrain<ISymbolGrain>(symbol).GetView());
        var log = scheduler.Run(() => JournalOrders.ReadAsync(
            journal.Reader, ParityScene.Account, "grains", ParityScene.Cash, [new LoggedBars(symbol, view.Bars, view.BarDigest)]));
        silo.Crash();
        journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return log;
    }
}
