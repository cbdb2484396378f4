namespace Granary.Engine.Risk;

/// <summary>How far a standing approval is used on the side of an order, as its books know it.</summary>
/// <param name="HeldCost">What is held in the order's direction at its cost, quote units, 0 or more.</param>
/// <param name="RestingNotional">Entries in that direction that may still trade, quote units, 0 or more; without the order that is judged.</param>
/// <param name="ClosableQuantity">What is held in the other direction, which the order may close, base units, 0 or more.</param>
/// <param name="OpenOrders">Orders of the approval that may still trade; without the one that is judged.</param>
public readonly record struct StandingUse(decimal HeldCost, decimal RestingNotional, decimal ClosableQuantity, int OpenOrders);
