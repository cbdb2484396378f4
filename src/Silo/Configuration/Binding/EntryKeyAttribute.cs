namespace Granary.Silo.Configuration.Binding;

/// <summary>
/// Marks what names an entry of a list. It must be given and be unique in the list. A list whose entries have one may also be given as plain text, the
/// names with commas between: then exactly these entries exist, each with the settings that it has elsewhere, or the defaults.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EntryKeyAttribute : Attribute;
