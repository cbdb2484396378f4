namespace Granary.Engine.Tests.Sizing;

/// <summary>A test that needs the reference tables; where they are absent it is reported as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenFactAttribute : FactAttribute
{
    public GoldenFactAttribute()
    {
        if (GoldenTable.Folder is null) Skip = "not run: the reference tables (../shared/golden beside the repository) are not here";
    }
}
