using System.Globalization;
using System.Text;

namespace Granary.Venues.Binance;

/// <summary>
/// Spreads symbols over connections and SUBSCRIBE messages: at most 200 streams a connection, 50 symbols and 4000 bytes a message (the venue drops or
/// ignores what is larger). Trades and mark prices are served under /market, quotes and book
/// changes under /public.
/// </summary>
internal static class SubscriptionPlan
{
    /// <summary>Most symbols of one plan.</summary>
    public const int SymbolsMax = 1000;

    /// <summary>Most streams of one connection.</summary>
    public const int StreamsPerConnectionMax = 200;

    /// <summary>Most symbols of one message.</summary>
    public const int SymbolsPerMessageMax = 50;

    /// <summary>Most bytes of one message.</summary>
    public const int MessageLengthMax = 3999;

    private static readonly string[] _tradeStreams = ["@aggTrade", "@markPrice@1s"];

    /// <summary>Makes the plan.</summary>
    /// <param name="symbols">Upper-case symbols.</param>
    /// <param name="depthIntervalMs">How often changes of the books are wanted: 100, 250, 500, or 0 for not at all.</param>
    /// <exception cref="ArgumentException">
    /// No symbol, too many, or one that is empty, not upper-case or holds a character that cannot be part of a name.
    /// </exception>
    public static IReadOnlyList<StreamShard> Make(IReadOnlyList<string> symbols, int depthIntervalMs = 0)
    {
        if (symbols.Count is 0 or > SymbolsMax) throw new ArgumentException($"{symbols.Count} symbols; it must be 1 to {SymbolsMax}", nameof(symbols));
        foreach (var symbol in symbols)
            if (string.IsNullOrEmpty(symbol) || symbol.Length > 64 || symbol.Any(c => !(char.IsLetterOrDigit(c) || c == '_') || char.IsLower(c)))
                throw new ArgumentException($"symbol '{symbol}' is not an upper-case name of letters, digits and underscores", nameof(symbols));
        string[] quoteStreams = depthIntervalMs switch
        {
            0 => ["@bookTicker"],
            // The speed that the venue sends when none is named.
            250 => ["@bookTicker", "@depth"],
            _ => ["@bookTicker", string.Create(CultureInfo.InvariantCulture, $"@depth@{depthIntervalMs}ms")],
        };
        return [.. Shards("market", true, symbols, _tradeStreams), .. Shards("public", false, symbols, quoteStreams)];
    }

    private static IEnumerable<StreamShard> Shards(string prefix, bool carriesTrades, IReadOnlyList<string> symbols, string[] streams)
    {
        var chunks = Enumerable.Range(0, symbols.Count).Chunk(StreamsPerConnectionMax / streams.Length).ToArray();
        for (var i = 0; i < chunks.Length; i++)
            yield return new StreamShard(
                $"/{prefix}/stream", $"{prefix} {i + 1}/{chunks.Length}", carriesTrades, Kinds(streams), chunks[i], Messages(chunks[i], symbols, streams))
            {
                Suffixes = streams,
            };
    }

    private static List<MarketFrameKind> Kinds(string[] streams) =>
    [
        .. streams.Select(static stream => stream.Split('@')[1] switch
        {
            "aggTrade" => MarketFrameKind.AggTrade,
            "markPrice" => MarketFrameKind.MarkPrice,
            "bookTicker" => MarketFrameKind.BookTicker,
            _ => MarketFrameKind.Depth,
        }),
    ];

    private static List<byte[]> Messages(int[] chunk, IReadOnlyList<string> symbols, string[] streams)
    {
        var messages = new List<byte[]>();
        var parameters = new StringBuilder();
        var count = 0;
        foreach (var index in chunk)
        {
            var name = symbols[index].ToLowerInvariant();
            var part = string.Join(',', streams.Select(stream => $"\"{name}{stream}\""));
            // 64 bytes cover the text around the parameters.
            var length = Encoding.UTF8.GetByteCount(parameters.ToString()) + Encoding.UTF8.GetByteCount(part) + 64;
            if (count == SymbolsPerMessageMax || length > MessageLengthMax) Flush();
            if (count++ > 0) parameters.Append(',');
            parameters.Append(part);
        }
        Flush();
        return messages;

        void Flush()
        {
            messages.Add(Encoding.UTF8.GetBytes($"{{\"method\":\"SUBSCRIBE\",\"params\":[{parameters}],\"id\":{messages.Count + 1}}}"));
            parameters.Clear();
            count = 0;
        }
    }
}
