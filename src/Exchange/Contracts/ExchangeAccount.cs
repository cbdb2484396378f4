namespace Granary.Exchange.Contracts;

/// <summary>Who may trade.</summary>
/// <param name="Name">Account name.</param>
/// <param name="ApiKey">Public part of the credentials.</param>
/// <param name="ApiSecret">Signs requests. The built-in exchange's secrets are test values, never a real venue's.</param>
/// <param name="InitialBalance">USDT at the very first start.</param>
public sealed record ExchangeAccount(string Name, string ApiKey, string ApiSecret, decimal InitialBalance)
{
    /// <summary>Fraction of the notional its resting orders pay; null for the exchange's.</summary>
    public decimal? MakerFee { get; init; }

    /// <summary>Fraction of the notional its incoming orders pay; null for the exchange's.</summary>
    public decimal? TakerFee { get; init; }

    /// <summary>What it pays its commissions in; null, the default, for the quote asset.</summary>
    public FeeAsset? FeeAsset { get; init; }
}
