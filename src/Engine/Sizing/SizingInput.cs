namespace Granary.Engine.Sizing;

/// <summary>What <see cref="AtrSizer"/> needs. Money is in quote units, quantities in base units, factors and shares are plain fractions.</summary>
/// <param name="Equity">Wallet plus unrealised PnL.</param>
/// <param name="Atr">Average true range of the strategy's bars, quote units per base unit.</param>
/// <param name="Price">Current price.</param>
/// <param name="Step">Lot step, above 0.</param>
/// <param name="NotionalMin">The venue's minimum notional; 0 for none.</param>
/// <param name="SameDirectionNotional">What is already held or in flight in the same direction, all symbols, 0 or more.</param>
public readonly record struct SizingInput(
    decimal Equity, decimal Atr, decimal Price, decimal Step, decimal NotionalMin, decimal SameDirectionNotional)
{
    /// <summary>Held or in flight in the same direction in this symbol; 0 or more, default 0. Takes away from the position's cap.</summary>
    public decimal PositionNotional { get; init; }

    /// <summary>Stop distance in ATRs; above 0, default 1.5.</summary>
    public decimal StopAtrMultiple { get; init; } = 1.5m;

    /// <summary>
    /// Stop distance as a share of the price, above 0; null, the default, for <see cref="StopAtrMultiple"/> times the ATR. Set it where protection has a
    /// fixed-share stop, so that the size risks what it says.
    /// </summary>
    public decimal? StopPriceShare { get; init; }

    /// <summary>Factor of the market regime: High 0.5, Normal 1, Low 0.7, otherwise 0; default 1.</summary>
    public decimal RegimeFactor { get; init; } = 1m;

    /// <summary>Signal strength, 0.5 to 1.5; default 1.</summary>
    public decimal Strength { get; init; } = 1m;

    /// <summary>Kelly factor, 0.1 to 1; default 1.</summary>
    public decimal KellyFactor { get; init; } = 1m;

    /// <summary>Weight of the signal in the regime (formulas §3.4), 0 or more; default 1.</summary>
    public decimal SizeFactor { get; init; } = 1m;

    /// <summary>Multiplier of the account-wide rules (losing streak, drawdown), 0 to 1; default 1.</summary>
    public decimal SizeMultiplier { get; init; } = 1m;

    /// <summary>Share of equity risked between entry and stop; default 0.01.</summary>
    public decimal RiskPerTrade { get; init; } = 0.01m;

    /// <summary>Largest share of equity in one position; default 0.05.</summary>
    public decimal PositionEquityShareMax { get; init; } = 0.05m;

    /// <summary>Largest share of equity in one direction; default 0.10.</summary>
    public decimal DirectionEquityShareMax { get; init; } = 0.10m;
}
