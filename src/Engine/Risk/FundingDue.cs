namespace Granary.Engine.Risk;

/// <summary>Funding of a position at the venue's funding time (formulas §4.5): cash -= side * quantity * mark * rate.</summary>
public static class FundingDue
{
    /// <summary>What the wallet gains, quote units: a long position pays where the rate is positive, so this is then negative.</summary>
    /// <param name="quantity">Signed base units held at that time.</param>
    /// <param name="mark">Mark price, quote units.</param>
    /// <param name="rate">Funding rate, a fraction.</param>
    public static decimal Of(decimal quantity, decimal mark, decimal rate) => -(quantity * mark * rate);
}
