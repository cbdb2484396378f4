namespace Granary.Exchange.Tests.Doubles;

/// <summary>Files of the folder "shared" beside the repository.</summary>
internal static class SharedFile
{
    /// <summary>The file's path, or null when it is not on this machine.</summary>
    public static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "..", "shared", relative);
            if (File.Exists(path)) return Path.GetFullPath(path);
        }
        return null;
    }

    public static string Get(string relative) => Find(relative) ?? throw new FileNotFoundException($"shared/{relative} is not there");
}
