namespace Granary.Venues.Tests.Support;

/// <summary>A fact that needs the data folder beside the repository; without it the test is reported as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Folder is null) Skip = "NOT RUN: the folder ../shared/data beside the repository does not exist, so the recorded frames were not checked";
    }
}
