namespace Granary.Tape.Columnar;

/// <summary>How the integers of one column of one block follow from the packed residuals; the number stands in the file.</summary>
internal enum ColumnEncoding : byte
{
    /// <summary>value[i] = base + residual[i].</summary>
    Values = 0,

    /// <summary>value[i] = value[i-1] + step + residual[i], where value[-1] is base.</summary>
    Deltas = 1,

    /// <summary>value[i] = value[i-1] + other[i-1] + step + residual[i], where value[-1] + other[-1] is base.</summary>
    Chained = 2,

    /// <summary>value[i] = other[i] + base + residual[i].</summary>
    Relative = 3,

    /// <summary>16 bytes a value: a 96-bit integer, places and sign.</summary>
    Wide = 4,
}
