using Granary.Engine.Risk;

namespace Granary.Backtest.Selection;

/// <summary>What the selector's trading costs.</summary>
public sealed record SelectorCosts
{
    /// <summary>Fee, share of the notional; 0 to 0.01, default 0.0004: a taker.</summary>
    public decimal FeeRate { get; init; } = FeeRates.Regular.Taker;

    /// <summary>Slippage, share of the price; 0 to 0.1, default 0.0001.</summary>
    public decimal SlippageRate { get; init; } = 0.0001m;

    /// <summary>
    /// Impact in the estimate of capacity, which the account does not pay: this times the candle's volatility times the square root of the order's share of the
    /// candle's volume. 0 to 100, default 1.
    /// </summary>
    public double ImpactMultiple { get; init; } = 1;

    /// <summary>Checks every cost.</summary>
    /// <exception cref="ArgumentException">One is outside its range; the message names it.</exception>
    public void Validate()
    {
        Check(nameof(FeeRate), FeeRate, 0.01m);
        Check(nameof(SlippageRate), SlippageRate, 0.1m);
        if (!(ImpactMultiple is >= 0 and <= 100))
            throw new ArgumentException(FormattableString.Invariant($"{nameof(ImpactMultiple)} was {ImpactMultiple}, expected 0 to 100"));
    }

    private static void Check(string name, decimal value, decimal max)
    {
        if (value < 0 || value > max) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected 0 to {max}"), name);
    }
}
