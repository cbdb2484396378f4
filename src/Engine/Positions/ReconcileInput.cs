using Granary.Engine.Orders;

namespace Granary.Engine.Positions;

/// <summary>What the engine knows and what the venue answered, for one account and symbol.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="NowMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="LocalOrders">Live orders as the engine knows them.</param>
/// <param name="LocalQuantity">Position as the engine knows it, signed base units.</param>
/// <param name="KnowsTrade">Whether a trade id has been counted.</param>
/// <param name="LastFillTimeMs">Venue time of the newest fill counted; 0 when there is none.</param>
/// <param name="VenueOrders">Open orders at the venue, all of the symbol.</param>
/// <param name="VenuePosition">The venue's position, or null when it lists none, which means flat.</param>
/// <param name="VenueTrades">The account's trades at the venue since the last trade id counted, in any order; known ones may be among them.</param>
/// <param name="VenueTimeMs">
/// Venue time just before the orders, position and trades were asked for. What was filled at or after it may be in one answer and not yet in another.
/// </param>
public sealed record ReconcileInput(
    string Symbol,
    long NowMs,
    IReadOnlyList<TrackedOrder> LocalOrders,
    decimal LocalQuantity,
    Func<long, bool> KnowsTrade,
    long LastFillTimeMs,
    IReadOnlyList<OrderReport> VenueOrders,
    PositionReport? VenuePosition,
    IReadOnlyList<Fill> VenueTrades,
    long VenueTimeMs)
{
    /// <summary>Client order ids of which the venue said, when asked one by one, that it does not have them; default none.</summary>
    public IReadOnlySet<string> NotFound { get; init; } = new HashSet<string>();

    /// <summary>
    /// How long after its last event an order that the venue does not find is asked for again before it counts as gone: an accepted order may be invisible
    /// to queries for some seconds. Milliseconds, 0 or more, default 10,000.
    /// </summary>
    public long NotFoundGraceMs { get; init; } = 10_000;
}
