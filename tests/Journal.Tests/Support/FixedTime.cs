namespace Granary.Journal.Tests.Support;

/// <summary>A clock that stands still.</summary>
public sealed class FixedTime(long unixMs) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
}
