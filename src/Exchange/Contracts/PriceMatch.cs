namespace Granary.Exchange.Contracts;

/// <summary>Where a limit order takes its price from instead of naming one (priceMatch). The number is the level of the book, 1 the best.</summary>
public enum PriceMatch
{
    /// <summary>The order names its price.</summary>
    None = 0,

    /// <summary>The best opposite price.</summary>
    Opponent = 1,

    /// <summary>The fifth opposite price.</summary>
    Opponent5 = 5,

    /// <summary>The tenth opposite price.</summary>
    Opponent10 = 10,

    /// <summary>The twentieth opposite price.</summary>
    Opponent20 = 20,

    /// <summary>The best price of the order's own side.</summary>
    Queue = -1,

    /// <summary>The fifth price of the own side.</summary>
    Queue5 = -5,

    /// <summary>The tenth price of the own side.</summary>
    Queue10 = -10,

    /// <summary>The twentieth price of the own side.</summary>
    Queue20 = -20,
}
