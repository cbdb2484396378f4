namespace Granary.Engine.Risk;

/// <summary>The gate's answer to a proposal: exactly one of the two is set.</summary>
/// <param name="Approved">The order, its exposure already reserved.</param>
/// <param name="Refusal">Why not.</param>
public readonly record struct GateDecision(Approved<Order>? Approved, Refusal? Refusal)
{
    /// <summary>Whether the related market's order flow points the order's way (formulas §4.5); null when nothing is known of it. Information.</summary>
    public bool? CrossMarketAgrees { get; init; }
}
