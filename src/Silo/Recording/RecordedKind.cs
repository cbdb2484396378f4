using Granary.Tape.Columnar;

namespace Granary.Silo.Recording;

/// <summary>One kind of rows that are recorded.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="Tapes">How its tapes are named; a row whose id is not above the last one is in the tape already.</param>
/// <param name="IsQuote">Whether rows may be dropped first when the disk stalls.</param>
internal sealed record RecordedKind<TRow>(DailyKind<TRow> Tapes, bool IsQuote)
    where TRow : struct
{
    /// <summary>Name in configuration, file names and metrics.</summary>
    public string Name => Tapes.Name;

    /// <summary>What rises from row to row.</summary>
    public long IdOf(in TRow row) => Tapes.IdOf(row);
}
