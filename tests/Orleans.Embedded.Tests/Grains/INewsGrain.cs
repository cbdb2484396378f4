using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

/// <summary>Speaks to observers and streams.</summary>
public interface INewsGrain : IGrainWithStringKey
{
    Task Tell(INewsObserver observer, string text);

    Task<int> Ask(INewsObserver observer, int number);

    Task Publish(string stream, int first, int count);

    Task Subscribe(string stream, string name);

    Task Unsubscribe();
}
