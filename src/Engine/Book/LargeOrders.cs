namespace Granary.Engine.Book;

/// <summary>
/// Levels that hold far more than their neighbours: a quantity of at least a multiple of the median quantity of the best levels of the same side, as they
/// stand now. It compares within one book at one moment, so nothing later and nothing remembered enters. The median of an even number is the mean of the two
/// in the middle.
/// </summary>
public static class LargeOrders
{
    /// <summary>Most levels that are looked at.</summary>
    public const int LevelsMax = 1000;

    /// <summary>The largest multiple: a million.</summary>
    public const decimal MultipleMax = 1_000_000m;

    /// <summary>Finds them.</summary>
    /// <param name="levels">The best levels of one side, best first; at most <see cref="LevelsMax"/>.</param>
    /// <param name="multiple">Of the median, above 0 to <see cref="MultipleMax"/>.</param>
    /// <param name="large">Receives them, best first; may be the span of the levels itself.</param>
    /// <returns>How many there are; more than fit are not returned.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Too many levels, or a multiple outside its range.</exception>
    public static int Find(ReadOnlySpan<BookLevel> levels, decimal multiple, Span<BookLevel> large)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels.Length, LevelsMax);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(multiple, 0m);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(multiple, MultipleMax);
        if (levels.IsEmpty) return 0;
        Span<long> sorted = stackalloc long[levels.Length];
        for (var i = 0; i < sorted.Length; i++) sorted[i] = levels[i].QuantityE8;
        sorted.Sort();
        // Twice the median, so that it is an integer: exact, and small enough for any multiple allowed.
        var threshold = ((decimal)sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) * multiple;
        var count = 0;
        foreach (ref readonly var level in levels)
        {
            if (2m * level.QuantityE8 >= threshold && count < large.Length) large[count++] = level;
        }
        return count;
    }
}
