namespace Orleans.Configuration;

/// <summary>How turns share the threads.</summary>
public class SchedulingOptions
{
    /// <summary>Default of <see cref="ActivationSchedulingQuantum"/>: 0.2 ms.</summary>
    public static readonly TimeSpan DEFAULT_ACTIVATION_SCHEDULING_QUANTUM = TimeSpan.FromMicroseconds(200);

    /// <summary>Default of <see cref="TurnWarningLengthThreshold"/>: 1 s.</summary>
    public static readonly TimeSpan DEFAULT_TURN_WARNING_THRESHOLD = TimeSpan.FromSeconds(1);

    /// <summary>How long one activation may keep a thread while others wait; more than 0. Microsoft Orleans' default is 100 ms.</summary>
    public TimeSpan ActivationSchedulingQuantum { get; set; } = DEFAULT_ACTIVATION_SCHEDULING_QUANTUM;

    /// <summary>A turn longer than this is logged as a warning; more than 0.</summary>
    public TimeSpan TurnWarningLengthThreshold { get; set; } = DEFAULT_TURN_WARNING_THRESHOLD;
}
