using System.IO.Compression;
using System.Text.Json.Nodes;
using Granary.Client.Conformance;
using Granary.Engine.Tests.Golden;

namespace Granary.Client.Tests.Conformance;

/// <summary>A folder like the golden one, made for a test, and what is computed from it.</summary>
public sealed class ConformanceFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("granary-conformance").FullName;

    public string Output => System.IO.Path.Combine(Path, "out");

    /// <summary>The golden inputs, cut, and the golden parameters, changed; no manifest.</summary>
    public static ConformanceFolder FromGolden(Func<string, IEnumerable<string>, IEnumerable<string>> cut, Action<JsonNode>? change = null)
    {
        var folder = new ConformanceFolder();
        var parameters = JsonNode.Parse(File.ReadAllText(GoldenFolder.SharedFile("golden", "params.json")))!;
        change?.Invoke(parameters);
        folder.Write("params.json", parameters.ToJsonString());
        foreach (var input in Directory.EnumerateFiles(GoldenFolder.SharedFile("golden", "inputs")).Order(StringComparer.Ordinal))
        {
            var name = ConformanceManifest.TableName(input);
            var lines = Lines(input);
            folder.Write($"inputs/{name}.csv", string.Join('\n', cut(name, lines.Skip(1)).Prepend(lines[0])) + "\n");
        }
        return folder;
    }

    public void Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Computes tables; everything when none is named.</summary>
    public IReadOnlyList<TableResult> Run(params IReadOnlyList<string> tables) => new ConformanceRun(Path).Write(
        Output, name => tables.Count == 0 || tables.Contains(name), _ => { }, TimeProvider.System, CancellationToken.None);

    /// <summary>The rows of a written table, without the header.</summary>
    public IReadOnlyList<string> Rows(string table) => [.. Lines(FileOf(Output, table)).Skip(1)];

    internal CsvTable Table(string table) => CsvTable.Load(FileOf(Output, table));

    public static string FileOf(string folder, string table)
    {
        var plain = System.IO.Path.Combine(folder, table + ".csv");
        return File.Exists(plain) ? plain : plain + ".gz";
    }

    public static string[] Lines(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        return new StreamReader(stream).ReadToEnd().TrimEnd('\n').Split('\n');
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
