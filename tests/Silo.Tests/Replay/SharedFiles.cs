namespace Granary.Silo.Tests.Replay;

/// <summary>Recorded market data, which lie beside the repository on machines that have them.</summary>
internal static class SharedFiles
{
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "..", "shared", "data", name);
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln")) && File.Exists(file)) return Path.GetFullPath(file);
        }

        return null;
    }
}
