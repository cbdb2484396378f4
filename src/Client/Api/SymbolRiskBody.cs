namespace Granary.Client.Api;

/// <summary>One symbol of an account's risk.</summary>
public sealed record SymbolRiskBody
{
    /// <summary>Upper-case symbol.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Signed position at the mark price.</summary>
    public decimal Notional { get; init; }

    /// <summary>A fraction per year, or null.</summary>
    public double? Volatility { get; init; }

    /// <summary>Share under risk parity, or null.</summary>
    public double? ParityWeight { get; init; }

    /// <summary>Expected slippage, a fraction of the price, or null.</summary>
    public decimal? SlippageShare { get; init; }

    /// <summary>What the next funding would add to the wallet, or null.</summary>
    public decimal? FundingDue { get; init; }

    /// <summary>When it is due; 0 when not known.</summary>
    public long NextFundingTimeMs { get; init; }
}
