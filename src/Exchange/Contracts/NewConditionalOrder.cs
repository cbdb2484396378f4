using Granary.Engine.Orders;

namespace Granary.Exchange.Contracts;

/// <summary>A conditional order after the protocol's parsing.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Side">Side of the order that it places.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Quantity">Base units; 0 where it closes the position.</param>
/// <param name="TriggerPrice">Quote units; 0 for trailing stops.</param>
public sealed record NewConditionalOrder(string Symbol, OrderSide Side, ConditionalType Type, decimal Quantity, decimal TriggerPrice)
{
    /// <summary>The client's id, or null (the exchange makes one).</summary>
    public string? ClientAlgoId { get; init; }

    /// <summary>Limit of the order that it places, quote units; 0 for market types and with a price match.</summary>
    public decimal Price { get; init; }

    /// <summary>Time in force of the order that it places.</summary>
    public TimeInForce TimeInForce { get; init; } = TimeInForce.Gtc;

    /// <summary>Self-trade prevention, price match and good-till date of the order that it places.</summary>
    public OrderTerms Terms { get; init; } = OrderTerms.Default;

    /// <summary>Which price it watches.</summary>
    public WorkingType WorkingType { get; init; }

    /// <summary>Closes the whole position of the opposite side.</summary>
    public bool ClosePosition { get; init; }

    /// <summary>Does not trigger while mark and last price differ by more than the symbol's trigger protection.</summary>
    public bool PriceProtect { get; init; }

    /// <summary>Which position it is for: Both in one-way mode, Long or Short in hedge mode.</summary>
    public PositionSide PositionSide { get; init; }

    /// <summary>May only reduce.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Price that arms a trailing stop, quote units; 0 for at once.</summary>
    public decimal ActivatePrice { get; init; }

    /// <summary>How far the price must come back, per cent, 0.1 to 10; trailing stops only.</summary>
    public decimal CallbackRate { get; init; }
}
