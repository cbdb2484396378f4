using Granary.Journal.Records;

namespace Granary.Journal.Tests.Compliance;

/// <summary>Comparers for records that hold arrays, which record equality compares by reference.</summary>
public static class Comparers
{
    public static IEqualityComparer<PositionRecord?> Position { get; } = EqualityComparer<PositionRecord?>.Create(
        (a, b) => a is null || b is null ? a is null && b is null : a.Guard.SequenceEqual(b.Guard) && (a with { Guard = b.Guard }) == b,
        p => HashCode.Combine(p?.Account, p?.Symbol));
}
