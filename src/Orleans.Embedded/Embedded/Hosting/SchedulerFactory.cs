using Orleans.Embedded.Scheduling;

namespace Orleans.Embedded.Hosting;

/// <summary>Makes a silo's scheduler when it is not the thread pool's.</summary>
internal sealed class SchedulerFactory(Func<EmbeddedSilo, SiloScheduler> create)
{
    public SiloScheduler Create(EmbeddedSilo silo) => create(silo);
}
