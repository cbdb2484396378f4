using System.Collections.Concurrent;

namespace Granary.Orleans.Embedded.Tests.Grains;

/// <summary>What grains tell the test, and gates at which they wait for it.</summary>
public sealed class Probe
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentQueue<string> _log = new();

    public IReadOnlyList<string> Log => [.. _log];

    public void Tell(string text) => _log.Enqueue(text);

    public int Count(string text) => _log.Count(entry => entry == text);

    public Task Wait(string gate) => _gates.GetOrAdd(gate, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Open(string gate) => _gates.GetOrAdd(gate, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
