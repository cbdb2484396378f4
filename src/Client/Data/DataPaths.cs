using Granary.Tape.Columnar;

namespace Granary.Client.Data;

/// <summary>The files that a command line names.</summary>
public static class DataPaths
{
    /// <summary>Files as they are; of a folder the csv, gz, zip and tape files in it and below, in the order of their names.</summary>
    public static IEnumerable<string> Expand(IEnumerable<string> paths) => paths.SelectMany(IEnumerable<string> (path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsData).Order(StringComparer.Ordinal)
        : [path]);

    private static bool IsData(string file) => Path.GetExtension(file).ToLowerInvariant() is ".csv" or ".gz" or ".zip" or ColumnarTape.Extension;
}
