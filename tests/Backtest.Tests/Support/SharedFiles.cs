namespace Granary.Backtest.Tests.Support;

/// <summary>Recorded market data and golden values, which lie beside the repository on machines that have them.</summary>
public static class SharedFiles
{
    private static readonly string? Folder = Find();

    public static bool AreThere => Folder is not null;

    public static string Data(string name) => At("data", name);

    public static string Golden(string name) => At("golden", name);

    private static string At(string folder, string name) => Path.Combine(Folder ?? throw new InvalidOperationException("use [SharedFilesFact]"), folder, name);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "..", "shared");
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln")) && Directory.Exists(Path.Combine(shared, "data"))) return shared;
        }
        return null;
    }
}
