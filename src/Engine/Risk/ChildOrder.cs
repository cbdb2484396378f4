using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>A part of an approved order, as far as it is known.</summary>
/// <param name="Number">Its number in the parent's ids, 1 to <see cref="ClientOrderId.ChildMax"/>.</param>
/// <param name="Type">Limit or market.</param>
/// <param name="TimeInForce">Time in force of a limit order.</param>
/// <param name="Quantity">Base units, as minted.</param>
/// <param name="Price">Limit price as sent or as amended since, quote units; null for market orders.</param>
/// <param name="Executed">Filled by the venue's word or by the known fills, whichever is more; base units.</param>
/// <param name="Status">Where it stands.</param>
public readonly record struct ChildOrder(
    int Number, OrderType Type, TimeInForce TimeInForce, decimal Quantity, decimal? Price, decimal Executed, OrderStatus Status)
{
    /// <summary>Whether it can still trade.</summary>
    public bool IsLive => Status.IsLive();

    /// <summary>What it has taken, or may still take, of the parent; base units.</summary>
    public decimal Committed => IsLive ? Math.Max(Quantity, Executed) : Executed;
}
