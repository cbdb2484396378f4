namespace Granary.Engine.Reconciliation;

/// <summary>What to do so that the engine agrees with the venue.</summary>
/// <param name="Steps">
/// The changes, to be carried out in this order: stops, orders, fills, what is inferred. Owners come before fills, because trades name only the venue's id.
/// </param>
/// <param name="Findings">What did not agree.</param>
/// <param name="Doubt">A difference of positions that is not believed yet; to be handed to the next plan.</param>
/// <param name="IsSettled">Whether positions agree once the steps are carried out; false: look again.</param>
public sealed record ReconcilePlan(IReadOnlyList<ReconcileStep> Steps, IReadOnlyList<Finding> Findings, PositionDoubt? Doubt, bool IsSettled)
{
    /// <summary>Nothing to change and nothing in doubt.</summary>
    public bool IsAgreed => Steps.Count == 0 && IsSettled;
}
