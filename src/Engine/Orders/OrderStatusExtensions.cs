namespace Granary.Engine.Orders;

/// <summary>Questions about an order's status.</summary>
public static class OrderStatusExtensions
{
    /// <summary>Whether the order can still trade, as far as the engine knows; it counts as exposure.</summary>
    public static bool IsLive(this OrderStatus status) => status is OrderStatus.PendingNew or OrderStatus.Unknown or OrderStatus.New
        or OrderStatus.PartiallyFilled or OrderStatus.PendingCancel or OrderStatus.PendingAmend;

    /// <summary>Whether the order is over.</summary>
    public static bool IsFinal(this OrderStatus status) => !status.IsLive();

    /// <summary>
    /// Order of final statuses, so that reports may come in any order: of two the higher one stands. 0 for live ones.
    /// </summary>
    internal static int FinalRank(this OrderStatus status) => status switch
    {
        OrderStatus.Filled => 4,
        OrderStatus.Canceled => 3,
        OrderStatus.Expired => 2,
        OrderStatus.Rejected => 1,
        _ => 0,
    };
}
