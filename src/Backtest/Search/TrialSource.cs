namespace Granary.Backtest.Search;

/// <summary>Chooses what to try next, as indices into the ranges. The choice depends on the seed and on the trials before, not on who ran them.</summary>
internal sealed class TrialSource(SearchOptions options)
{
    private const int TpeRandomTrials = 20;
    private const int TpeCandidates = 48;
    private const double TpeGoodShare = 0.25;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The next configurations, at most so many; none at the end.</summary>
    /// <param name="number">Number of the first of them.</param>
    /// <param name="wanted">How many.</param>
    /// <param name="done">The trials so far.</param>
    public List<int[]> Next(int number, int wanted, IReadOnlyList<(int[] Place, double? Score)> done)
    {
        var found = new List<int[]>();
        var total = options.Combinations;
        while (found.Count < wanted && _taken.Count < total)
        {
            var random = new Random(HashCode(options.Seed, number + found.Count));
            var place = options.Method switch
            {
                SearchMethod.Grid => GridPlace(_taken.Count),
                SearchMethod.Tpe when done.Count >= TpeRandomTrials => TpePlace(random, done),
                _ => RandomPlace(random),
            };
            // One already taken: the next free one, so that the search ends when all have been tried.
            for (var tries = 0; !_taken.Add(string.Join(' ', place)); tries++) place = tries < 1_000 ? RandomPlace(random) : NextPlace(place);
            found.Add(place);
        }
        return found;
    }

    private static int HashCode(int seed, int number) => unchecked((seed * 73_856_093) ^ ((number + 1) * 19_349_663));

    private int[] GridPlace(long index)
    {
        var place = new int[options.Ranges.Count];
        for (var i = place.Length - 1; i >= 0; i--)
        {
            place[i] = (int)(index % options.Ranges[i].Count);
            index /= options.Ranges[i].Count;
        }
        return place;
    }

    private int[] RandomPlace(Random random) => [.. options.Ranges.Select(range => random.Next(range.Count))];

    private int[] NextPlace(int[] place)
    {
        int[] next = [.. place];
        for (var i = next.Length - 1; i >= 0; i--)
        {
            if (++next[i] < options.Ranges[i].Count) return next;
            next[i] = 0;
        }
        return next;
    }

    /// <summary>Each parameter by itself: candidates near good values, and of them the one that good trials favour most over the others.</summary>
    private int[] TpePlace(Random random, IReadOnlyList<(int[] Place, double? Score)> done)
    {
        var ranked = done.OrderByDescending(t => t.Score ?? double.NegativeInfinity).ToList();
        var split = Math.Max((int)Math.Ceiling(ranked.Count * TpeGoodShare), 2);
        List<(int[] Place, double? Score)> good = ranked[..split], bad = ranked[split..];
        var place = new int[options.Ranges.Count];
        for (var i = 0; i < place.Length; i++)
        {
            var count = options.Ranges[i].Count;
            var width = Math.Max(count / Math.Sqrt(good.Count) / 2, 0.75);
            var best = double.NegativeInfinity;
            for (var c = 0; c < TpeCandidates; c++)
            {
                var centre = c % 6 == 0 ? random.Next(count) : good[random.Next(good.Count)].Place[i];
                var candidate = Math.Clamp((int)Math.Round(centre + (width * Normal(random))), 0, count - 1);
                var ratio = Math.Log(Density(good, i, candidate, width, count) / Density(bad, i, candidate, width, count));
                if (ratio <= best) continue;
                (best, place[i]) = (ratio, candidate);
            }
        }
        return place;
    }

    private static double Density(List<(int[] Place, double? Score)> trials, int i, int at, double width, int count)
    {
        var sum = 1.0 / count;
        foreach (var trial in trials)
        {
            var distance = (trial.Place[i] - at) / width;
            sum += Math.Exp(-0.5 * distance * distance) / (width * Math.Sqrt(2 * Math.PI));
        }
        return sum / (trials.Count + 1);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
