namespace Granary.Exchange.Contracts;

/// <summary>What an account pays for its fills, fractions of the notional.</summary>
/// <param name="Maker">For resting orders.</param>
/// <param name="Taker">For incoming orders.</param>
public sealed record CommissionRates(decimal Maker, decimal Taker)
{
    /// <summary>What they are paid in; null, the default, for the quote asset.</summary>
    public FeeAsset? Asset { get; init; }
}
