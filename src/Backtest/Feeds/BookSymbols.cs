using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Backtest.Feeds;

/// <summary>The symbols of a capture that have an order book, with rules as its first messages tell them.</summary>
internal static class BookSymbols
{
    /// <summary>Messages looked at: streams of one capture begin together.</summary>
    private const int FramesMax = 20_000;

    /// <summary>By symbol.</summary>
    /// <exception cref="TapeException">The capture is missing or damaged.</exception>
    public static SortedDictionary<string, SymbolRules> Of(string path)
    {
        var found = new SortedDictionary<string, (long Price, long Quantity)>(StringComparer.Ordinal);
        foreach (var frame in SocketCapture.Read(path, new TapeOptions { Checks = TapeChecks.Lenient }).Take(FramesMax))
        {
            var at = frame.Stream.IndexOf('@', StringComparison.Ordinal);
            if (frame.Kind != CaptureKind.DepthUpdate || at <= 0) continue;
            var update = CaptureMessages.ReadDepthUpdate(frame);
            var name = frame.Stream[..at].ToUpperInvariant();
            var (price, quantity) = found.GetValueOrDefault(name);
            foreach (var level in (IEnumerable<DepthLevel>)[.. update.Bids, .. update.Asks])
                (price, quantity) = (RulesGuess.Divisor(price, level.PriceE8), RulesGuess.Divisor(quantity, level.QuantityE8));
            found[name] = (price, quantity);
        }
        var rules = new SortedDictionary<string, SymbolRules>(StringComparer.Ordinal);
        foreach (var (name, (price, quantity)) in found) rules[name] = RulesGuess.Of(name, price, quantity);
        return rules;
    }
}
