using Granary.Engine.Market;

namespace Granary.Exchange.Markets;

/// <summary>
/// Seeded background traders in real order books, one per symbol. The same seed, the same start time and the same account orders at the same market times
/// give the same events, byte for byte. After a restart prices and ids go on where they were; the background market's own orders are placed anew.
/// </summary>
public sealed class SyntheticMarket : IMarket
{
    private const int PriceTicksMin = 1000;

    /// <summary>Symbols by the time of their next event, then by their place in the list.</summary>
    private readonly PriorityQueue<SyntheticSymbol, (long NextUs, int Index)> _symbols = new();

    /// <inheritdoc/>
    public string Kind => "synthetic";

    /// <inheritdoc/>
    public bool IsFinished => false;

    /// <inheritdoc/>
    public string? Error => null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A listed symbol has no profile, or one whose price is too low for its tick.</exception>
    public void Open(IMarketHost host)
    {
        var start = host.Options.StartTimeMs ?? host.ServerTimeMs;
        foreach (var symbol in host.Symbols) start = Math.Max(start, symbol.State.LastTimeMs + 1);
        host.AdvanceTo(start);
        for (var i = 0; i < host.Symbols.Count; i++)
        {
            var symbol = host.Symbols[i];
            // A resumed market must not draw the numbers of its first run again.
            var seed = (host.Options.Seed * 0x9E3779B97F4A7C15) + ((ulong)i * 0xD1B54A32D192ED03) + ((ulong)symbol.State.LastTradeId * 0x2545F4914F6CDD1D);
            var next = new SyntheticSymbol(host, symbol, ProfileOf(host.Options, symbol.Rules), seed, start);
            _symbols.Enqueue(next, (next.NextUs, i));
        }
    }

    /// <inheritdoc/>
    public void Start()
    {
    }

    /// <inheritdoc/>
    public long? NextTimeMs() => _symbols.Peek().NextUs / 1000;

    /// <inheritdoc/>
    public void Step()
    {
        _symbols.TryPeek(out var symbol, out var place);
        symbol!.Step();
        _symbols.DequeueEnqueue(symbol, (symbol.NextUs, place.Index));
    }

    private static SyntheticProfile ProfileOf(ExchangeOptions options, SymbolRules rules)
    {
        SyntheticProfile? found = null;
        foreach (var profile in options.Profiles)
            if (profile.Symbol == rules.Symbol) found = profile;
        found ??= SyntheticProfile.Find(rules.Symbol) ?? throw new ArgumentException(
            $"Profiles had nothing for symbol {rules.Symbol}; a synthetic market needs a price and a quantity for each listed symbol");
        var priceMin = rules.TickSize * PriceTicksMin;
        if (found.Price < priceMin)
            throw new ArgumentException($"Profiles[{rules.Symbol}].Price was {found.Price}; allowed is {priceMin} ({PriceTicksMin} ticks) and more");
        return found;
    }
}
