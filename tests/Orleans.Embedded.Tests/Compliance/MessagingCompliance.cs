using System.Collections.Concurrent;
using Granary.Orleans.Embedded.Tests.Grains;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace Granary.Orleans.Embedded.Tests.Compliance;

/// <summary>Observers and streams.</summary>
public abstract class MessagingCompliance
{
    protected abstract SiloHarness Create();

    [Fact]
    public void An_observer_is_called_until_its_reference_is_deleted()
    {
        using var silo = Create();
        var observer = new Reader();
        var reference = silo.Grains.CreateObjectReference<INewsObserver>(observer);
        var grain = silo.Grains.GetGrain<INewsGrain>("n");
        silo.Run(() => grain.Tell(reference, "hello"));
        silo.Run(() => grain.Ask(reference, 20)).ShouldBe(21);
        silo.Until(() => observer.News.Count == 1);
        silo.Grains.DeleteObjectReference<INewsObserver>(reference);
        silo.Until(() => silo.Silo.GetStatistics().GrainClasses.Single(entry => entry.GrainType == "sys.observer").ActivationCount == 0);
        Should.Throw<ClientNotAvailableException>(() => silo.Run(() => grain.Ask(reference, 1)));
        silo.Run(() => grain.Tell(reference, "lost"));
        observer.News.ShouldBe(["hello"]);
        GC.KeepAlive(observer);
    }

    [Fact]
    public void An_observer_that_nobody_holds_is_let_go()
    {
        using var silo = Create();
        var reference = CreateAndForget(silo);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Should.Throw<ClientNotAvailableException>(() => silo.Run(() => silo.Grains.GetGrain<INewsGrain>("n").Ask(reference, 1)));
        silo.Elapse(TimeSpan.FromMinutes(3));
        silo.Until(() => silo.Silo.GetStatistics().GrainClasses.Single(entry => entry.GrainType == "sys.observer").ActivationCount == 0);
    }

    [Fact]
    public void Only_observers_get_object_references()
    {
        using var silo = Create();
        var reference = silo.Grains.CreateObjectReference<INewsObserver>(new Reader());
        Should.Throw<ArgumentException>(() => silo.Grains.CreateObjectReference<INewsObserver>(reference));
        Should.Throw<ArgumentException>(() => silo.Grains.DeleteObjectReference<INewsObserver>(new Reader()));
    }

    [Fact]
    public void Stream_events_reach_grains_in_order_one_at_a_time()
    {
        using var silo = Create();
        silo.Run(async () =>
        {
            await silo.Grains.GetGrain<INewsGrain>("one").Subscribe("s", "one");
            await silo.Grains.GetGrain<INewsGrain>("two").Subscribe("s", "two");
            await silo.Grains.GetGrain<INewsGrain>("source").Publish("s", 100, 50);
            await silo.Grains.GetGrain<INewsGrain>("source").Publish("other", 500, 5);
        });
        silo.Until(() => silo.Probe.Log.Count >= 100);
        foreach (var name in new[] { "one", "two" })
            silo.Probe.Log.Where(entry => entry.StartsWith(name, StringComparison.Ordinal)).ShouldBe(Enumerable.Range(100, 50).Select(index => $"{name} {index}"));
        silo.Probe.Log.ShouldNotContain("overlap");
    }

    [Fact]
    public void A_subscription_ends_when_it_is_told_to()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<INewsGrain>("one");
        silo.Run(() => grain.Subscribe("s", "one"));
        silo.Run(() => grain.Publish("s", 1, 1));
        silo.Until(() => silo.Probe.Log.Count == 1);
        silo.Run(() => grain.Unsubscribe());
        silo.Run(() => grain.Publish("s", 2, 1));
        silo.Run(() => grain.Subscribe("s", "again"));
        silo.Run(() => grain.Publish("s", 3, 1));
        silo.Until(() => silo.Probe.Log.Count == 2);
        silo.Probe.Log.ShouldBe(["one 1", "again 3"]);
    }

    [Fact]
    public void An_observer_that_fails_goes_on_with_the_next_event()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<INewsGrain>("one");
        silo.Run(() => grain.Subscribe("s", "one"));
        silo.Run(() => grain.Publish("s", 12, 3));
        silo.Until(() => silo.Probe.Log.Count == 2);
        silo.Probe.Log.ShouldBe(["one 12", "one 14"]);
    }

    [Fact]
    public void A_full_stream_refuses_the_event_as_a_whole()
    {
        using var silo = Create();
        var stream = silo.Silo.Client.GetStreamProvider("memory").GetStream<int>("tests", "full");
        var seen = new ConcurrentQueue<int>();
        silo.Run(async () =>
        {
            await stream.SubscribeAsync(async (item, _) =>
            {
                await silo.Probe.Wait("consumer");
                seen.Enqueue(item);
            });
            await stream.OnNextAsync(0);
        });
        var accepted = 1;
        var refused = Should.Throw<InvalidOperationException>(() => silo.Run(async () =>
        {
            while (true)
            {
                await stream.OnNextAsync(accepted);
                accepted++;
            }
        }));
        refused.Message.ShouldContain("full");
        accepted.ShouldBeInRange(16_384, 16_385);
        silo.Probe.Open("consumer");
        silo.Until(() => seen.Count == accepted);
        seen.ShouldBe(Enumerable.Range(0, accepted));
        silo.Run(() => stream.OnNextAsync(-1));
        silo.Until(() => seen.Count == accepted + 1);
    }

    [Fact]
    public void A_stream_provider_must_be_there()
    {
        using var silo = Create();
        Should.Throw<ArgumentException>(() => silo.Silo.Client.GetStreamProvider("nowhere")).Message.ShouldContain("nowhere");
    }

    private static INewsObserver CreateAndForget(SiloHarness silo) => silo.Grains.CreateObjectReference<INewsObserver>(new Reader());

    private sealed class Reader : INewsObserver
    {
        public ConcurrentQueue<string> News { get; } = new();

        public void OnNews(string text) => News.Enqueue(text);

        public Task<int> Ask(int number) => Task.FromResult(number + 1);
    }
}
