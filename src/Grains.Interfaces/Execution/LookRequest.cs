namespace Granary.Grains.Interfaces.Execution;

/// <summary>A symbol takes part in its account's next look.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="FillsAuditedMs">Latest audit of its fills, milliseconds since the Unix epoch, UTC; 0: none since the start or the user stream's return.</param>
/// <param name="MayHaveTraded">Whether a fill could have come about unseen.</param>
/// <param name="IsUrgent">Whether the account waits for it: a start, or a user stream that came back.</param>
[GenerateSerializer, Immutable, Alias("granary.LookRequest")]
public sealed record LookRequest(
    [property: Id(0)] string Symbol, [property: Id(1)] long FillsAuditedMs, [property: Id(2)] bool MayHaveTraded, [property: Id(3)] bool IsUrgent);
