using System.Text;
using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>Names of types in generated code.</summary>
internal static class Names
{
    public const string Runtime = "global::Orleans.Embedded.CodeGeneration";

    private static readonly SymbolDisplayFormat s_annotated = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>With global:: and question marks.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(s_annotated);

    /// <summary>For typeof: open when generic.</summary>
    public static string TypeOf(INamedTypeSymbol type)
    {
        var open = type.IsGenericType ? type.ConstructUnboundGenericType() : type;
        return open.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
    }

    /// <summary>An identifier that is unique in the compilation.</summary>
    public static string Identifier(string prefix, INamedTypeSymbol type)
    {
        var name = new StringBuilder(prefix);
        foreach (var letter in type.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)) name.Append(char.IsLetterOrDigit(letter) ? letter : '_');
        if (type.Arity > 0) name.Append('_').Append(type.Arity);
        return name.ToString();
    }

    public static string Quote(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    public static bool IsVisible(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.ContainingType)
        {
            if (at.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal) return false;
        }

        return true;
    }

    public static bool Is(ITypeSymbol? type, string fullName) => type is not null && type.OriginalDefinition.ToDisplayString() == fullName;

    public static bool Implements(ITypeSymbol type, string fullName) => type.AllInterfaces.Any(contract => Is(contract, fullName));

    public static AttributeData? Attribute(ISymbol symbol, string fullName) => symbol.GetAttributes().FirstOrDefault(attribute => Is(attribute.AttributeClass, fullName));
}
