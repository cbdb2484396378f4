namespace Granary.Tape.Tests.Support;

/// <summary>A theory over recorded data; skipped, and said so, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealDataTheoryAttribute : TheoryAttribute
{
    public RealDataTheoryAttribute()
    {
        if (RealData.Folder is null) Skip = "did not run: no folder ../shared/data beside the repository";
    }
}
