using Granary.Engine.Orders;
using Granary.Engine.Protection;

namespace Granary.Engine.Reconciliation;

/// <summary>
/// What the engine holds of one account in one symbol at one moment. Orders and stops are immutable, so one that is equal in two of these has not changed in
/// between: that is how an answer of the venue is kept from undoing an event that came while it was under way.
/// </summary>
public sealed record EngineSide
{
    /// <summary>Upper-case symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>Engine time, milliseconds since the Unix epoch, UTC.</summary>
    public required long NowMs { get; init; }

    /// <summary>Live orders, unknown ones included. Those whose request is on its way are left out: nobody but its answer can tell of them.</summary>
    public required IReadOnlyList<TrackedOrder> Orders { get; init; }

    /// <summary>Orders, live or over, that executed more by the venue's word than their known fills sum up to, inferred ones included; default none.</summary>
    public IReadOnlyList<TrackedOrder> Lacking { get; init; } = [];

    /// <summary>Protective stops that are remembered, those that are over included.</summary>
    public required IReadOnlyList<ProtectiveStop> Stops { get; init; }

    /// <summary>The net position, signed base units.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Its signed cost, quote units.</summary>
    public required decimal CostBasis { get; init; }

    /// <summary>Fills in the books; rises with each.</summary>
    public required long FillCount { get; init; }

    /// <summary>Venue time of the newest fill in the books, milliseconds since the Unix epoch, UTC; 0 when there is none.</summary>
    public required long LastFillMs { get; init; }

    /// <summary>The order with this client id or, failing that, this id of the venue, also when it is over; null when it is not remembered.</summary>
    public required Func<string, long, TrackedOrder?> FindOrder { get; init; }

    /// <summary>Whether a trade id has been counted.</summary>
    public required Func<long, bool> KnowsTrade { get; init; }

    /// <summary>Whether a client id is that of a protective stop of this engine and account.</summary>
    public required Func<string, bool> IsOwnStop { get; init; }
}
