using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

/// <summary>Takes news of a <see cref="INewsGrain"/>.</summary>
public interface INewsObserver : IGrainObserver
{
    void OnNews(string text);

    Task<int> Ask(int number);
}
