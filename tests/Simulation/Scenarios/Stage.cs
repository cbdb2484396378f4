using Granary.Exchange;
using Granary.Exchange.Faults;
using Granary.Simulation.Watch;

namespace Granary.Simulation.Scenarios;

/// <summary>A small watched world for one scenario: an engine that trades one symbol, every rule looked at each virtual second.</summary>
internal sealed class Stage : IDisposable
{
    public const string Symbol = "BTCUSDT";

    public Stage(ulong seed)
    {
        World = new World(new WorldOptions
        {
            Seed = seed,
            Symbols = [Symbol],
            VolumeThreshold = 0.6m,
            Profiles = [new SyntheticProfile(Symbol, 64_000m, 1.5, 0.04m) { RequoteMs = 600, Moves = Moves }],
            DepthIntervalMs = 500,
            QuoteIntervalMs = 200,
        });
        Rules = new ContinuousRules(World);
        World.StartSilo();
        World.UntilActive(TimeSpan.FromMinutes(1));
    }

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
            if (Now - start > TimeSpan.FromSeconds(secondsMax)) throw new TimeoutException($"waited {Now - start} for {what}; {string.Join(", ", Evidence.Orders.Values.TakeLast(3).Select(o => $"{o.ClientOrderId} {o.Status} {o.Detail}"))}; {World.Scheduler}");
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

    /// <summary>Engine and exchange agree to the last decimal, every fill is counted once.</summary>
    public void Settle()
    {
        Invariants.Check(World, [Symbol], Evidence.Hand);
        Rules.Look();
    }

    public void Dispose() => World.Dispose();
}
