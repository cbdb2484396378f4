namespace Granary.Engine.Statistics;

/// <summary>Splits that never learn from what comes after (formulas §10.2 to 10.4).</summary>
public static class TimeSplits
{
    /// <summary>Rolling windows: learn, then test on what follows; the next window begins a step later. An incomplete last one is dropped (§10.2).</summary>
    /// <param name="start">First index, or day.</param>
    /// <param name="end">The one after the last.</param>
    /// <param name="train">Length to learn from, 1 or more.</param>
    /// <param name="test">Length to test on, 1 or more.</param>
    /// <param name="step">Distance of the windows, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1.</exception>
    public static IReadOnlyList<IndexFold> WalkForward(int start, int end, int train, int test, int step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(train, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(test, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var folds = new List<IndexFold>();
        for (long from = start; from + train + test <= end; from += step)
            folds.Add(new IndexFold((int)from, (int)from + train, (int)from + train, (int)from + train + test));
        return folds;
    }

    /// <summary>Growing windows: equal test blocks at the end, each learnt from all before it (§10.3, as scikit-learn's TimeSeriesSplit).</summary>
    /// <param name="count">Rows, 0 or more.</param>
    /// <param name="splits">Test blocks, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer rows than blocks and one more, or no block.</exception>
    public static IReadOnlyList<IndexFold> Growing(int count, int splits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(splits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, splits + 1L, nameof(count));
        var block = count / (splits + 1);
        var first = count - (splits * block);
        return [.. Enumerable.Range(0, splits).Select(i => new IndexFold(0, first + (i * block), first + (i * block), first + ((i + 1) * block)))];
    }

    /// <summary>Three parts in the order of time: to learn, to choose, to test once (§10.4). The shares default to 60, 20 and 20 %.</summary>
    /// <param name="startMs">Start, milliseconds.</param>
    /// <param name="endMs">End, exclusive, milliseconds; above the start.</param>
    /// <param name="trainShare">Above 0.</param>
    /// <param name="validationShare">Above 0; both together below 1.</param>
    /// <returns>Where choosing begins and where testing begins, milliseconds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The span is empty or the shares leave nothing.</exception>
    public static (long ValidationMs, long TestMs) Chronological(long startMs, long endMs, double trainShare = 0.6, double validationShare = 0.2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(endMs, startMs);
        if (!(trainShare > 0 && validationShare > 0 && trainShare + validationShare < 1))
            throw new ArgumentOutOfRangeException(nameof(trainShare), trainShare, "expected shares above 0 that leave something to test");
        var span = endMs - startMs;
        return (startMs + (long)Math.Round(span * trainShare), startMs + (long)Math.Round(span * (trainShare + validationShare)));
    }
}
