using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Simulation;

/// <summary>
/// Calls that wait for an answer, by their deadlines. Calls with the same timeout end in the order in which they began, so one list per timeout is enough.
/// </summary>
internal sealed class CallDeadlines
{
    private readonly SortedDictionary<long, TimeoutList> _lists = [];

    public int Count { get; private set; }

    /// <summary>When the next call is late; <see cref="long.MaxValue"/> when none waits.</summary>
    public long NextTicks
    {
        get
        {
            var next = long.MaxValue;
            foreach (var list in _lists.Values)
            {
                if (list.First is { } call) next = Math.Min(next, call.Deadline);
            }

            return next;
        }
    }

    public IEnumerable<GrainCall> Calls
    {
        get
        {
            foreach (var list in _lists.Values)
            {
                for (var call = list.First; call is not null; call = call.TrackedNext) yield return call;
            }
        }
    }

    public void Add(GrainCall call, long nowTicks, long timeoutTicks)
    {
        if (!_lists.TryGetValue(timeoutTicks, out var list)) _lists.Add(timeoutTicks, list = new TimeoutList());
        call.Deadline = nowTicks + timeoutTicks;
        call.TrackedList = list;
        call.TrackedPrevious = list.Last;
        call.TrackedNext = null;
        if (list.Last is null) list.First = call;
        else list.Last.TrackedNext = call;
        list.Last = call;
        Count++;
    }

    public void Remove(GrainCall call)
    {
        if (call.TrackedList is not TimeoutList list) return;
        if (call.TrackedPrevious is { } previous) previous.TrackedNext = call.TrackedNext;
        else list.First = call.TrackedNext;
        if (call.TrackedNext is { } next) next.TrackedPrevious = call.TrackedPrevious;
        else list.Last = call.TrackedPrevious;
        call.TrackedList = null;
        call.TrackedPrevious = null;
        call.TrackedNext = null;
        Count--;
    }

    private sealed class TimeoutList
    {
        public GrainCall? First { get; set; }

        public GrainCall? Last { get; set; }
    }
}
