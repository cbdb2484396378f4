using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>Names a converter in the manifest.</summary>
internal static class ConverterWriter
{
    public static Output Write(INamedTypeSymbol type)
    {
        var name = Names.Identifier("Converter_", type);
        return Names.IsVisible(type)
            ? new Output(name, $"builder.AddConverter(typeof({Names.TypeOf(type)}));", "", [])
            : new Output(name, "", "", [Finding.At(type, Rules.Hidden, type.ToDisplayString())]);
    }
}
