namespace Granary.Engine.Orders;

/// <summary>What an event did to an order. Only real changes are announced; a repeated or late event that says nothing new has none.</summary>
/// <param name="Order">The order after the event.</param>
/// <param name="Before">Status before.</param>
/// <param name="After">Status after.</param>
/// <param name="NewFills">Fills never announced before; each fill of the account is announced exactly once.</param>
public sealed record OrderChange(TrackedOrder Order, OrderStatus Before, OrderStatus After, IReadOnlyList<Fill> NewFills);
