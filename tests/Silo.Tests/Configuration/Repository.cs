namespace Granary.Silo.Tests.Configuration;

/// <summary>Finds files of the repository from the test's own folder.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Orleans.sln"))) return at.FullName;
        throw new InvalidOperationException($"no Orleans.sln above {AppContext.BaseDirectory}: the test must run inside the repository");
    }
}
