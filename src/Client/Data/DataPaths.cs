using Granary.Tape.Columnar;

namespace Granary.Client.Data;

/// <summary>The files that a command line names.</summary>
public static class DataPaths
{
    /// <summary>Files as they are; of a folder the csv, gz, zip and tape files in it and below, in the order of their names.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="hasTapes">Whether a folder stands for its tapes as well.</param>
    public static IEnumerable<string> Expand(IEnumerable<string> paths, bool hasTapes = true) => paths.SelectMany(IEnumerable<string> (path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => IsData(file, hasTapes)).Order(StringComparer.Ordinal)
        : [path]);

    private static bool IsData(string file, bool hasTapes) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".csv" or ".gz" or ".zip" => true,
        ColumnarTape.Extension => hasTapes,
        _ => false,
    };
}
