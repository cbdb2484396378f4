using Granary.Engine.Orders;

namespace Granary.Grains.Interfaces.Execution;

/// <summary>An approved order that is being placed in parts, as an operator sees it.</summary>
/// <param name="ClientOrderId">Id of the approved order; its parts bear it with a number behind a hyphen.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="Purpose">Entry or Exit.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Style">How it is placed: LimitFirst or PostOnly.</param>
/// <param name="Stage">Resting, Crossing or Ending.</param>
/// <param name="Reason">Why it crosses or ends, or what hinders it; empty otherwise.</param>
/// <param name="Quantity">Approved, base units.</param>
/// <param name="ExecutedQuantity">Base units.</param>
/// <param name="Parts">Parts sent so far.</param>
/// <param name="Price">Of the part at the venue, quote units; null when there is none, or it is at market.</param>
/// <param name="Rejects">Post-only refusals in a row.</param>
/// <param name="DecisionPrice">Price when it was decided, quote units.</param>
/// <param name="SlippageBps">How much worse than that its fills are so far, basis points; null without fills.</param>
/// <param name="DeadlineMs">When the rest is crossed or given up, engine time.</param>
[GenerateSerializer, Immutable, Alias("granary.WorkingOrderView")]
public sealed record WorkingOrderView(
    [property: Id(0)] string ClientOrderId,
    [property: Id(1)] string Strategy,
    [property: Id(2)] string Purpose,
    [property: Id(3)] OrderSide Side,
    [property: Id(4)] string Style,
    [property: Id(5)] string Stage,
    [property: Id(6)] string Reason,
    [property: Id(7)] decimal Quantity,
    [property: Id(8)] decimal ExecutedQuantity,
    [property: Id(9)] int Parts,
    [property: Id(10)] decimal? Price,
    [property: Id(11)] int Rejects,
    [property: Id(12)] decimal DecisionPrice,
    [property: Id(13)] double? SlippageBps,
    [property: Id(14)] long DeadlineMs);
