namespace Granary.Backtest.Selection;

/// <summary>What a run of the selector came to.</summary>
/// <param name="IntervalMs">Length of a candle.</param>
/// <param name="Variants">Every holding period with every offset, in the order of the options.</param>
/// <param name="Exclusions">Who was left out of selections, by symbol and reason.</param>
/// <param name="Selections">How many selections were made.</param>
public sealed record SelectorResult(
    long IntervalMs, IReadOnlyList<SelectorVariantResult> Variants, IReadOnlyList<Exclusion> Exclusions, int Selections);
