using System.Text;
using Orleans.Embedded.Activations;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Calls;

/// <summary>
/// Finds out whether a call that was not answered is part of a cycle: its callee waits for another grain, and so on back to the caller. It is looked for when
/// the timeout comes, not before: a call that nobody awaits is no wait, and only the timeout tells the two apart.
/// </summary>
internal static class CallCycle
{
    /// <summary>The cycle in words, or null.</summary>
    /// <param name="call">The call that timed out.</param>
    /// <param name="pending">All calls under way.</param>
    public static string? Describe(GrainCall call, IEnumerable<GrainCall> pending)
    {
        if (call.Sender is not { } sender || call.Target is not { } target) return null;
        var callsBySender = pending.Where(other => other.Sender is not null && other.Target is not null).ToLookup(other => other.Sender!);
        if (ReferenceEquals(sender, target)) return Format([call]);
        var cameBy = new Dictionary<Activation, GrainCall> { [target] = call };
        var open = new Queue<Activation>();
        open.Enqueue(target);
        while (open.TryDequeue(out var activation))
        {
            foreach (var next in callsBySender[activation].OrderBy(other => other.Method.Name, StringComparer.Ordinal))
            {
                var callee = next.Target;
                if (callee is null || !cameBy.TryAdd(callee, next)) continue;
                if (ReferenceEquals(callee, sender)) return Format(PathTo(sender, target, cameBy));
                open.Enqueue(callee);
            }
        }

        return null;
    }

    private static List<GrainCall> PathTo(Activation end, Activation start, Dictionary<Activation, GrainCall> cameBy)
    {
        var path = new List<GrainCall>();
        for (var at = end; ; at = path[^1].Sender!)
        {
            path.Add(cameBy[at]);
            if (ReferenceEquals(at, start)) break;
        }

        path.Reverse();
        return path;
    }

    private static string? Format(List<GrainCall> path)
    {
        // A cycle in which every call has begun can still end by itself; then the timeout has another cause.
        if (path.TrueForAll(call => call.IsStarted)) return null;
        var text = new StringBuilder($"{path[0].Sender!.GrainId}");
        foreach (var call in path) text.Append($" -> {call.Method.Name} of {call.Target!.GrainId}");
        return text.ToString();
    }
}
