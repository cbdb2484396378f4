namespace Granary.Engine.Market;

/// <summary>What the venue demands of orders in one symbol (exchangeInfo filters).</summary>
/// <param name="Symbol">Upper-case symbol, for example BTCUSDT.</param>
/// <param name="Status">Contract status; orders are accepted only when it is TRADING.</param>
/// <param name="TickSize">Prices are multiples of this (PRICE_FILTER), above 0.</param>
/// <param name="StepSize">Quantities of limit orders are multiples of this (LOT_SIZE), above 0.</param>
/// <param name="QuantityMin">Smallest quantity (LOT_SIZE).</param>
/// <param name="QuantityMax">Largest quantity of a limit order (LOT_SIZE).</param>
/// <param name="MarketQuantityMax">Largest quantity of a market order (MARKET_LOT_SIZE).</param>
/// <param name="NotionalMin">Smallest price times quantity, in quote units, unless the order only reduces (MIN_NOTIONAL).</param>
/// <param name="PriceMin">Lowest price (PRICE_FILTER).</param>
/// <param name="PriceMax">Highest price (PRICE_FILTER).</param>
/// <param name="MultiplierUp">A price may be at most mark times this (PERCENT_PRICE).</param>
/// <param name="MultiplierDown">A price must be at least mark times this (PERCENT_PRICE).</param>
/// <param name="OrdersMax">Open orders allowed (MAX_NUM_ORDERS).</param>
/// <param name="PricePrecision">Decimals of printed prices; not the tick size.</param>
/// <param name="QuantityPrecision">Decimals of printed quantities.</param>
public sealed record SymbolRules(
    string Symbol,
    string Status,
    decimal TickSize,
    decimal StepSize,
    decimal QuantityMin,
    decimal QuantityMax,
    decimal MarketQuantityMax,
    decimal NotionalMin,
    decimal PriceMin,
    decimal PriceMax,
    decimal MultiplierUp,
    decimal MultiplierDown,
    int OrdersMax,
    int PricePrecision,
    int QuantityPrecision)
{
    /// <summary>Whether the symbol accepts orders now.</summary>
    public bool IsTrading => Status == "TRADING";

    /// <summary>The largest multiple of the step that is not above the quantity; 0 for quantities below one step.</summary>
    public decimal FloorQuantity(decimal quantity) => quantity <= 0 ? 0 : decimal.Floor(quantity / StepSize) * StepSize;

    /// <summary>The largest multiple of the tick that is not above the price.</summary>
    public decimal FloorPrice(decimal price) => decimal.Floor(price / TickSize) * TickSize;

    /// <summary>The smallest multiple of the tick that is not below the price.</summary>
    public decimal CeilingPrice(decimal price) => decimal.Ceiling(price / TickSize) * TickSize;
}
