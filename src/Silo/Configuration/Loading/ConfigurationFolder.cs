namespace Granary.Silo.Configuration.Loading;

/// <summary>Finds appsettings.json. Its folder is where relative file names start from.</summary>
public static class ConfigurationFolder
{
    /// <summary>Name of the configuration file.</summary>
    public const string FileName = "appsettings.json";

    /// <summary>
    /// The nearest folder with the file: the current one and those above it, then the program's and those above it. The current folder when there is none.
    /// </summary>
    /// <remarks>"dotnet run --project src/Silo" starts the program in src/Silo, an operator in the repository's root; both mean the same file.</remarks>
    public static string Find(string currentFolder, string programFolder) => Above(currentFolder) ?? Above(programFolder) ?? Path.GetFullPath(currentFolder);

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(Path.GetFullPath(folder)); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, FileName))) return at.FullName;
        return null;
    }
}
