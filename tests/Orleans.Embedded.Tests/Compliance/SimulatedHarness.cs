using Orleans.Embedded;
using Orleans.Embedded.Simulation;

namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class SimulatedHarness : SiloHarness
{
    private readonly DeterministicScheduler _scheduler;
    private readonly SimulatedSilo _silo;

    public SimulatedHarness(SimulationOptions? options = null)
    {
        _scheduler = new DeterministicScheduler(options ?? new SimulationOptions { Seed = 7 });
        _silo = SimulatedSilo.Start(_scheduler, Configure, typeof(SimulatedHarness).Assembly);
    }

    public override EmbeddedSilo Silo => _silo.Silo;

    public override void Run(Func<Task> work, bool timePasses = false) => _scheduler.Run(work);

    public override void Until(Func<bool> condition, bool timePasses = false)
    {
        if (!_scheduler.RunUntil(condition, TimeSpan.FromHours(2))) throw new TimeoutException($"The condition did not come true: {_scheduler}. {string.Join(", ", Probe.Log)}");
    }

    public override void Elapse(TimeSpan time) => _scheduler.RunFor(time);

    public override void Dispose()
    {
    }
}
