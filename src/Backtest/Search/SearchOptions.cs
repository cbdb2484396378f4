namespace Granary.Backtest.Search;

/// <summary>What is searched, and how.</summary>
public sealed record SearchOptions
{
    /// <summary>The ranges; 1 to 20.</summary>
    public required IReadOnlyList<ParameterRange> Ranges { get; init; }

    /// <summary>How; default a grid.</summary>
    public SearchMethod Method { get; init; } = SearchMethod.Grid;

    /// <summary>What is made large; default the Sharpe ratio.</summary>
    public ScoreKind Score { get; init; } = ScoreKind.Sharpe;

    /// <summary>Trials at most; 1 to 1,000,000, default 200. A grid larger than that is refused.</summary>
    public int TrialsMax { get; init; } = 200;

    /// <summary>Runs at once; 1 to 256, default the number of cores. Does not change the result.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Seed of random choices; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// File in which every finished trial is noted, and from which a search that was broken off goes on; null for none. One JSON object a line; the first
    /// names what is searched, and must be the same.
    /// </summary>
    public string? JournalPath { get; init; }

    /// <summary>Combinations in all.</summary>
    public long Combinations => Ranges.Aggregate(1L, (all, range) => all > long.MaxValue / Math.Max(range.Count, 1) ? long.MaxValue : all * range.Count);

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (Ranges is null || Ranges.Count is < 1 or > 20)
            throw new ArgumentException($"{nameof(Ranges)} holds {Ranges?.Count ?? 0} ranges, expected 1 to 20", nameof(Ranges));
        foreach (var range in Ranges) range.Validate();
        if (Ranges.Select(r => r.Name).Distinct(StringComparer.Ordinal).Count() < Ranges.Count)
            throw new ArgumentException("a parameter has two ranges; give each one", nameof(Ranges));
        if (TrialsMax is < 1 or > 1_000_000) throw new ArgumentException($"{nameof(TrialsMax)} was {TrialsMax}, expected 1 to 1000000", nameof(TrialsMax));
        if (Workers is < 1 or > 256) throw new ArgumentException($"{nameof(Workers)} was {Workers}, expected 1 to 256", nameof(Workers));
        if (Method == SearchMethod.Grid && Combinations > TrialsMax)
            throw new ArgumentException(
                $"the grid has {Combinations} combinations, allowed are {TrialsMax}; take larger steps, raise the number of trials, or search at random",
                nameof(TrialsMax));
    }
}
