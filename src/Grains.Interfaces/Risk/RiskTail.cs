namespace Granary.Grains.Interfaces.Risk;

/// <summary>The tail of an account's profit over one period, quote units; positive is a loss (formulas §9.7).</summary>
/// <param name="Method">Historical or Parametric.</param>
/// <param name="Confidence">0.95 or 0.99.</param>
/// <param name="ValueAtRisk">Loss that is exceeded in 1 - confidence of the periods.</param>
/// <param name="ExpectedShortfall">Mean loss of those periods.</param>
[GenerateSerializer, Immutable, Alias("granary.RiskTail")]
public sealed record RiskTail(
    [property: Id(0)] string Method,
    [property: Id(1)] double Confidence,
    [property: Id(2)] double ValueAtRisk,
    [property: Id(3)] double ExpectedShortfall);
