namespace Granary.Engine.Risk;

/// <summary>An account's fee rates, shares of the notional (formulas §4.5); a rebate is negative.</summary>
/// <param name="Maker">Of orders that rest.</param>
/// <param name="Taker">Of orders that take.</param>
public readonly record struct FeeRates(decimal Maker, decimal Taker)
{
    /// <summary>
    /// What an account of the venue pays without a discount: maker 0.02 %, taker 0.05 %. The one default: of the gate, of a backtest and of the built-in exchange.
    /// formulas §4.5 states older rates (taker 0.04 %); what is compared with them sets them.
    /// </summary>
    public static FeeRates Regular { get; } = new(0.0002m, 0.0005m);

    /// <summary>The rate of one order.</summary>
    public decimal Of(bool isMaker) => isMaker ? Maker : Taker;

    /// <summary>Fee of a fill, quote units.</summary>
    public decimal Fee(decimal price, decimal quantity, bool isMaker) => price * quantity * Of(isMaker);

    /// <summary>In and out again, share of the notional.</summary>
    public decimal RoundTrip(bool entryIsMaker, bool exitIsMaker) => Of(entryIsMaker) + Of(exitIsMaker);
}
