namespace Granary.Tape.Columnar;

/// <summary>What an import did to the tape of one day.</summary>
/// <param name="Path">The tape.</param>
/// <param name="IsNew">Whether there was none before.</param>
/// <param name="RowsBefore">Rows that it had.</param>
/// <param name="RowsAfter">Rows that it has.</param>
public sealed record DayChange(string Path, bool IsNew, long RowsBefore, long RowsAfter);
