namespace Granary.Simulation.Watch;

/// <summary>Ends a run at the first rule that was broken.</summary>
internal sealed class ViolationException(Violation violation, string where) : Exception($"{violation} ({where})")
{
    public Violation Violation { get; } = violation;
}
