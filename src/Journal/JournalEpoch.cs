namespace Granary.Journal;

/// <summary>A writer's right to append, until a newer epoch of the same owner is taken.</summary>
/// <param name="Owner">The grain's identity, for example execution/main/BTCUSDT.</param>
/// <param name="Number">Rises by one with each acquisition.</param>
public sealed record JournalEpoch(string Owner, long Number);
