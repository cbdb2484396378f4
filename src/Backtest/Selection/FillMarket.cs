namespace Granary.Backtest.Selection;

/// <summary>How large a fill was in its market, for the estimate of capacity.</summary>
/// <param name="Notional">Quote units.</param>
/// <param name="CandleVolume">Quote volume of the candle that it was filled in, above 0.</param>
/// <param name="Volatility">Of the candle before, as a fraction of the price (Parkinson: ln(high / low) / (2 sqrt(ln 2))).</param>
internal readonly record struct FillMarket(decimal Notional, decimal CandleVolume, double Volatility)
{
    public double Participation => (double)(Notional / CandleVolume);
}
