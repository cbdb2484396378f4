namespace Granary.Engine.Statistics;

/// <summary>
/// Cross-validation without leaks (formulas §10.1, AFML 7.4): contiguous test folds; removed from learning is every sample whose label span touches that of the
/// test fold, then the samples that follow the last one which starts inside it.
/// </summary>
public static class PurgedFolds
{
    /// <summary>Makes the folds.</summary>
    /// <param name="starts">Start of each sample's label span, not falling.</param>
    /// <param name="ends">End of each sample's label span, inclusive, not before its start.</param>
    /// <param name="folds">Number of folds, 2 to the number of samples; sizes differ by one at most, the first are the larger.</param>
    /// <param name="embargo">Samples left out after the fold, 0 or more.</param>
    /// <exception cref="ArgumentException">The spans do not fit each other or fall.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of folds or the embargo is outside its range.</exception>
    public static IReadOnlyList<PurgedFold> Make(ReadOnlySpan<long> starts, ReadOnlySpan<long> ends, int folds, int embargo)
    {
        Check(starts, ends);
        if (folds < 2 || folds > starts.Length) throw new ArgumentOutOfRangeException(nameof(folds), folds, $"expected 2 to {starts.Length}, the number of samples");
        ArgumentOutOfRangeException.ThrowIfNegative(embargo);
        var made = new PurgedFold[folds];
        var from = 0;
        for (var fold = 0; fold < folds; fold++)
        {
            var to = from + (starts.Length / folds) + (fold < starts.Length % folds ? 1 : 0);
            made[fold] = new PurgedFold(from, to, Train(starts, ends, from, to, embargo));
            from = to;
        }
        return made;
    }

    private static List<int> Train(ReadOnlySpan<long> starts, ReadOnlySpan<long> ends, int from, int to, int embargo)
    {
        long first = starts[from], last = ends[from];
        for (var i = from; i < to; i++) last = Math.Max(last, ends[i]);
        var lastInside = to - 1;
        for (var i = 0; i < starts.Length; i++)
        {
            if (starts[i] >= first && starts[i] <= last) lastInside = Math.Max(lastInside, i);
        }
        var train = new List<int>();
        for (var i = 0; i < starts.Length; i++)
        {
            var isTouching = starts[i] <= last && ends[i] >= first;
            var isEmbargoed = i > lastInside && i <= (long)lastInside + embargo;
            if (!isTouching && !isEmbargoed && (i < from || i >= to)) train.Add(i);
        }
        return train;
    }

    private static void Check(ReadOnlySpan<long> starts, ReadOnlySpan<long> ends)
    {
        if (starts.Length != ends.Length) throw new ArgumentException($"{starts.Length} starts and {ends.Length} ends of label spans, expected as many", nameof(ends));
        for (var i = 0; i < starts.Length; i++)
        {
            if (ends[i] < starts[i]) throw new ArgumentException($"label span {i} ends at {ends[i]} before it starts at {starts[i]}", nameof(ends));
            if (i > 0 && starts[i] < starts[i - 1]) throw new ArgumentException($"label span {i} starts before the one before it; sort the samples by start", nameof(starts));
        }
    }
}
