namespace Granary.Tape.Tests.Support;

/// <summary>Recorded market data, which lie beside the repository on machines that have them.</summary>
public static class RealData
{
    /// <summary>The data folder, or null.</summary>
    public static string? Folder { get; } = Find();

    public static string File(string name) => Path.Combine(Folder ?? throw new InvalidOperationException("use [RealDataFact]"), name);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "..", "shared", "data");
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Orleans.sln")) && Directory.Exists(data)) return data;
        }
        return null;
    }
}
