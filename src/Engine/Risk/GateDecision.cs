namespace Granary.Engine.Risk;

/// <summary>The gate's answer to a proposal: an approval or a refusal. A default value is neither, so it approves nothing.</summary>
public readonly struct GateDecision
{
    internal GateDecision(in Approval approval) => Approval = approval;

    internal GateDecision(Refusal? refusal) => Refusal = refusal;

    /// <summary>The order as values, its exposure already reserved; a default value when refused.</summary>
    public Approval Approval { get; }

    /// <summary>Why not; null when approved.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether the proposal was approved.</summary>
    public bool IsApproved => Approval.IsApproved;

    /// <summary>The order's objects for journal and execution, or null when refused. Every reading makes new and equal ones.</summary>
    public Approved<Order>? Approved => IsApproved ? Approval.ToOrder() : null;

    /// <summary>Whether the related market's order flow points the order's way (formulas §4.5); null when nothing is known of it. Information.</summary>
    public bool? CrossMarketAgrees { get; init; }
}
