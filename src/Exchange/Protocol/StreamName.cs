namespace Granary.Exchange.Protocol;

/// <summary>A market stream's name, taken apart.</summary>
/// <param name="Symbol">Lower-case symbol.</param>
/// <param name="Kind">What it carries.</param>
/// <param name="Levels">Levels a side of a partial book; else 0.</param>
/// <param name="IntervalMs">Publication interval of depth and mark price; else 0.</param>
internal readonly record struct StreamName(string Symbol, StreamKind Kind, int Levels, int IntervalMs)
{
    /// <summary>Whether the newest frame makes unread older ones of the stream worthless.</summary>
    public bool Conflates => Kind is StreamKind.BookTicker or StreamKind.MarkPrice or StreamKind.DepthPartial;

    /// <summary>
    /// Reads a name such as btcusdt@depth5@100ms. The venue acknowledges unknown names and stays silent on them, so false is no error.
    /// </summary>
    public static bool TryParse(string text, out StreamName name)
    {
        name = default;
        var at = text.IndexOf('@');
        if (at <= 0) return false;
        var symbol = text[..at];
        (StreamKind Kind, int Levels, int IntervalMs)? found = text[(at + 1)..] switch
        {
            "aggTrade" => (StreamKind.AggTrade, 0, 0),
            "trade" => (StreamKind.Trade, 0, 0),
            "bookTicker" => (StreamKind.BookTicker, 0, 0),
            "markPrice" => (StreamKind.MarkPrice, 0, 3000),
            "markPrice@1s" => (StreamKind.MarkPrice, 0, 1000),
            "depth" or "depth@250ms" => (StreamKind.DepthDiff, 0, 250),
            "depth@100ms" => (StreamKind.DepthDiff, 0, 100),
            "depth@500ms" => (StreamKind.DepthDiff, 0, 500),
            "depth5" or "depth5@250ms" => (StreamKind.DepthPartial, 5, 250),
            "depth5@100ms" => (StreamKind.DepthPartial, 5, 100),
            "depth5@500ms" => (StreamKind.DepthPartial, 5, 500),
            "depth10" or "depth10@250ms" => (StreamKind.DepthPartial, 10, 250),
            "depth10@100ms" => (StreamKind.DepthPartial, 10, 100),
            "depth10@500ms" => (StreamKind.DepthPartial, 10, 500),
            "depth20" or "depth20@250ms" => (StreamKind.DepthPartial, 20, 250),
            "depth20@100ms" => (StreamKind.DepthPartial, 20, 100),
            "depth20@500ms" => (StreamKind.DepthPartial, 20, 500),
            _ => null,
        };
        if (found is not { } stream) return false;
        name = new StreamName(symbol, stream.Kind, stream.Levels, stream.IntervalMs);
        return true;
    }

    /// <summary>Whether sessions under the prefix receive the stream; under another prefix the venue acknowledges it and stays silent.</summary>
    public bool IsServedUnder(StreamPrefix prefix) => prefix switch
    {
        StreamPrefix.Any => true,
        StreamPrefix.Public => Kind is StreamKind.BookTicker or StreamKind.DepthDiff or StreamKind.DepthPartial or StreamKind.Trade,
        StreamPrefix.Market => Kind is StreamKind.AggTrade or StreamKind.MarkPrice or StreamKind.Trade,
        _ => false,
    };
}
