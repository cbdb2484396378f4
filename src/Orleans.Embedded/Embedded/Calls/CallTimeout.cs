using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Calls;

/// <summary>Words for a call that was not answered in time.</summary>
internal static class CallTimeout
{
    public static TimeoutException Create(GrainCall call, TimeSpan timeout, IEnumerable<GrainCall> pending)
    {
        var text = $"Response did not arrive on time in {timeout} for {call.Method.Name} of {call.Target?.GrainId}; whether it ran is unknown.";
        if (CallCycle.Describe(call, pending) is { } cycle)
        {
            text += $" It waits for a call cycle, in which each waits for the next: {cycle}. Make one of them a one-way call, or mark the last method [AlwaysInterleave].";
        }

        return new TimeoutException(text);
    }
}
