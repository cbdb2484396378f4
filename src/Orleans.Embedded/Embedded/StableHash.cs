namespace Orleans.Embedded;

/// <summary>FNV-1a with a final mix: the same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    public const ulong Seed = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    public static uint Of32(ReadOnlySpan<byte> bytes)
    {
        var hash = Seed;
        foreach (var value in bytes) hash = (hash ^ value) * Prime;
        hash = Mix(hash);
        return (uint)(hash ^ (hash >> 32));
    }

    public static ulong Of64(ReadOnlySpan<char> text)
    {
        var hash = Seed;
        foreach (var value in text) hash = (hash ^ value) * Prime;
        return Mix(hash);
    }

    public static ulong Combine(ulong hash, ulong value) => Mix((hash ^ value) * Prime);

    private static ulong Mix(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        return hash;
    }
}
