using Granary.Engine.Orders;
using Granary.Engine.Positions;

namespace Granary.Engine.Reconciliation;

/// <summary>
/// What the venue answered about one account in one symbol. The answers are of different moments; they are asked for in the order of the members, so that a
/// fill which the position contains is among the trades.
/// </summary>
public sealed record VenueSide
{
    /// <summary>Venue time when the first question was sent, milliseconds since the Unix epoch, UTC.</summary>
    public required long AskedMs { get; init; }

    /// <summary>Open orders, all of the symbol.</summary>
    public required IReadOnlyList<OrderReport> Orders { get; init; }

    /// <summary>The position, or null when none is listed, which means flat.</summary>
    public required PositionReport? Position { get; init; }

    /// <summary>The account's trades since the last one that was audited, in any order; known ones may be among them.</summary>
    public required IReadOnlyList<Fill> Trades { get; init; }

    /// <summary>Whether the venue still shows everything since the last audited trade; false when that is longer ago than its history reaches.</summary>
    public bool AreTradesComplete { get; init; } = true;

    /// <summary>Waiting trigger orders of the symbol, or null where they are not looked after.</summary>
    public required IReadOnlyList<TriggerOrderReport>? Triggers { get; init; }

    /// <summary>Answers to questions about single orders by client id: a report, or null when the venue said that it does not have the order.</summary>
    public IReadOnlyDictionary<string, OrderReport?> OrderAnswers { get; init; } = new Dictionary<string, OrderReport?>();

    /// <summary>Answers to questions about single stops by client id, in the same way.</summary>
    public IReadOnlyDictionary<string, TriggerOrderReport?> StopAnswers { get; init; } = new Dictionary<string, TriggerOrderReport?>();
}
