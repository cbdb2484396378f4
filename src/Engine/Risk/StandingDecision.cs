namespace Granary.Engine.Risk;

/// <summary>The gate's answer to a request for a standing approval.</summary>
/// <param name="Approved">What is allowed; null when refused.</param>
/// <param name="Refusal">Why nothing is; null when approved.</param>
public sealed record StandingDecision(Approved<StandingTerms>? Approved, Refusal? Refusal);
