namespace Granary.Engine.Selection;

/// <summary>What the neutral selection chooses by (formulas §5.4, §5.5).</summary>
public sealed record SelectionOptions
{
    /// <summary>The most symbols a side may have: 1,000.</summary>
    public const int SideCountMax = 1_000;

    /// <summary>What symbols are sorted by; default MtmAtrMean over 120 candles, ascending.</summary>
    public FactorSpec Factor { get; init; } = new("MtmAtrMean", Ascending: true, Window: 120);

    /// <summary>What narrows the symbols down; default ChgPctMax and Volume over 24 candles.</summary>
    public IReadOnlyList<FilterSpec> Filters { get; init; } = [new("ChgPctMax", 24), new("Volume", 24)];

    /// <summary>Symbols to buy, 0 to <see cref="SideCountMax"/>; default 2.</summary>
    public int LongCount { get; init; } = 2;

    /// <summary>Symbols to sell, 0 to <see cref="SideCountMax"/>; default 8.</summary>
    public int ShortCount { get; init; } = 8;

    /// <summary>Candles a symbol must have to be eligible, 0 or more; default 999.</summary>
    public int CandleCountMin { get; init; } = 999;

    /// <summary>Capital of the whole selection, quote units, above 0; half of it goes to each side. Default 1,000.</summary>
    public decimal Capital { get; init; } = 1_000;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        if (Factor is null) throw new ArgumentException("Factor is not set", nameof(Factor));
        if (Filters is null) throw new ArgumentException("Filters are not set", nameof(Filters));
        Factor.Validate();
        foreach (var filter in Filters) filter.Validate();
        Check(nameof(LongCount), LongCount, SideCountMax);
        Check(nameof(ShortCount), ShortCount, SideCountMax);
        if (LongCount + ShortCount == 0) throw new ArgumentException("LongCount and ShortCount were both 0, expected one above 0", nameof(LongCount));
        Check(nameof(CandleCountMin), CandleCountMin, int.MaxValue);
        if (Capital <= 0) throw new ArgumentException(FormattableString.Invariant($"{nameof(Capital)} was {Capital}, expected above 0"), nameof(Capital));
    }

    private static void Check(string name, int value, int max)
    {
        if (value < 0 || value > max) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected 0 to {max}"), name);
    }
}
