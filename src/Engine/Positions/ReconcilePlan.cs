using Granary.Engine.Orders;

namespace Granary.Engine.Positions;

/// <summary>
/// What to do so that the engine agrees with the venue, in this order: apply the fills, apply the reports, query and close the orders named, adopt the
/// position.
/// </summary>
/// <param name="Fills">Trades that were not counted yet, by trade id.</param>
/// <param name="Reports">Venue orders that say something about our orders, or are foreign; for the order tracker.</param>
/// <param name="Query">Live orders that the venue does not list as open: ask for each, its end is not known.</param>
/// <param name="Close">Live orders that the venue does not have and never will: end them.</param>
/// <param name="Foreign">The reports among <paramref name="Reports"/> of orders that the engine did not know.</param>
/// <param name="Adopt">The venue's position where fills do not explain the difference; null when the positions agree or cannot be compared yet.</param>
/// <param name="IsPositionComparable">False when fills were going on while the venue was asked: reconcile again.</param>
/// <param name="Differences">One readable sentence for each thing that did not agree; empty when all agrees.</param>
public sealed record ReconcilePlan(
    IReadOnlyList<Fill> Fills,
    IReadOnlyList<OrderReport> Reports,
    IReadOnlyList<TrackedOrder> Query,
    IReadOnlyList<TrackedOrder> Close,
    IReadOnlyList<OrderReport> Foreign,
    PositionReport? Adopt,
    bool IsPositionComparable,
    IReadOnlyList<string> Differences)
{
    /// <summary>Whether engine and venue agree: nothing to do and nothing to ask.</summary>
    public bool IsAgreed => Differences.Count == 0 && IsPositionComparable;
}
