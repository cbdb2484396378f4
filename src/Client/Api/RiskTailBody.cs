namespace Granary.Client.Api;

/// <summary>The tail of an account's profit over one period; positive is a loss.</summary>
public sealed record RiskTailBody
{
    /// <summary>Historical or Parametric.</summary>
    public string Method { get; init; } = "";

    /// <summary>0.95 or 0.99.</summary>
    public double Confidence { get; init; }

    /// <summary>Loss that is exceeded in 1 - confidence of the periods.</summary>
    public double ValueAtRisk { get; init; }

    /// <summary>Mean loss of those periods.</summary>
    public double ExpectedShortfall { get; init; }
}
