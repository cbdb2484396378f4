namespace Granary.Grains.Interfaces.Symbols;

/// <summary>How the symbol's primary market feed stands beside its backups, and what follows; told every second and at every change.</summary>
/// <param name="Health">The judgement: Unverified, Agreeing, Stale, Diverging or AllStale.</param>
/// <param name="Doubt">Why nothing is opened, as a refusal tells it; empty where opening is allowed.</param>
/// <param name="Detail">The judgement in words.</param>
/// <param name="BackupPrice">The backup's price by which open positions are guarded now, or null where the primary's trades do it alone.</param>
[GenerateSerializer, Immutable, Alias("granary.FeedNotice")]
public sealed record FeedNotice(
    [property: Id(0)] string Health,
    [property: Id(1)] string Doubt,
    [property: Id(2)] string Detail,
    [property: Id(3)] decimal? BackupPrice);
