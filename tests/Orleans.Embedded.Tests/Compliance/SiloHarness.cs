using Granary.Orleans.Embedded.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Embedded;
using Orleans.Hosting;

namespace Granary.Orleans.Embedded.Tests.Compliance;

/// <summary>A silo on one of the two schedulers, as the compliance tests need it.</summary>
public abstract class SiloHarness : IDisposable
{
    /// <summary>Most calls that may wait at one activation.</summary>
    public const int QueueMax = 200;

    public Probe Probe { get; } = new();

    public abstract EmbeddedSilo Silo { get; }

    public IGrainFactory Grains => Silo.GrainFactory;

    /// <summary>Runs asynchronous test code to its end.</summary>
    /// <param name="work">The code.</param>
    /// <param name="timePasses">Whether it waits for time to pass; on real threads the clock stands still otherwise, however slow the machine is.</param>
    public abstract void Run(Func<Task> work, bool timePasses = false);

    /// <summary>Lets things happen until a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="timePasses">Whether it waits for time to pass.</param>
    public abstract void Until(Func<bool> condition, bool timePasses = false);

    /// <summary>Lets time pass.</summary>
    public abstract void Elapse(TimeSpan time);

    public abstract void Dispose();

    public T Run<T>(Func<Task<T>> work)
    {
        var result = default(T);
        Run(async () => { result = await work(); });
        return result!;
    }

    protected void Configure(IServiceCollection services)
    {
        services.AddSingleton(Probe);
        services.AddOrleans(silo => silo
            .AddMemoryStreams("memory")
            .Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = QueueMax));
    }
}
