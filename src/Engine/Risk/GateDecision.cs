namespace Granary.Engine.Risk;

/// <summary>The gate's answer to a proposal: exactly one of the two is set.</summary>
/// <param name="Approved">The order, its exposure already reserved.</param>
/// <param name="Refusal">Why not.</param>
public sealed record GateDecision(Approved<Order>? Approved, Refusal? Refusal);
