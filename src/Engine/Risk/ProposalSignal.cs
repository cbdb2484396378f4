namespace Granary.Engine.Risk;

/// <summary>One of several signals behind a proposal (formulas §3.4). Its Kelly factor is that of its own closed trades.</summary>
/// <param name="Strategy">Whose trades its Kelly factor comes from.</param>
/// <param name="Strength">Signal strength, 0.5 to 1.5.</param>
/// <param name="SizeFactor">Weight of the signal in the regime, for example 0.8 or 1.2.</param>
public readonly record struct ProposalSignal(string Strategy, double Strength, double SizeFactor);
