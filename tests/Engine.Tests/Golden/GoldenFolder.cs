namespace Granary.Engine.Tests.Golden;

/// <summary>Where golden tables lie: a copy of the small ones in this repository, and all of them beside it where that folder exists.</summary>
internal static class GoldenFolder
{
    /// <summary>The repository's root: the nearest folder upwards that holds the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The copy in this repository.</summary>
    public static string Local => Path.Combine(Repository, "tests", "Engine.Tests", "Golden", "Data");

    /// <summary>The folder beside the repository; null when it is absent.</summary>
    public static string? Shared { get; } = FindShared();

    /// <summary>A file below the folder beside the repository; call it from a <see cref="SharedFactAttribute"/> test only.</summary>
    public static string SharedFile(params string[] parts) =>
        Path.Combine([Shared ?? throw new DirectoryNotFoundException(SharedFactAttribute.Absent), .. parts]);

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Orleans.sln");
    }

    private static string? FindShared()
    {
        var shared = Path.GetFullPath(Path.Combine(Repository, "..", "shared"));
        return Directory.Exists(Path.Combine(shared, "golden")) ? shared : null;
    }
}
