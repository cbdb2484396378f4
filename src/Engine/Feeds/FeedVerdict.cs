namespace Granary.Engine.Feeds;

/// <summary>The state of the primary feed at one moment.</summary>
/// <param name="Health">The judgement.</param>
/// <param name="SinceMs">Since when it stands, in the time of the comparison.</param>
/// <param name="DeviationBps">
/// Mean deviation of the primary from the median of its living backups over the window, basis points, above 0 where the primary is dearer; null without a
/// full window.
/// </param>
/// <param name="BestBackup">The first living backup in the operator's order, 1 or more; null when there is none.</param>
public readonly record struct FeedVerdict(FeedHealth Health, long SinceMs, double? DeviationBps, int? BestBackup);
