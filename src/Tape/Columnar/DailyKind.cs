namespace Granary.Tape.Columnar;

/// <summary>One kind of rows that are kept as tapes by symbol and UTC day (<see cref="DailyTapes"/>).</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="Name">Name in file names, configuration and metrics.</param>
/// <param name="IdOf">What rises from row to row, by which rows that a tape has already are known.</param>
/// <param name="TimeMsOf">What the day is taken from, milliseconds since the Unix epoch, UTC.</param>
public sealed record DailyKind<TRow>(string Name, Func<TRow, long> IdOf, Func<TRow, long> TimeMsOf)
    where TRow : struct;
