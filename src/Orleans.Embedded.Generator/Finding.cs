using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Orleans.Generator;

/// <summary>A diagnostic in a form that compares by value, so that the incremental pipeline can keep it.</summary>
internal sealed record Finding(DiagnosticDescriptor Rule, string Path, TextSpan Span, LinePositionSpan Lines, string Argument0, string Argument1, string Argument2)
{
    public static Finding At(ISymbol symbol, DiagnosticDescriptor rule, string argument0, string argument1 = "", string argument2 = "")
    {
        var location = symbol.Locations.FirstOrDefault() ?? Location.None;
        var lines = location.GetLineSpan();
        return new Finding(rule, lines.Path ?? "", location.SourceSpan, lines.Span, argument0, argument1, argument2);
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Rule, Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines), Argument0, Argument1, Argument2);
}
