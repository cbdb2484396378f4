namespace Granary.Client.Tests.Data;

/// <summary>A test over recorded data; skipped, and said so, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (Folder is null) Skip = "NOT RUN: no folder ../shared/data beside the repository";
    }

    /// <summary>The data folder, or null.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "..", "shared", "data");
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln")) && Directory.Exists(data)) return data;
        }
        return null;
    }
}
