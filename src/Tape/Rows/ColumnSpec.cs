namespace Granary.Tape.Rows;

/// <summary>A column of a layout.</summary>
/// <param name="Name">Its official name, lower case.</param>
/// <param name="IsRequired">Whether a file without it is not of the layout.</param>
/// <param name="Aliases">Other names in use, lower case.</param>
internal sealed record ColumnSpec(string Name, bool IsRequired, params string[] Aliases)
{
    public bool IsCalled(string name) => name == Name || Aliases.Contains(name, StringComparer.Ordinal);
}
