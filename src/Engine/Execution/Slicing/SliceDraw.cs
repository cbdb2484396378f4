namespace Granary.Engine.Execution.Slicing;

/// <summary>Numbers drawn from a seed by their place, so that no state has to be kept: SplitMix64 (Steele, Lea, Flood 2014).</summary>
internal static class SliceDraw
{
    /// <summary>A number of at least 0 and below 1.</summary>
    /// <param name="seed">Any.</param>
    /// <param name="purpose">Tells draws of one place apart.</param>
    /// <param name="place">0 or more.</param>
    public static double Of(long seed, int purpose, int place)
    {
        var state = unchecked((ulong)seed + (0x9E3779B97F4A7C15UL * (((ulong)(uint)purpose << 32) + (uint)place + 1)));
        state = unchecked((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL);
        state = unchecked((state ^ (state >> 27)) * 0x94D049BB133111EBUL);
        state ^= state >> 31;
        return (state >> 11) * (1.0 / (1UL << 53));
    }
}
