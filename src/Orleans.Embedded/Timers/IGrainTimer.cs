namespace Orleans.Runtime;

/// <summary>A timer of a grain; disposing it cancels its token and ends its ticks.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Changes the schedule.</summary>
    /// <param name="dueTime">Until the next tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="period">From the end of a callback to the next tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative (other than infinite) or longer than about 49 days.</exception>
    void Change(TimeSpan dueTime, TimeSpan period);
}
