using Granary.Exchange;
using Granary.Exchange.Faults;
using Granary.Journal.Records;
using Granary.Simulation.Watch;

namespace Granary.Simulation.Scenarios;

/// <summary>A small watched world for one scenario: an engine that trades one symbol, every rule looked at each virtual second.</summary>
internal sealed class Stage : IDisposable
{
    public const string Symbol = "BTCUSDT";

    /// <summary>Makes the world and starts its engine.</summary>
    /// <param name="seed">Decides everything that is left to chance.</param>
    /// <param name="change">What is different from the usual world; null for nothing.</param>
    /// <param name="prepare">What happens at the exchange before the engine's first start; null for nothing.</param>
    /// <param name="startsActive">Whether the engine is run until its account is active.</param>
    public Stage(ulong seed, Func<WorldOptions, WorldOptions>? change = null, Action<World>? prepare = null, bool startsActive = true)
    {
        var options = new WorldOptions
        {
            Seed = seed,
            Symbols = [Symbol],
            VolumeThreshold = 0.6m,
            Profiles = [Profile with { Moves = Moves }],
            DepthIntervalMs = 500,
            QuoteIntervalMs = 200,
        };
        World = new World(change?.Invoke(options) ?? options);
        Rules = new ContinuousRules(World);
        prepare?.Invoke(World);
        World.StartSilo();
        if (startsActive) World.UntilActive(TimeSpan.FromMinutes(1));
    }

    /// <summary>The market of the usual world.</summary>
    public static SyntheticProfile Profile { get; } = new(Symbol, 64_000m, 1.5, 0.04m) { RequoteMs = 600 };

    public World World { get; }

    public ContinuousRules Rules { get; }

    public Evidence Evidence => World.Evidence;

    /// <summary>Scheduled moves of the price; more may be added while it runs.</summary>
    public List<SyntheticMove> Moves { get; } = [];

    public DateTimeOffset Now => World.Scheduler.Now;

    public decimal Position => World.Position(Symbol);

    public void Run(double seconds) => Rules.Run(TimeSpan.FromSeconds(seconds));

    /// <summary>Runs until the condition holds, looked at every 100 ms.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan Until(Func<bool> condition, double secondsMax, string what)
    {
        var start = Now;
        while (!condition())
        {
            if (Now - start > TimeSpan.FromSeconds(secondsMax)) throw new TimeoutException($"waited {Now - start} for {what}; {AskRisk().State} {AskRisk().StateReason}; {string.Join(", ", Evidence.Orders.Values.TakeLast(3).Select(o => $"{o.ClientOrderId} {o.Status} {o.Detail}"))}; {World.Scheduler}");
            Rules.Run(TimeSpan.FromMilliseconds(100));
        }

        return Now - start;
    }

    /// <summary>Runs until the engine holds a position of its own and its entry is over and done with.</summary>
    public void UntilPosition()
    {
        Until(() => Position != 0 && Ask().Quantity == Position && Ask().LiveOrders.Count == 0, 3_600, "a position");
    }

    public Grains.Interfaces.Execution.ExecutionView Ask() => World.Ask(World.Execution(Symbol).GetView);

    public Grains.Interfaces.Risk.RiskView AskRisk() => World.Ask(World.Risk.GetView);

    /// <summary>Adds faults that begin now.</summary>
    public void Fault(double seconds, params FaultRule[] rules)
    {
        var (from, until) = (Now.ToUnixTimeMilliseconds(), Now.AddSeconds(seconds).ToUnixTimeMilliseconds());
        World.StreamProtocol.Faults.Add(new FaultScript(null, [.. rules.Select(r => r with { FromMs = from, UntilMs = until })]));
        Rules.TroubleUntil = Now.AddSeconds(seconds + 90);
    }

    /// <summary>Ends every fault at once.</summary>
    public void Mend()
    {
        World.StreamProtocol.Faults.Clear();
        Rules.TroubleUntil = Now.AddSeconds(90);
    }

    /// <summary>How often a request came to be refused, lost or delayed by the faults of this kind.</summary>
    public long Happened(FaultKind kind) => World.StreamProtocol.Faults.Rules.Where(r => r.Rule.Kind == kind).Sum(r => r.Happened);

    /// <summary>Kills the engine and starts it again after a while.</summary>
    public void Restart(double afterSeconds = 5)
    {
        World.Crash();
        World.Scheduler.RunFor(TimeSpan.FromSeconds(afterSeconds));
        World.StartSilo();
        Rules.TroubleUntil = Now.AddSeconds(90);
    }

    /// <summary>
    /// What every scenario ends with: position and open orders of engine and exchange are the same, every fill is counted once, nothing was sent that risk did not
    /// approve, and every incident can be read.
    /// </summary>
    public void Settle(params string[] symbols)
    {
        Invariants.Check(World, symbols.Length > 0 ? symbols : [Symbol], Evidence.Hand);
        Invariants.CheckIncidents(World);
        Rules.Look();
    }

    /// <summary>The incidents of a kind, oldest first.</summary>
    public IReadOnlyList<IncidentRecord> Incidents(string kind) =>
        [.. World.Ask(() => World.Journal!.Reader.GetIncidentsAsync(10_000)).Where(i => i.Kind == kind).OrderBy(i => i.TimeMs)];

    public void Dispose() => World.Dispose();
}
