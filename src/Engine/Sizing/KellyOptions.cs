namespace Granary.Engine.Sizing;

/// <summary>Parameters of the Kelly factor (formulas §4.2).</summary>
public sealed record KellyOptions
{
    /// <summary>Longest window.</summary>
    public const int WindowMax = 10_000;

    /// <summary>Closed trades looked at; 1 to 10,000, default 50.</summary>
    public int Window { get; init; } = 50;

    /// <summary>Below this many trades the factor is <see cref="Initial"/>; 1 to <see cref="Window"/>, default 20.</summary>
    public int TradesMin { get; init; } = 20;

    /// <summary>Factor before enough trades are known; 0 to 1, default 0.5.</summary>
    public double Initial { get; init; } = 0.5;

    /// <summary>Smallest factor; 0 to <see cref="Cap"/>, default 0.1. With 0 a signal that once earned nothing never trades again.</summary>
    public double Floor { get; init; } = 0.1;

    /// <summary>Largest factor; 0 to 1, default 1.</summary>
    public double Cap { get; init; } = 1.0;

    /// <summary>Checks every parameter.</summary>
    /// <exception cref="ArgumentException">A parameter is outside its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        ParameterCheck.Within(nameof(Window), Window, 1m, WindowMax);
        ParameterCheck.Within(nameof(TradesMin), TradesMin, 1m, Window);
        ParameterCheck.Within(nameof(Initial), Initial, 0, 1);
        ParameterCheck.Within(nameof(Cap), Cap, 0, 1);
        ParameterCheck.Within(nameof(Floor), Floor, 0, Cap);
    }
}
