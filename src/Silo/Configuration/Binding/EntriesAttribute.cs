namespace Granary.Silo.Configuration.Binding;

/// <summary>How many entries a list option may have.</summary>
/// <param name="min">Fewest.</param>
/// <param name="max">Most.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EntriesAttribute(int min, int max) : Attribute
{
    /// <summary>Fewest entries.</summary>
    public int Min { get; } = min;

    /// <summary>Most entries.</summary>
    public int Max { get; } = max;
}
