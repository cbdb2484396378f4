using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>Names a grain class in the manifest.</summary>
internal static class GrainWriter
{
    public static Output? Write(INamedTypeSymbol type)
    {
        if (type.IsAbstract || type.IsGenericType || !Names.Implements(type, "Orleans.IGrainBase")) return null;
        var name = Names.Identifier("Grain_", type);
        return Names.IsVisible(type)
            ? new Output(name, $"builder.AddGrain(typeof({Names.TypeOf(type)}));", "", [])
            : new Output(name, "", "", [Finding.At(type, Rules.Hidden, type.ToDisplayString())]);
    }
}
