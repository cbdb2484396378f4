namespace Granary.Silo.Configuration.Binding;

/// <summary>Marks a file or folder name. A relative one starts from the folder of appsettings.json.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilePathAttribute : Attribute;
