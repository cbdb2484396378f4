namespace Granary.Silo.Configuration.Binding;

/// <summary>The texts that an option, or each entry of a list, may have.</summary>
/// <param name="values">Allowed texts; compared without letter case.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] values) : Attribute
{
    /// <summary>Allowed texts.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}
