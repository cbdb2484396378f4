using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Embedded.Simulation;

namespace Granary.Orleans.Embedded.Tests.Compliance;

/// <summary>Real threads; the silo's clock is moved by the test, so that timeouts and timers do not take their time.</summary>
public sealed class ThreadPoolHarness : SiloHarness
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
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

    public override void Run(Func<Task> work)
    {
        var task = Task.Run(work);
        Until(() => task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    public override void Until(Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var round = 0; !condition(); round++)
        {
            if (TimeProvider.System.GetElapsedTime(start) > s_patience) throw new TimeoutException($"The condition did not come true. {string.Join(", ", Probe.Log)}");

            // Work first; time passes when the threads had their chance.
            Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System).GetAwaiter().GetResult();
            if (round % 8 == 7) _clock.Advance(TimeSpan.FromMilliseconds(500));
        }
    }

    public override void Elapse(TimeSpan time)
    {
        for (var step = 0; step < 20; step++) _clock.Advance(time / 20);
    }

    public override void Dispose() => _services.Dispose();
}
