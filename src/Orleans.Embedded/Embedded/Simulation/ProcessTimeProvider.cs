namespace Orleans.Embedded.Simulation;

/// <summary>The common clock as one simulated process sees it: its timers die with it.</summary>
internal sealed class ProcessTimeProvider(VirtualTimeProvider clock, SimulationProcess process) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period, process);
}
