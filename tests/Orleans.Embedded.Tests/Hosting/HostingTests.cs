using Granary.Orleans.Embedded.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Embedded;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Granary.Orleans.Embedded.Tests.Hosting;

/// <summary>A silo in a generic host.</summary>
public sealed class HostingTests
{
    [Fact]
    public async Task A_host_starts_and_stops_its_silo()
    {
        var probe = new Probe();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(probe);
        builder.UseOrleans(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(20)).AddMemoryStreams("m"));
        using var host = builder.Build();
        Should.Throw<InvalidOperationException>(() => host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("a")).Message.ShouldContain("not started");
        await host.StartAsync();
        var client = host.Services.GetRequiredService<IClusterClient>();
        (await client.GetGrain<ICounterGrain>("a").Add(3)).ShouldBe(3);
        (await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("a").Add(3)).ShouldBe(6);
        host.Services.GetRequiredService<EmbeddedSilo>().State.ShouldBe(SiloState.Running);
        await host.StopAsync();
        probe.Log.ShouldBe(["activated a", "deactivated a ShuttingDown"]);
        await Should.ThrowAsync<SiloUnavailableException>(async () => await client.GetGrain<ICounterGrain>("a").Add(1));
    }

    [Fact]
    public async Task The_other_kinds_of_host_builders_work()
    {
        using var host = new HostBuilder().ConfigureServices(services => services.AddSingleton(new Probe())).UseOrleans(static (_, _) => { }).Build();
        await host.StartAsync();
        (await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("a").Add(1)).ShouldBe(1);
        await host.StopAsync();
    }

    [Fact]
    public void Options_out_of_range_keep_the_silo_from_being_made()
    {
        Refused(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.Zero), "SiloMessagingOptions.ResponseTimeout");
        Refused(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = -1), "SiloMessagingOptions.MaxEnqueuedRequestsHardLimit");
        Refused(silo => silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromSeconds(60)), "GrainCollectionOptions.CollectionAge");
        Refused(silo => silo.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = TimeSpan.Zero), "GrainCollectionOptions.DeactivationTimeout");
        Refused(silo => silo.Configure<SchedulingOptions>(options => options.ActivationSchedulingQuantum = TimeSpan.Zero), "SchedulingOptions.ActivationSchedulingQuantum");
    }

    [Fact]
    public async Task An_activation_that_always_has_work_does_not_keep_others_from_theirs()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new Probe());
        builder.UseOrleans();
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        using var stop = new CancellationTokenSource();
        var loads = Enumerable.Range(0, 8).Select(index => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await grains.GetGrain<ICallerGrain>($"load{index}").Repeat($"target{index}", 1000);
        })).ToArray();
        for (var index = 0; index < 200; index++) await grains.GetGrain<ICounterGrain>($"other{index}").AddSlowly(1);
        await stop.CancelAsync();
        await Task.WhenAll(loads);
        var longest = host.Services.GetRequiredService<EmbeddedSilo>().GetStatistics();
        longest.LongestTurn.ShouldBeGreaterThan(TimeSpan.Zero);
        longest.LongestTurnGrain.ShouldNotBeEmpty();
        await host.StopAsync();
    }

    private static void Refused(Action<ISiloBuilder> configure, string named)
    {
        var services = new ServiceCollection();
        services.AddOrleans(configure);
        using var provider = services.BuildServiceProvider();
        Should.Throw<ArgumentOutOfRangeException>(() => provider.GetRequiredService<EmbeddedSilo>()).Message.ShouldContain(named);
    }
}
