namespace Granary.Engine.Reconciliation;

/// <summary>When a symbol's fills have to be asked for, although an account's lists do not carry them.</summary>
public static class FillAudit
{
    /// <summary>How long after its last fill a symbol counts as one that trades, milliseconds.</summary>
    public const long RecentMs = 3_600_000;

    /// <summary>Whether a fill could have come about unseen: something is held, rests or waits, or traded within <see cref="RecentMs"/>.</summary>
    public static bool MayHaveTraded(EngineSide side) =>
        side.Quantity != 0 || side.Orders.Count > 0 || side.Lacking.Count > 0 || side.Stops.Any(stop => stop.MayWait)
        || (side.LastFillMs > 0 && side.NowMs - side.LastFillMs < RecentMs);

    /// <summary>Whether the lists show that fills are missing: positions differ, an order or a stop has vanished, or one executed more than is known.</summary>
    /// <param name="asked">The engine's side before the first question.</param>
    /// <param name="now">The engine's side after the lists.</param>
    /// <param name="venue">The lists; its trades are not known yet.</param>
    public static bool IsNeeded(EngineSide asked, EngineSide now, VenueSide venue) =>
        (venue.Position?.Quantity ?? 0) != now.Quantity
        || now.Lacking.Count > 0
        || venue.Orders.Any(report => report.ExecutedQuantity > (now.FindOrder(report.ClientOrderId, report.VenueOrderId)?.FilledQuantity ?? 0))
        || OrderComparison.Unlisted(asked, now, venue).Any()
        || StopComparison.Unlisted(asked, now, venue).Any();
}
