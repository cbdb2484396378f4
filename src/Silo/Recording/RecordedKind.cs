namespace Granary.Silo.Recording;

/// <summary>One kind of rows that are recorded.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="Name">Name in configuration, file names and metrics.</param>
/// <param name="IsQuote">Whether rows may be dropped first when the disk stalls.</param>
/// <param name="IdOf">What rises from row to row: a row that is not above the last one is in the tape already.</param>
/// <param name="TimeMsOf">What the day is taken from, milliseconds since the Unix epoch, UTC.</param>
internal sealed record RecordedKind<TRow>(string Name, bool IsQuote, Func<TRow, long> IdOf, Func<TRow, long> TimeMsOf)
    where TRow : struct;
