namespace Granary.Backtest.Results;

/// <summary>The account at one moment of the run.</summary>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
/// <param name="Equity">Wallet plus unrealised PnL, quote units.</param>
/// <param name="EquityBeforeFees">The same with all fees given back.</param>
/// <param name="Gross">Sum of all notionals, quote units.</param>
/// <param name="Net">Longs less shorts, quote units.</param>
public readonly record struct RunSample(long TimeMs, decimal Equity, decimal EquityBeforeFees, decimal Gross, decimal Net)
{
    /// <summary>Gross notional as a multiple of equity; 0 when the equity is not above 0.</summary>
    public double Leverage => Equity > 0 ? (double)(Gross / Equity) : 0;
}
