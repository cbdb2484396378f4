using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Gives streams. Streams carry events to observers, never what must not be lost.</summary>
public interface IStreamProvider
{
    /// <summary>Whether a subscription can begin in the past.</summary>
    bool IsRewindable { get; }

    /// <summary>Name that it was registered by.</summary>
    string Name { get; }

    /// <summary>A stream; it exists as soon as somebody subscribes or publishes.</summary>
    /// <typeparam name="T">Type of the events.</typeparam>
    /// <param name="streamId">Which stream.</param>
    IAsyncStream<T> GetStream<T>(StreamId streamId);
}
