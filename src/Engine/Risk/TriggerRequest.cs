using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>A protective conditional order before it is sent: reduce-only, at market once it fires.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Side">Side of the order (a long position is protected by a sell).</param>
/// <param name="Kind">Stop or take profit.</param>
/// <param name="TriggerPrice">Quote units, a multiple of the tick.</param>
/// <param name="Quantity">Base units; null for the whole position.</param>
public sealed record TriggerRequest(string Symbol, OrderSide Side, TriggerKind Kind, decimal TriggerPrice, decimal? Quantity);
