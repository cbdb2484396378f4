namespace Granary.Exchange.Tests.Doubles;

/// <summary>A test that needs a file of the shared folder; says so when it does not run.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string relative)
    {
        if (SharedFile.Find(relative) is null) Skip = $"NOT RUN: ../shared/{relative} is not on this machine";
    }
}
