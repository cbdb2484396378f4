namespace Granary.Engine.Tests.Golden;

/// <summary>A test that needs the folder of golden tables and market data beside the repository; it says so, and is skipped, where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public const string Absent = "NOT RUN: the folder ../shared (golden tables, market data) does not exist beside the repository";

    public SharedFactAttribute()
    {
        if (GoldenFolder.Shared is null) Skip = Absent;
    }
}
