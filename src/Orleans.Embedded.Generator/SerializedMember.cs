using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>A member that a grain call carries.</summary>
internal sealed class SerializedMember
{
    public SerializedMember(string name, ITypeSymbol type, string? fieldName, bool isShared)
    {
        Name = name;
        Type = type;
        FieldName = fieldName;
        IsShared = isShared;
    }

    public string Name { get; }

    public ITypeSymbol Type { get; }

    /// <summary>The field that holds it; null for a property that is read and set by its accessors.</summary>
    public string? FieldName { get; }

    /// <summary>Whether its value is shared instead of copied.</summary>
    public bool IsShared { get; }
}
