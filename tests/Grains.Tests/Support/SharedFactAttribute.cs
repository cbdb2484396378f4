namespace Granary.Grains.Tests.Support;

/// <summary>A test that needs the folder of golden tables beside the repository; it says so, and is skipped, where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (GoldenSignals.Folder is null) Skip = "NOT RUN: the folder ../shared (golden tables) does not exist beside the repository";
    }
}
