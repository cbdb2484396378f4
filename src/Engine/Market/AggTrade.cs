namespace Granary.Engine.Market;

/// <summary>
/// One aggregate trade as the venue publishes it (aggTrade): all fills of one taker order at one price. 48 bytes, no references.
/// </summary>
/// <param name="Id">Aggregate trade id; consecutive per symbol.</param>
/// <param name="TimeMs">Transaction time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="PriceE8">Price in quote units, times 10^8 (<see cref="Fixed8"/>).</param>
/// <param name="QuantityE8">Quantity in base units, times 10^8.</param>
/// <param name="FirstTradeId">Id of the first single trade in the aggregate.</param>
/// <param name="TradeCount">Number of single trades: last id - first id + 1; 1 or more.</param>
/// <param name="IsBuyerMaker">True when the taker sold (the buyer's order was resting).</param>
public readonly record struct AggTrade(
    long Id, long TimeMs, long PriceE8, long QuantityE8, long FirstTradeId, int TradeCount, bool IsBuyerMaker)
{
    /// <summary>Price in quote units.</summary>
    public decimal Price => Fixed8.ToDecimal(PriceE8);

    /// <summary>Quantity in base units.</summary>
    public decimal Quantity => Fixed8.ToDecimal(QuantityE8);

    /// <summary>Id of the last single trade in the aggregate.</summary>
    public long LastTradeId => FirstTradeId + TradeCount - 1;
}
