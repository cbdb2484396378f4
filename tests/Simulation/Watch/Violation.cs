namespace Granary.Simulation.Watch;

/// <summary>A rule was broken.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Time">Virtual time.</param>
internal sealed record Violation(string Rule, string Detail, DateTimeOffset Time)
{
    public override string ToString() => $"{Time:HH:mm:ss.fff} {Rule}: {Detail}";
}
