using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>Types whose values need no copy, as far as that is plain from the type alone; the runtime decides about the rest.</summary>
internal static class Shallow
{
    private static readonly HashSet<string> s_structs =
    [
        "System.Guid", "System.TimeSpan", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.Threading.CancellationToken"
    ];

    public static bool Is(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum) return true;
        if (type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String or SpecialType.System_DateTime) return true;
        if (type is not INamedTypeSymbol named) return false;
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T) return Is(named.TypeArguments[0]);
        if (s_structs.Contains(named.OriginalDefinition.ToDisplayString())) return true;
        return Names.Attribute(named, "Orleans.ImmutableAttribute") is not null && (named.IsSealed || named.IsValueType);
    }
}
