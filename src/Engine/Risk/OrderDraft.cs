using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>An order while it is judged: everything but its id.</summary>
internal readonly record struct OrderDraft(
    string Symbol, OrderSide Side, OrderType Type, TimeInForce TimeInForce, decimal Quantity, decimal? Price, bool ReduceOnly)
{
    internal bool IsPostOnly => Type == OrderType.Limit && TimeInForce == TimeInForce.Gtx;
}
