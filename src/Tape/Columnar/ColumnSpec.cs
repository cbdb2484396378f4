namespace Granary.Tape.Columnar;

/// <summary>One column of a kind's schema.</summary>
/// <param name="Name">Name, as in the documentation of the format.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Reference">The column that it may be encoded against, or -1; one without a reference of its own.</param>
/// <param name="ReferenceEncoding">With a reference: <see cref="ColumnEncoding.Chained"/> or <see cref="ColumnEncoding.Relative"/>.</param>
internal sealed record ColumnSpec(string Name, ColumnType Type, int Reference = -1, ColumnEncoding ReferenceEncoding = ColumnEncoding.Values)
{
    /// <summary>Most decimal places that the column can have.</summary>
    public int PlacesMax => Type switch { ColumnType.Scaled8 => 8, ColumnType.Decimal => 28, _ => 0 };
}
