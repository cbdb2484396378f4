using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orleans.Generator;

namespace Granary.Orleans.Embedded.Tests.Generation;

/// <summary>Compiles a source text with the generator.</summary>
internal static class GeneratorHarness
{
    public const string SourcePath = "Source.cs";

    private const string Usings = """
        using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;
        using Orleans; using Orleans.Concurrency; using Orleans.Runtime;

        """;

    private static int s_count;

    /// <summary>What the generator reports, and what the compiler makes of its code.</summary>
    public static IReadOnlyList<Diagnostic> Diagnose(string source)
    {
        Generate(source, out var compilation, out var diagnostics);
        return [.. diagnostics, .. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostics.IsEmpty)];
    }

    public static Assembly Compile(string source)
    {
        Generate(source, out var compilation, out _);
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        result.Success.ShouldBeTrue(string.Join('\n', result.Diagnostics));
        stream.Position = 0;

        // Apart from the test's own, so that silos that look for grains in the program do not find them.
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
    }

    private static void Generate(string source, out Compilation compilation, out System.Collections.Immutable.ImmutableArray<Diagnostic> diagnostics)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var input = CSharpCompilation.Create(
            $"Generated{Interlocked.Increment(ref s_count)}",
            [CSharpSyntaxTree.ParseText(Usings + source, options, SourcePath)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new GrainGenerator().AsSourceGenerator()], parseOptions: options).RunGeneratorsAndUpdateCompilation(input, out compilation, out diagnostics);
    }
}
