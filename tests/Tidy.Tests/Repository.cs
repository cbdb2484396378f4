using System.Diagnostics.CodeAnalysis;

namespace Granary.Tidy.Tests;

/// <summary>The files of the repository: what is there to be committed, without what is built or made at run time.</summary>
public static class Repository
{
    private static readonly HashSet<string> SkippedFolders =
        ["bin", "obj", ".git", "data", ".vs", ".idea", "node_modules", "BenchmarkDotNet.Artifacts", "TestResults"];

    private static readonly HashSet<string> TextExtensions =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".md", ".txt", ".yml", ".yaml", ".sql", ".js", ".mjs", ".sh", ".editorconfig", ".gitignore", "",
    ];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> TextFiles => Files.Where(f => TextExtensions.Contains(Path.GetExtension(f)));

    public static IEnumerable<string> SourceFiles => Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>C# files of the product itself.</summary>
    public static IEnumerable<string> ProductFiles => SourceFiles.Where(f => f.StartsWith("src/", StringComparison.Ordinal));

    public static IEnumerable<string> Projects => Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>Lines of the files that match, each as "path:line: text".</summary>
    public static IEnumerable<string> Grep(IEnumerable<string> files, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        var regex = new System.Text.RegularExpressions.Regex(pattern, System.Text.RegularExpressions.RegexOptions.CultureInvariant);
        foreach (var file in files)
        {
            var number = 0;
            foreach (var line in Lines(file))
            {
                number++;
                if (regex.IsMatch(line)) yield return $"{file}:{number}: {line.Trim()}";
            }
        }
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder)) yield return file;
        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            if (SkippedFolders.Contains(Path.GetFileName(inner))) continue;
            foreach (var file in Walk(inner)) yield return file;
        }
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Orleans.sln"))) return at.FullName;
        throw new InvalidOperationException($"no Orleans.sln above {AppContext.BaseDirectory}: the test must run inside the repository");
    }
}
