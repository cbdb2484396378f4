using Granary.Engine.Orders;

namespace Granary.Engine.Reconciliation;

/// <summary>One change that brings the engine's side to the venue's.</summary>
public abstract record ReconcileStep
{
    private ReconcileStep()
    {
    }

    /// <summary>Hand a report of a stop to the stops' state machine.</summary>
    /// <param name="Report">What the venue said.</param>
    /// <param name="IsNewer">Whether it is newer than all that was heard of the stop, so that it overrules what counted as over.</param>
    public sealed record TakeStop(TriggerOrderReport Report, bool IsNewer) : ReconcileStep;

    /// <summary>A stop that the venue shows waiting although its cancel has been sent and answered, or lost: it rests as before.</summary>
    /// <param name="ClientId">Which one.</param>
    public sealed record KeepStop(string ClientId) : ReconcileStep;

    /// <summary>End a stop that the venue does not have.</summary>
    /// <param name="ClientId">Which one.</param>
    public sealed record EndStop(string ClientId) : ReconcileStep;

    /// <summary>Hand a report of an order, ours or foreign, to the orders' state machine.</summary>
    /// <param name="Report">What the venue said.</param>
    public sealed record TakeOrder(OrderReport Report) : ReconcileStep;

    /// <summary>End an order that the venue does not have.</summary>
    /// <param name="ClientOrderId">Which one.</param>
    public sealed record EndOrder(string ClientOrderId) : ReconcileStep;

    /// <summary>Book a fill that was not counted yet.</summary>
    /// <param name="Fill">The venue's fill.</param>
    public sealed record TakeFill(Fill Fill) : ReconcileStep;

    /// <summary>Book a fill that the venue's position contains and its history cannot show, marked as synthetic (<see cref="SyntheticFills"/>).</summary>
    /// <param name="ClientOrderId">The order that lacks it, or empty when it is nobody's that is known: then it is EXTERNAL.</param>
    /// <param name="SignedQuantity">Base units; positive is bought.</param>
    /// <param name="Price">Quote units.</param>
    /// <param name="UntilMs">Venue time up to which the venue's position contains every fill, milliseconds since the Unix epoch, UTC.</param>
    public sealed record InferFill(string ClientOrderId, decimal SignedQuantity, decimal Price, long UntilMs) : ReconcileStep;
}
