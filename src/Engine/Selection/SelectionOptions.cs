namespace Granary.Engine.Selection;

/// <summary>What the neutral selection chooses by (formulas §5.4, §5.5).</summary>
public sealed record SelectionOptions
{
    /// <summary>The most symbols a side may have: 1,000.</summary>
    public const int SideCountMax = 1_000;

    /// <summary>The most factors there may be: 16.</summary>
    public const int FactorsMax = 16;

    /// <summary>What symbols are sorted by, 1 to <see cref="FactorsMax"/>; default MtmAtrMean over 120 candles, ascending.</summary>
    public IReadOnlyList<FactorSpec> Factors { get; init; } = [new("MtmAtrMean", Ascending: true, Window: 120)];

    /// <summary>What narrows the symbols down; default ChgPctMax and Volume over 24 candles.</summary>
    public IReadOnlyList<FilterSpec> Filters { get; init; } = [new("ChgPctMax", 24), new("Volume", 24)];

    /// <summary>Symbols to buy, 0 to <see cref="SideCountMax"/>; default 2.</summary>
    public int LongCount { get; init; } = 2;

    /// <summary>Symbols to sell, 0 to <see cref="SideCountMax"/>; default 8.</summary>
    public int ShortCount { get; init; } = 8;

    /// <summary>Candles a symbol must have to be eligible, 0 or more; default 999.</summary>
    public int CandleCountMin { get; init; } = 999;

    /// <summary>
    /// Candles without a trade, one after another, at which a symbol is left out, 1 or more; null (default) leaves none out for that, as the original does.
    /// </summary>
    public int? FlatCountMax { get; init; }

    /// <summary>Capital of the whole selection, quote units, above 0; half of it goes to each side. Default 1,000.</summary>
    public decimal Capital { get; init; } = 1_000;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        if (Factors is null || Factors.Count is 0 or > FactorsMax)
            throw new ArgumentException($"Factors had {Factors?.Count ?? 0} entries, expected 1 to {FactorsMax}", nameof(Factors));
        if (Filters is null) throw new ArgumentException("Filters are not set", nameof(Filters));
        foreach (var factor in Factors) factor.Validate();
        if (Factors.DistinctBy(factor => factor.Column).Count() < Factors.Count)
            throw new ArgumentException("Factors name the same factor with the same window twice; give it once, with the sum of the weights", nameof(Factors));
        foreach (var filter in Filters) filter.Validate();
        Check(nameof(LongCount), LongCount, SideCountMax);
        Check(nameof(ShortCount), ShortCount, SideCountMax);
        if (LongCount + ShortCount == 0) throw new ArgumentException("LongCount and ShortCount were both 0, expected one above 0", nameof(LongCount));
        Check(nameof(CandleCountMin), CandleCountMin, int.MaxValue);
        if (FlatCountMax is < 1)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(FlatCountMax)} was {FlatCountMax}, expected 1 or more"), nameof(FlatCountMax));
        if (Capital <= 0) throw new ArgumentException(FormattableString.Invariant($"{nameof(Capital)} was {Capital}, expected above 0"), nameof(Capital));
    }

    private static void Check(string name, int value, int max)
    {
        if (value < 0 || value > max) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected 0 to {max}"), name);
    }
}
