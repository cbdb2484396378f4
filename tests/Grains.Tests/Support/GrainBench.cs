using Granary.Engine.Orders;
using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Grains.Hosting;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Strategies;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Symbols;
using Granary.Journal.Records;
using Granary.Journal.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Simulation;

namespace Granary.Grains.Tests.Support;

/// <summary>All grains on virtual time with a journal on disk and a scripted venue. The silo can be killed, or stopped, and started again.</summary>
internal sealed class GrainBench : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("granary-grains-").FullName;

    public GrainBench(SimulationOptions? options = null)
    {
        Scheduler = new DeterministicScheduler(options ?? new SimulationOptions());
        Venue = new ScriptedVenue(Scheduler.TimeProvider);
    }

    /// <summary>A backup venue, when it is set before the start.</summary>
    public ScriptedVenue? Backup { get; set; }

    public DeterministicScheduler Scheduler { get; }

    public ScriptedVenue Venue { get; }

    public EngineSettings Settings { get; set; } = Samples.Settings;

    /// <summary>Sees what the gateway receives, when it is set before the start.</summary>
    public IMarketObserver? Observer { get; set; }

    public ScriptedJournal Journal { get; private set; } = null!;

    public SimulatedSilo Silo { get; private set; } = null!;

    public IRiskGrain Risk => Silo.GrainFactory.GetGrain<IRiskGrain>(Samples.Account);

    public IExecutionGrain Execution => Silo.GrainFactory.GetGrain<IExecutionGrain>($"{Samples.Account}/{Samples.Symbol}");

    public ISymbolGrain Symbol => Silo.GrainFactory.GetGrain<ISymbolGrain>(Samples.Symbol);

    public IOrderFlowMomentumGrain Momentum => Silo.GrainFactory.GetGrain<IOrderFlowMomentumGrain>(Samples.Symbol);

    public IVolatilityRegimeGrain Regime => Silo.GrainFactory.GetGrain<IVolatilityRegimeGrain>(Samples.Symbol);

    public IVwapReversionGrain Reversion => Silo.GrainFactory.GetGrain<IVwapReversionGrain>(Samples.Symbol);

    public RiskView RiskView => Ask(Risk.GetView);

    public ExecutionView Books => Ask(Execution.GetView);

    public SymbolView SymbolView => Ask(Symbol.GetView);

    /// <summary>Starts a silo on the journal as it is; with services, the sockets' owners and the keep-alive run too.</summary>
    public GrainBench Start(bool services = false)
    {
        Journal = new ScriptedJournal(SqliteJournal.Open(
            new SqliteJournalOptions(_folder) { Mode = JournalMode.Inline, Durability = JournalDurability.Process }, Scheduler.TimeProvider));
        Silo = SimulatedSilo.Start(
            Scheduler,
            s =>
            {
                EngineParts.AddTo(s, Settings, Journal, Venue);
                if (Observer is not null) s.AddSingleton(Observer);
                if (Backup is null) return;
                s.AddSingleton<IReadOnlyList<BackupFeed>>([new BackupFeed("okx", Backup)]);
                s.AddSingleton<FeedWatch>();
            },
            typeof(SymbolGrain).Assembly);
        if (services) Silo.StartBackground(Silo.Services.GetRequiredService<EngineServices>().RunAsync);
        else Silo.Services.GetRequiredService<SymbolCatalog>().Load([Samples.Rules]);
        return this;
    }

    /// <summary>Starts a silo and brings the account to Active.</summary>
    public GrainBench StartActive()
    {
        Start();
        Tell(() => Risk.OnStream(true, "connected"));
        Until(() => RiskView.State == "Active", "the account to be Active");

        // What the start set off comes to its end.
        Pass(0.5);
        return this;
    }

    /// <summary>Kills the silo at this moment: what is not in the journal is gone.</summary>
    public void Crash()
    {
        Silo.Crash();
        Journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Stops the silo in order; the engine's services save the symbols before the grains end.</summary>
    public void Stop()
    {
        Tell(Symbol.Save);
        Scheduler.Run(Silo.StopAsync);
        Journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    public T Ask<T>(Func<ValueTask<T>> call) => Scheduler.Run(async () => await call());

    public void Tell(Func<ValueTask> call) => Scheduler.Run(async () => await call());

    public void Tell(Func<Task> call) => Scheduler.Run(call);

    /// <summary>Lets virtual time pass.</summary>
    public void Pass(double seconds) => Scheduler.RunFor(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets virtual time pass until the condition holds, at most ten minutes.</summary>
    public void Until(Func<bool> condition, string what)
    {
        for (var i = 0; i < 6_000; i++)
        {
            if (condition()) return;
            Scheduler.RunFor(TimeSpan.FromMilliseconds(100));
        }

        throw new TimeoutException($"waited ten minutes for {what}; {RiskView.State} {RiskView.StateReason}; {Books.Detail}");
    }

    /// <summary>Hands the venue's order events to execution, as the user stream would.</summary>
    public void DeliverEvents()
    {
        while (Venue.Events.TryDequeue(out var report)) Deliver(report);
    }

    public void Deliver(OrderReport report) => Tell(() => Execution.OnOrder(new OrderReportMessage(report)));

    public IReadOnlyList<DecisionRecord> Decisions() => [.. Ask(() => Journal.Reader.GetDecisionsAsync(Samples.Account, null, 1_000)).Reverse()];

    public IReadOnlyList<OrderRecord> Orders() => [.. Ask(() => Journal.Reader.GetOrdersAsync(Samples.Account, null, 1_000)).Reverse()];

    public IReadOnlyList<FillRecord> Fills() => Ask(() => Journal.Reader.GetFillsAsync(Samples.Account, Samples.Symbol, 0, 1_000));

    public IReadOnlyList<IncidentRecord> Incidents() => Ask(() => Journal.Reader.GetIncidentsAsync(1_000));

    public OrderRecord? Order(string clientOrderId) => Ask(() => Journal.Reader.GetOrderAsync(Samples.Account, clientOrderId));

    public void Dispose()
    {
        if (Silo is not null && Silo.IsAlive) Crash();
        Directory.Delete(_folder, recursive: true);
    }
}
