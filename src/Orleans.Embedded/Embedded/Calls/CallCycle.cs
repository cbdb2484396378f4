using System.Text;
using Orleans.Embedded.Activations;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Calls;

/// <summary>
/// Finds out whether a call that was not answered waits for a cycle: its callee waits for another grain, and so on back to one of them. It is looked for when
/// the timeout comes, not before: a call that nobody awaits is no wait, and only the timeout tells the two apart.
/// </summary>
internal sealed class CallCycle
{
    private const int DepthMax = 256;

    private readonly ILookup<Activation, GrainCall> _callsBySender;
    private readonly HashSet<Activation> _seen = [];
    private readonly List<GrainCall> _path = [];

    private CallCycle(IEnumerable<GrainCall> pending) =>
        _callsBySender = pending.Where(call => call.Sender is not null && call.Target is not null).ToLookup(call => call.Sender!);

    /// <summary>The cycle in words, or null.</summary>
    /// <param name="call">The call that timed out.</param>
    /// <param name="pending">All calls under way.</param>
    public static string? Describe(GrainCall call, IEnumerable<GrainCall> pending)
    {
        if (call.Target is not { } target) return null;
        var search = new CallCycle(pending);
        if (call.Sender is null) return search.Visit(target);
        search._path.Add(call);
        search._seen.Add(call.Sender);
        return ReferenceEquals(call.Sender, target) ? Format([call]) : search.Visit(target);
    }

    private string? Visit(Activation activation)
    {
        if (!_seen.Add(activation) || _path.Count >= DepthMax) return null;
        foreach (var call in _callsBySender[activation].OrderBy(call => call.Method.Name, StringComparer.Ordinal))
        {
            if (call.Target is not { } callee) continue;
            _path.Add(call);
            var start = _path.FindIndex(earlier => ReferenceEquals(earlier.Sender, callee));
            if ((start >= 0 ? Format(_path[start..]) : Visit(callee)) is { } cycle) return cycle;
            _path.RemoveAt(_path.Count - 1);
        }

        return null;
    }

    private static string? Format(List<GrainCall> cycle)
    {
        // A cycle in which every call has begun can still end by itself; then the timeout has another cause.
        if (cycle.TrueForAll(call => call.IsStarted)) return null;
        var text = new StringBuilder($"{cycle[0].Sender!.GrainId}");
        foreach (var call in cycle) text.Append($" -> {call.Method.Name} of {call.Target!.GrainId}");
        return text.ToString();
    }
}
