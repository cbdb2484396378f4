namespace Granary.Venues.Feeds;

/// <summary>Pairs the engine's symbols with a venue's instruments.</summary>
internal static class InstrumentNames
{
    // Coins that one venue prices by the thousand and another singly: the number stands before the coin (Binance, Bybit) or after it (SHIB1000USDT at Bybit).
    private static readonly string[] _multiples = ["1000", "10000", "1000000"];

    /// <summary>What an instrument is called without its multiple, and the multiple.</summary>
    /// <param name="baseCoin">For example 1000PEPE, SHIB1000 or BTC.</param>
    public static (string Coin, decimal Multiple) Split(string baseCoin)
    {
        foreach (var multiple in _multiples.Reverse())
        {
            if (baseCoin.Length <= multiple.Length) continue;
            if (baseCoin.StartsWith(multiple, StringComparison.Ordinal)) return (baseCoin[multiple.Length..], decimal.Parse(multiple,
                System.Globalization.CultureInfo.InvariantCulture));
            if (baseCoin.EndsWith(multiple, StringComparison.Ordinal)) return (baseCoin[..^multiple.Length], decimal.Parse(multiple,
                System.Globalization.CultureInfo.InvariantCulture));
        }
        return (baseCoin, 1);
    }

    /// <summary>
    /// The instruments for the symbols. Of a coin that the venue lists in several multiples the one of the engine's own multiple is preferred.
    /// </summary>
    /// <param name="symbols">The engine's upper-case symbols, in USDT.</param>
    /// <param name="listed">What the venue lists: its name, base coin, coins a unit of size, tick and step.</param>
    /// <exception cref="ArgumentException">Symbols that the venue does not list; all are named.</exception>
    public static Instrument[] Match(IReadOnlyList<string> symbols, IReadOnlyList<ListedInstrument> listed)
    {
        var byCoin = listed.ToLookup(item => Split(item.BaseCoin).Coin, StringComparer.Ordinal);
        var missing = new List<string>();
        var instruments = new List<Instrument>();
        foreach (var symbol in symbols)
        {
            var (coin, multiple) = symbol.EndsWith("USDT", StringComparison.Ordinal) ? Split(symbol[..^4]) : ("", 1);
            var best = byCoin[coin].OrderByDescending(item =>
                Split(item.BaseCoin).Multiple == multiple).ThenBy(item => item.Name, StringComparer.Ordinal).FirstOrDefault();
            if (best is null) missing.Add(symbol);
            else instruments.Add(new Instrument(symbol, best.Name, best.CoinsPerUnit, multiple / Split(best.BaseCoin).Multiple, best.TickSize, best.StepSize));
        }
        return missing.Count == 0
            ? [.. instruments]
            : throw new ArgumentException($"not listed as a USDT perpetual at this venue: {string.Join(", ", missing)}; take them out of this feed",
                nameof(symbols));
    }
}
