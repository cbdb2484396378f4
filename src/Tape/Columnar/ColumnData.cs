namespace Granary.Tape.Columnar;

/// <summary>The decoded values of one column of one block, in buffers that are used again.</summary>
internal sealed class ColumnData
{
    /// <summary>The values as integers; with <see cref="Places"/> decimals each value is integer * 10^-places. Not used when <see cref="IsWide"/>.</summary>
    public long[] Integers { get; private set; } = [];

    /// <summary>The values of a column of type Decimal that do not fit an integer.</summary>
    public decimal[] Wide { get; private set; } = [];

    /// <summary>Decimal places of the integers.</summary>
    public int Places { get; set; }

    /// <summary>Whether the values are in <see cref="Wide"/>.</summary>
    public bool IsWide { get; set; }

    /// <summary>Makes room; what was there is gone.</summary>
    public void Reserve(int rows, bool wide)
    {
        // Whole groups are unpacked, so up to seven more than there are.
        var capacity = (rows + 7) & ~7;
        if (Integers.Length < capacity) Integers = GC.AllocateUninitializedArray<long>(capacity);
        if (wide && Wide.Length < rows) Wide = new decimal[rows];
    }

    /// <summary>The value as a decimal, whichever way it is held.</summary>
    public decimal DecimalAt(int row) => IsWide ? Wide[row] : Decimals.FromInteger(Integers[row], Places);
}
