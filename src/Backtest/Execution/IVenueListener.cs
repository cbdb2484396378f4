using Granary.Engine.Orders;

namespace Granary.Backtest.Execution;

/// <summary>Hears what the simulated venue does with orders, at the moment it does.</summary>
internal interface IVenueListener
{
    /// <summary>An execution.</summary>
    /// <param name="order">The order, its remaining quantity already smaller.</param>
    /// <param name="price">Quote units.</param>
    /// <param name="quantity">Base units.</param>
    /// <param name="isMaker">Whether it was resting.</param>
    /// <param name="timeMs">Milliseconds since the Unix epoch, UTC.</param>
    void OnExecution(WorkingOrder order, decimal price, decimal quantity, bool isMaker, long timeMs);

    /// <summary>What an order that only reduces can still take off the position, base units times 10^8, 0 or more.</summary>
    long ReducibleE8(WorkingOrder order);

    /// <summary>A change without an execution: accepted, cancelled, expired.</summary>
    void OnStatus(WorkingOrder order, OrderStatus status, long timeMs);
}
