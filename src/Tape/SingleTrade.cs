using Granary.Engine.Market;

namespace Granary.Tape;

/// <summary>One single trade (trade).</summary>
/// <param name="Id">t: trade id; consecutive per symbol.</param>
/// <param name="EventTimeMs">E: milliseconds since the Unix epoch, UTC.</param>
/// <param name="TimeMs">T: transaction time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="PriceE8">Price in quote units, times 10^8.</param>
/// <param name="QuantityE8">Quantity in base units, times 10^8.</param>
/// <param name="IsBuyerMaker">True when the taker sold.</param>
/// <param name="IsMarket">
/// False for trades of the insurance fund and of deleveraging (X is not MARKET): the aggregate-trade stream does not carry them, and they may be far from
/// the market.
/// </param>
public readonly record struct SingleTrade(
    long Id, long EventTimeMs, long TimeMs, long PriceE8, long QuantityE8, bool IsBuyerMaker, bool IsMarket)
{
    /// <summary>The aggregate that consists of this trade alone, under its own id.</summary>
    public AggTrade ToAggTrade() => new(Id, TimeMs, PriceE8, QuantityE8, Id, 1, IsBuyerMaker);
}
