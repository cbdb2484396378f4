using System.Globalization;
using Granary.Tape.Files;

namespace Granary.Tape.Rows;

/// <summary>Reads the rows of one layout. What is wrong is told as defect and column; nothing is thrown and nothing allocated per row.</summary>
/// <param name="columns">Where the fields stand.</param>
/// <param name="unit">The unit of the file's times.</param>
internal abstract class RowFormat<TRow>(Columns columns, TimeUnit unit)
{
    /// <summary>The defect of a row that has none.</summary>
    public const TapeDefect Fine = (TapeDefect)(-1);

    /// <summary>Column of the last defect, or -1 when it concerns the row.</summary>
    public int DefectColumn { get; private set; } = -1;

    public Columns Columns => columns;

    public TimeUnit Unit => unit;

    /// <summary>Reads the current row.</summary>
    public abstract TapeDefect Parse(RowBlocks rows, out TRow row);

    /// <summary>Holds the row against the last one that was fine, which it becomes itself when it is.</summary>
    public abstract TapeDefect Compare(in TRow row, TapeReport report);

    /// <summary>What was found and what to do.</summary>
    /// <param name="defect">What is wrong.</param>
    /// <param name="text">The field, or the row when it concerns the row.</param>
    public virtual string Describe(TapeDefect defect, string text) => defect switch
    {
        TapeDefect.ColumnCount => $"the row '{text}' does not have {columns.Count} columns; the line is cut off or has something added: download the file again",
        TapeDefect.FieldInvalid => $"'{text}' is not a value of this column; the columns are swapped or the line is damaged: download the file again",
        TapeDefect.PriceNotPositive or TapeDefect.QuantityNotPositive =>
            $"'{text}' is not above zero; no trade is made at that: remove the row or read leniently",
        TapeDefect.TimeImplausible =>
            $"'{text}' is no Unix time in seconds, milliseconds, microseconds or nanoseconds between 2009 and 2100, or a close before its open; the columns are "
            + "swapped or the line is damaged",
        TapeDefect.TimeUnitMixed => $"'{text}' is not in {unit.ToString().ToLowerInvariant()} as the other times; files were joined wrongly: download them again",
        TapeDefect.IdBackwards => $"'{text}' is not above the id before; sort the file by id and remove doubled rows, or read leniently",
        TapeDefect.TimeBackwards => $"'{text}' does not follow the time before; sort the file by time and remove doubled rows, or read leniently",
        _ => $"'{text}' is wrong ({defect})",
    };

    protected static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    protected TapeDefect Bad(TapeDefect defect, int column)
    {
        DefectColumn = column;
        return defect;
    }

    /// <summary>Reads a time in the file's unit; a defect when it is none.</summary>
    protected TapeDefect ParseTime(RowBlocks rows, int column, out long milliseconds)
    {
        var found = Fields.ParseTimeMs(rows.Field(column), out milliseconds);
        if (found == unit) return Fine;
        return Bad(found == TimeUnit.None ? TapeDefect.TimeImplausible : TapeDefect.TimeUnitMixed, column);
    }
}
