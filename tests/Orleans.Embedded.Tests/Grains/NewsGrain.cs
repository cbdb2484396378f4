using Orleans;
using Orleans.Streams;

namespace Granary.Orleans.Embedded.Tests.Grains;

public sealed class NewsGrain(Probe probe) : Grain, INewsGrain
{
    private StreamSubscriptionHandle<int>? _subscription;
    private int _inside;

    public Task Tell(INewsObserver observer, string text)
    {
        observer.OnNews(text);
        return Task.CompletedTask;
    }

    public Task<int> Ask(INewsObserver observer, int number) => observer.Ask(number);

    public async Task Publish(string stream, int first, int count)
    {
        var target = this.GetStreamProvider("memory").GetStream<int>("tests", stream);
        for (var index = first; index < first + count; index++) await target.OnNextAsync(index);
    }

    public async Task Subscribe(string stream, string name)
    {
        _subscription = await this.GetStreamProvider("memory").GetStream<int>("tests", stream).SubscribeAsync(async (item, _) =>
        {
            if (++_inside > 1) probe.Tell("overlap");
            await Task.Yield();
            _inside--;
            if (item == 13) throw new TestFailureException("Unlucky.", 13);
            probe.Tell($"{name} {item}");
        });
    }

    public Task Unsubscribe() => _subscription!.UnsubscribeAsync();
}
