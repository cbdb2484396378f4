namespace Granary.Engine.Supervision;

/// <summary>When one grain counts as stuck, and what then.</summary>
/// <param name="Name">Its name in records.</param>
/// <param name="Remedy">What may be done.</param>
/// <param name="StuckMs">Time without an answer after which it is stuck, milliseconds; above 0.</param>
/// <param name="WaitsFor">Places, in the list of rules, of the grains whose answers it waits for.</param>
public sealed record GrainRule(string Name, GrainRemedy Remedy, long StuckMs, IReadOnlyList<int> WaitsFor);
