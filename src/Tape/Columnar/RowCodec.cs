using Granary.Engine.Market;

namespace Granary.Tape.Columnar;

/// <summary>The schema of a kind, and how its rows become columns and rows again.</summary>
/// <typeparam name="TRow">The row.</typeparam>
internal abstract class RowCodec<TRow>(TapeKind kind, int idColumn, int timeColumn, IReadOnlyList<ColumnSpec> columns)
    where TRow : struct
{
    /// <summary>The kind.</summary>
    public TapeKind Kind => kind;

    /// <summary>The column that ids are sought in; kinds without ids are sought by their time.</summary>
    public int IdColumn => idColumn;

    /// <summary>The column that times are sought in.</summary>
    public int TimeColumn => timeColumn;

    /// <summary>The columns, in the order of the file.</summary>
    public IReadOnlyList<ColumnSpec> Columns => columns;

    /// <summary>The row's value in <see cref="IdColumn"/>.</summary>
    public abstract long IdOf(in TRow row);

    /// <summary>Fills the columns: integers, E8 numbers, and decimals into <see cref="ColumnData.Wide"/>.</summary>
    public abstract void Split(ReadOnlySpan<TRow> rows, ColumnData[] columns);

    /// <summary>Fills the rows.</summary>
    public abstract void Join(ColumnData[] columns, Span<TRow> rows);

    /// <summary>What an integer of the column is multiplied by to be an E8 number.</summary>
    protected static long ToE8(ColumnData data) => Decimals.PowersOfTen[Fixed8.Decimals - data.Places];
}
