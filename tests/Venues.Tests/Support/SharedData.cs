using System.IO.Compression;
using System.Text;

namespace Granary.Venues.Tests.Support;

/// <summary>The data folder beside the repository, which is not part of it.</summary>
internal static class SharedData
{
    /// <summary>The folder, or null where it does not exist.</summary>
    public static string? Folder { get; } = Find();

    public static IEnumerable<string> Lines(string file)
    {
        using var stream = new GZipStream(File.OpenRead(Path.Combine(Folder!, file)), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }

    public static string Text(string file)
    {
        using var stream = new GZipStream(File.OpenRead(Path.Combine(Folder!, file)), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The members of a zip by name.</summary>
    public static SortedDictionary<string, string> Members(string file)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(Folder!, file));
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            members[entry.FullName] = reader.ReadToEnd();
        }
        return members;
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Orleans.sln"))) continue;
            var data = Path.Combine(folder.FullName, "..", "shared", "data");
            return Directory.Exists(data) ? data : null;
        }
        return null;
    }
}
