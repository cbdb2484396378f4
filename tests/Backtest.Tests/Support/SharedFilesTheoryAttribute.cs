namespace Granary.Backtest.Tests.Support;

/// <summary>A test over several recorded files; skipped, and said so, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFilesTheoryAttribute : TheoryAttribute
{
    public SharedFilesTheoryAttribute()
    {
        if (!SharedFiles.AreThere) Skip = "NOT RUN: no folder ../shared/data beside the repository";
    }
}
