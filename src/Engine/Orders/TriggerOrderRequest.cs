namespace Granary.Engine.Orders;

/// <summary>
/// A stop as it is sent to a venue: it waits there, and once the price reaches the trigger it becomes an order at market that only reduces.
/// </summary>
/// <param name="ClientId">Our deterministic id, 1 to 36 characters of [.A-Za-z0-9:/_-].</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Side">Side of the order that it becomes: a sell protects a long position and lies below the market.</param>
/// <param name="TriggerPrice">Quote units, a multiple of the symbol's tick, above 0.</param>
/// <param name="Quantity">Base units, a multiple of the symbol's step, above 0; null for whatever the position then is.</param>
/// <param name="WorkingPrice">Which price sets it off.</param>
public sealed record TriggerOrderRequest(
    string ClientId, string Symbol, OrderSide Side, decimal TriggerPrice, decimal? Quantity, WorkingPrice WorkingPrice);
