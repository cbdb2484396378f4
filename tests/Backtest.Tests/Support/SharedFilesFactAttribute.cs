namespace Granary.Backtest.Tests.Support;

/// <summary>A test over recorded data; skipped, and said so, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFilesFactAttribute : FactAttribute
{
    public SharedFilesFactAttribute()
    {
        if (!SharedFiles.AreThere) Skip = "did not run: no folder ../shared/data beside the repository";
    }
}
