using Granary.Exchange;

namespace Granary.ExchangeBenchmarks;

/// <summary>Synthetic symbols: the default ones over and over under other names.</summary>
internal static class Listing
{
    public const long StartMs = 1_700_000_000_000;

    public static ExchangeOptions Options(int count) => new()
    {
        StartTimeMs = StartMs,
        Symbols = [.. Enumerable.Range(0, count).Select(i => SymbolCatalog.Defaults[i % SymbolCatalog.Defaults.Count] with { Symbol = Name(i) })],
        Profiles = [.. Enumerable.Range(0, count).Select(i => SyntheticProfile.Defaults[i % SyntheticProfile.Defaults.Count] with { Symbol = Name(i) })],
    };

    public static string Name(int i) => FormattableString.Invariant($"S{i:D3}USDT");
}
