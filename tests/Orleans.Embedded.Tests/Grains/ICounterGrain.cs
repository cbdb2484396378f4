using Orleans;
using Orleans.Concurrency;

namespace Granary.Orleans.Embedded.Tests.Grains;

public interface ICounterGrain : IGrainWithStringKey
{
    ValueTask<int> Add(int amount);

    Task<int> AddSlowly(int amount);

    Task<int> Overlaps();

    ValueTask<int> Instance();

    [OneWay]
    ValueTask AddOneWay(int amount);

    [OneWay]
    Task FailOneWay();

    void AddVoid(int amount);

    Task FailWith(string message);

    ValueTask<string> WhoAmI();

    Task Deactivate();

    ValueTask<int> Echo(int value);
}
