namespace Granary.Silo.Tests.Replay;

/// <summary>A test over a recorded file; skipped, and said so, where the file is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFileFactAttribute : FactAttribute
{
    public SharedFileFactAttribute(string name)
    {
        if (SharedFiles.Find(name) is null) Skip = $"NOT RUN: there is no ../shared/data/{name} beside the repository";
    }
}
