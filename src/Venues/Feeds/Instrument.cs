using Granary.Venues.Binance;

namespace Granary.Venues.Feeds;

/// <summary>
/// A perpetual of another venue under the name that the engine knows it by. Venues differ in what one unit of an order is (OKX counts contracts) and in how
/// many
/// coins a price is for (1000PEPEUSDT is priced for a thousand).
/// </summary>
/// <param name="Symbol">The engine's name, upper-case, for example 1000PEPEUSDT.</param>
/// <param name="VenueName">The venue's, for example PEPE-USDT-SWAP.</param>
/// <param name="CoinsPerUnit">Coins in one unit of the venue's sizes, above 0: 1 where sizes are coins, the contract's value where they are contracts.</param>
/// <param name="CoinsPerLot">
/// Coins of the venue's pricing that make one of the engine's, above 0: 1000 for 1000PEPEUSDT against a venue that prices single coins.
/// </param>
/// <param name="TickSize">The venue's price step in its own pricing.</param>
/// <param name="StepSize">The venue's size step in its own units.</param>
public sealed record Instrument(string Symbol, string VenueName, decimal CoinsPerUnit, decimal CoinsPerLot, decimal TickSize, decimal StepSize)
{
    /// <summary>A price of the venue in the engine's pricing, times 10^8.</summary>
    /// <exception cref="FormatException">Too large, or with more than eight decimals after conversion.</exception>
    public long PriceE8(decimal price) => JsonFields.ToFixed8(price * CoinsPerLot, "price");

    /// <summary>A size of the venue as the engine's quantity, times 10^8, rounded to that.</summary>
    /// <exception cref="FormatException">Too large.</exception>
    public long QuantityE8(decimal size) => JsonFields.ToFixed8(decimal.Round(size * CoinsPerUnit / CoinsPerLot, 8), "size");
}
