namespace Granary.Journal;

/// <summary>The queue in front of a journal's writer.</summary>
/// <param name="Length">Records that wait now.</param>
/// <param name="Bound">Records at which callers wait for room.</param>
public sealed record JournalQueue(Func<long> Length, long Bound);
