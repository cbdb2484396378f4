namespace Granary.Tape.Columnar;

/// <summary>Single columns of one block (<see cref="ColumnarReader{TRow}.ReadColumns"/>); valid until the next reading.</summary>
public readonly ref struct ColumnarBlock
{
    private readonly Func<int, ColumnData> _decode;
    private readonly int _first;

    internal ColumnarBlock(int first, int rows, Func<int, ColumnData> decode)
    {
        _first = first;
        Rows = rows;
        _decode = decode;
    }

    /// <summary>Rows, 1 or more.</summary>
    public int Rows { get; }

    /// <summary>
    /// The values of a column as integers: ids, times, counts and flags as they are; a decimal is integer * 10^-<see cref="Places"/>. Empty when the decimals
    /// of this block do not fit 64 bits; then <see cref="DecimalAt"/> has them.
    /// </summary>
    /// <param name="column">Position in <see cref="ColumnarReader{TRow}.Columns"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <exception cref="TapeException">The column holds what its schema does not allow.</exception>
    public ReadOnlySpan<long> Integers(int column)
    {
        var data = _decode(column);
        return data.IsWide ? [] : data.Integers.AsSpan(_first, Rows);
    }

    /// <summary>Decimal places of a column's integers in this block, 0 to 28.</summary>
    /// <param name="column">Position in <see cref="ColumnarReader{TRow}.Columns"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <exception cref="TapeException">The column holds what its schema does not allow.</exception>
    public int Places(int column) => _decode(column).Places;

    /// <summary>One value of a column, exact.</summary>
    /// <param name="column">Position in <see cref="ColumnarReader{TRow}.Columns"/>.</param>
    /// <param name="row">Row of this block, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column or row.</exception>
    /// <exception cref="TapeException">The column holds what its schema does not allow.</exception>
    public decimal DecimalAt(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return _decode(column).DecimalAt(_first + row);
    }
}
