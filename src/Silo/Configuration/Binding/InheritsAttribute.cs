namespace Granary.Silo.Configuration.Binding;

/// <summary>Marks a section of a list's entry that has the options of another section and, where it says nothing itself, that one's values.</summary>
/// <param name="section">Name of the other section.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InheritsAttribute(string section) : Attribute
{
    /// <summary>Name of the other section.</summary>
    public string Section { get; } = section;
}
