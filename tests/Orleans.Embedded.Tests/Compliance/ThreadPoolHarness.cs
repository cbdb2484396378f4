using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Embedded.Simulation;

namespace Granary.Orleans.Embedded.Tests.Compliance;

/// <summary>Real threads; the silo's clock is moved by the test, so that timeouts and timers do not take their time.</summary>
public sealed class ThreadPoolHarness : SiloHarness
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly VirtualTimeProvider _clock = new();
    private readonly ServiceProvider _services;

    public ThreadPoolHarness()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddLogging();
        Configure(services);
        _services = services.BuildServiceProvider();
        Silo = _services.GetRequiredService<EmbeddedSilo>();
        Silo.Start();
    }

    public override EmbeddedSilo Silo { get; }

    public override void Run(Func<Task> work, bool timePasses = false)
    {
        var task = Task.Run(work);
        Until(() => task.IsCompleted, timePasses);
        task.GetAwaiter().GetResult();
    }

    public override void Until(Func<bool> condition, bool timePasses = false)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!SpinWait.SpinUntil(condition, s_step))
        {
            // Work first; time passes when the threads had their chance.
            if (timePasses) _clock.Advance(TimeSpan.FromMilliseconds(200));
            if (TimeProvider.System.GetElapsedTime(start) <= s_patience) continue;
            throw new TimeoutException(
                $"The condition did not come true by {_clock.GetUtcNow():O}; {Silo.Scheduler.PendingCalls.Count()} calls under way; log: {string.Join(", ", Probe.Log)}");
        }
    }

    public override void Elapse(TimeSpan time)
    {
        for (var step = 0; step < 20; step++) _clock.Advance(time / 20);
    }

    public override void Dispose() => _services.Dispose();
}
