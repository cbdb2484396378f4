using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>Schedule and behaviour of a grain timer.</summary>
public readonly struct GrainTimerCreationOptions
{
    /// <summary>Creates options whose schedule must be set.</summary>
    public GrainTimerCreationOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="dueTime">Until the first tick.</param>
    /// <param name="period">From the end of a callback to the next tick.</param>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Until the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Whether a tick may run while a call awaits something; default false.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a tick counts as activity, so that the activation is not collected as idle; default false.</summary>
    public bool KeepAlive { get; init; }

    /// <summary>From the end of a callback to the next tick; <see cref="Timeout.InfiniteTimeSpan"/> for one tick only.</summary>
    public required TimeSpan Period { get; init; }
}
