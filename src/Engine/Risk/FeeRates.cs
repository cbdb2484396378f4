namespace Granary.Engine.Risk;

/// <summary>An account's fee rates, shares of the notional (formulas §4.5); a rebate is negative.</summary>
/// <param name="Maker">Of orders that rest.</param>
/// <param name="Taker">Of orders that take.</param>
public readonly record struct FeeRates(decimal Maker, decimal Taker)
{
    /// <summary>
    /// What an account of the venue pays without a discount: maker 0.02 %, taker 0.05 %. Plans assume it: the gate's default.
    /// </summary>
    public static FeeRates Regular { get; } = new(0.0002m, 0.0005m);

    /// <summary>
    /// The rates that results are stated with (formulas §4.5): maker 0.02 %, taker 0.04 %. What the built-in exchange charges and a backtest pays, so that the two
    /// agree; both can be set to the rates of an account.
    /// </summary>
    public static FeeRates Stated { get; } = new(0.0002m, 0.0004m);

    /// <summary>The rate of one order.</summary>
    public decimal Of(bool isMaker) => isMaker ? Maker : Taker;

    /// <summary>Fee of a fill, quote units.</summary>
    public decimal Fee(decimal price, decimal quantity, bool isMaker) => price * quantity * Of(isMaker);

    /// <summary>In and out again, share of the notional.</summary>
    public decimal RoundTrip(bool entryIsMaker, bool exitIsMaker) => Of(entryIsMaker) + Of(exitIsMaker);
}
