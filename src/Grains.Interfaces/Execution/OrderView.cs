using Granary.Engine.Orders;

namespace Granary.Grains.Interfaces.Execution;

/// <summary>An order as an operator sees it.</summary>
/// <param name="ClientOrderId">Deterministic id.</param>
/// <param name="VenueOrderId">0 until known.</param>
/// <param name="Strategy">Strategy name, or EXTERNAL.</param>
/// <param name="IntentId">What the order is for.</param>
/// <param name="Purpose">Entry or Exit.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Limit or market.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="Price">Quote units, or null.</param>
/// <param name="ExecutedQuantity">Base units.</param>
/// <param name="ReduceOnly">Whether it only reduces.</param>
/// <param name="TimeMs">Engine time of the last change.</param>
[GenerateSerializer, Immutable, Alias("granary.OrderView")]
public sealed record OrderView(
    [property: Id(0)] string ClientOrderId,
    [property: Id(1)] long VenueOrderId,
    [property: Id(2)] string Strategy,
    [property: Id(3)] string IntentId,
    [property: Id(4)] string Purpose,
    [property: Id(5)] OrderSide Side,
    [property: Id(6)] OrderType Type,
    [property: Id(7)] OrderStatus Status,
    [property: Id(8)] decimal Quantity,
    [property: Id(9)] decimal? Price,
    [property: Id(10)] decimal ExecutedQuantity,
    [property: Id(11)] bool ReduceOnly,
    [property: Id(12)] long TimeMs);
