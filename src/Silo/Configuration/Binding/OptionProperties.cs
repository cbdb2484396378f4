using System.Reflection;

namespace Granary.Silo.Configuration.Binding;

/// <summary>Which properties of a record are options.</summary>
public static class OptionProperties
{
    /// <summary>The public properties that can be set, in the order of their declaration.</summary>
    public static IReadOnlyList<PropertyInfo> Of(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && p.GetIndexParameters().Length == 0).OrderBy(p => p.MetadataToken)];

    /// <summary>Type of a list's entries, or null when the type is not a list.</summary>
    public static Type? EntryType(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) || type.GetGenericTypeDefinition() == typeof(List<>))
            ? type.GetGenericArguments()[0]
            : null;
}
