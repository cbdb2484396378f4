using Granary.Engine.Orders;
using Granary.Engine.Protection;

namespace Granary.Engine.Reconciliation;

/// <summary>
/// Compares the engine's orders, stops and position with the venue's, which is the truth. Pure: it says what to do and does nothing. One pass converges: once a
/// plan has been carried out, the next one of the same venue has no steps.
/// <para>
/// Events come in while the venue is asked, and an answer may be older than an event. So the engine's side is taken twice, before the first question and after
/// the last answer. What the venue shows is evidence at any time: the state machines take reports in any order. What it does not show judges only what stood
/// equal at both moments; whatever moved is left to the next pass.
/// </para>
/// <para>
/// A fill is inferred only where the venue's history cannot show it: the same difference in <see cref="LooksMax"/> looks with nothing booked in between and
/// complete trades (<see cref="LooksWithoutHistory"/> where the history does not reach back), never on the word of one answer.
/// </para>
/// </summary>
public static class Reconciler
{
    /// <summary>Equal looks before a difference is believed.</summary>
    public const int LooksMax = 3;

    /// <summary>The same where the venue's history is too short to hold the fill.</summary>
    public const int LooksWithoutHistory = 2;

    /// <summary>The same where the position is by its time older than the newest fill: it is believed late, but not never.</summary>
    public const int LooksWhenOlder = 9;

    /// <summary>Right after an accept the venue may still say that it has no such order; only after this long is that absence. Milliseconds.</summary>
    public const long AbsenceMs = 10_000;

    /// <summary>How far back the venue shows an account's trades: seven days. Milliseconds.</summary>
    public const long HistoryMs = 7 * 86_400_000L;

    /// <summary>Pause between two looks at a difference of positions, milliseconds: what the venue's parts tell of one fill comes apart by less.</summary>
    public const long LookAgainMs = 500;

    /// <summary>
    /// A list may be older than the question: a stop that ended this short a while ago is not brought back by it. Milliseconds. Orders need no such bound,
    /// because their end by the venue's word is final.
    /// </summary>
    public const long ListAgeMs = 2_000;

    /// <summary>What must be asked one by one before <see cref="Plan"/>.</summary>
    /// <param name="asked">The engine's side before the first question.</param>
    /// <param name="now">The engine's side after the lists were answered.</param>
    /// <param name="venue">The lists.</param>
    /// <exception cref="ArgumentException">Something is of another symbol.</exception>
    public static ReconcileQuestions Ask(EngineSide asked, EngineSide now, VenueSide venue)
    {
        RequireSymbol(now, venue);
        return new ReconcileQuestions(
            [.. OrderComparison.Unlisted(asked, now, venue).Select(order => order.ClientOrderId)],
            [.. StopComparison.Unlisted(asked, now, venue).Select(stop => stop.ClientId)]);
    }

    /// <summary>Makes the plan.</summary>
    /// <param name="asked">The engine's side before the first question.</param>
    /// <param name="now">The engine's side after the last answer.</param>
    /// <param name="venue">What the venue answered.</param>
    /// <param name="doubt">What the plan before left in doubt, or null.</param>
    /// <exception cref="ArgumentException">Something is of another symbol.</exception>
    public static ReconcilePlan Plan(EngineSide asked, EngineSide now, VenueSide venue, PositionDoubt? doubt)
    {
        RequireSymbol(now, venue);
        var (steps, findings) = (new List<ReconcileStep>(), new List<Finding>());
        StopComparison.Compare(asked, now, venue, steps, findings);
        OrderComparison.Compare(asked, now, venue, steps, findings);
        var fills = FillComparison.Compare(now, venue, steps, findings);
        var (next, isSettled) = PositionComparison.Compare(asked, now, venue, fills > 0, doubt, steps, findings);
        return new ReconcilePlan(steps, findings, next, isSettled);
    }

    private static void RequireSymbol(EngineSide now, VenueSide venue)
    {
        var other = now.Orders.Select(order => order.Request.Symbol)
            .Concat(venue.Orders.Select(order => order.Symbol))
            .Concat(venue.Trades.Select(trade => trade.Symbol))
            .Concat((venue.Triggers ?? []).Select(trigger => trigger.Symbol))
            .Concat(venue.Position is { } position ? [position.Symbol] : [])
            .FirstOrDefault(symbol => symbol != now.Symbol);
        if (other is not null) throw new ArgumentException($"reconciliation of {now.Symbol} was given something of {other}", nameof(venue));
    }
}
