namespace Granary.Simulation.Troubles;

/// <summary>One thing that befalls the engine.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When it begins, from the start of the run.</param>
/// <param name="Lasts">How long it lasts.</param>
/// <param name="Value">A number from 0 to 999,999 that decides the rest.</param>
internal sealed record Trouble(TroubleKind Kind, TimeSpan At, TimeSpan Lasts, int Value)
{
    public override string ToString() => $"{Kind} at {At:hh\\:mm\\:ss\\.fff} for {Lasts:hh\\:mm\\:ss\\.fff} ({Value})";
}
