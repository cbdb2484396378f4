namespace Granary.Tape.Columnar;

/// <summary>What the values of a column are.</summary>
internal enum ColumnType
{
    /// <summary>Any 64-bit integer.</summary>
    Integer,

    /// <summary>Any 32-bit integer.</summary>
    Integer32,

    /// <summary>0 or 1.</summary>
    Flag,

    /// <summary>A decimal with at most eight places that fits 64 bits when multiplied by 10^8.</summary>
    Scaled8,

    /// <summary>Any decimal of 96 bits and at most 28 places.</summary>
    Decimal,
}
