namespace Granary.Exchange.Protocol;

/// <summary>A market stream's name, taken apart.</summary>
/// <param name="Symbol">Lower-case symbol; empty for streams of all symbols.</param>
/// <param name="Kind">What it carries.</param>
/// <param name="Levels">Levels a side of a partial book; else 0.</param>
/// <param name="IntervalMs">Publication interval of depth and mark price; else 0.</param>
/// <param name="Interval">Interval of candles; else null.</param>
internal readonly record struct StreamName(string Symbol, StreamKind Kind, int Levels, int IntervalMs, string? Interval = null)
{
    /// <summary>Whether the newest frame makes unread older ones of the stream worthless.</summary>
    public bool Conflates => Kind is StreamKind.BookTicker or StreamKind.MarkPrice or StreamKind.DepthPartial or StreamKind.Ticker or StreamKind.MiniTicker;

    /// <summary>
    /// Reads a name such as btcusdt@depth5@100ms. The venue acknowledges unknown names and stays silent on them, so false is no error.
    /// </summary>
    public static bool TryParse(string text, out StreamName name)
    {
        name = default;
        if (text.StartsWith('!')) return TryParseAll(text, out name);
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
            // There are no retail price improvement orders here, so this book is the same one.
            "rpiDepth" or "rpiDepth@500ms" => (StreamKind.DepthDiff, 0, 500),
            "depth5" or "depth5@250ms" => (StreamKind.DepthPartial, 5, 250),
            "depth5@100ms" => (StreamKind.DepthPartial, 5, 100),
            "depth5@500ms" => (StreamKind.DepthPartial, 5, 500),
            "depth10" or "depth10@250ms" => (StreamKind.DepthPartial, 10, 250),
            "depth10@100ms" => (StreamKind.DepthPartial, 10, 100),
            "depth10@500ms" => (StreamKind.DepthPartial, 10, 500),
            "depth20" or "depth20@250ms" => (StreamKind.DepthPartial, 20, 250),
            "depth20@100ms" => (StreamKind.DepthPartial, 20, 100),
            "depth20@500ms" => (StreamKind.DepthPartial, 20, 500),
            "ticker" => (StreamKind.Ticker, 0, 0),
            "miniTicker" => (StreamKind.MiniTicker, 0, 0),
            "forceOrder" => (StreamKind.ForceOrder, 0, 0),
            "compositeIndex" => (StreamKind.CompositeIndex, 0, 0),
            _ => null,
        };
        if (found is null && TryParseKline(symbol, text[(at + 1)..], out name)) return true;
        if (found is not { } stream) return false;
        name = new StreamName(symbol, stream.Kind, stream.Levels, stream.IntervalMs);
        return true;
    }

    /// <summary>Whether sessions under the prefix receive the stream; under another prefix the venue acknowledges it and stays silent.</summary>
    public bool IsServedUnder(StreamPrefix prefix) => prefix switch
    {
        StreamPrefix.Any => true,
        StreamPrefix.Public => Kind is StreamKind.BookTicker or StreamKind.DepthDiff or StreamKind.DepthPartial or StreamKind.Trade,
        StreamPrefix.Market => Kind is not (StreamKind.BookTicker or StreamKind.DepthDiff or StreamKind.DepthPartial),
        _ => false,
    };

    private static bool TryParseAll(string text, out StreamName name)
    {
        (StreamKind Kind, int IntervalMs)? found = text switch
        {
            "!markPrice@arr" => (StreamKind.MarkPrice, 3000),
            "!markPrice@arr@1s" => (StreamKind.MarkPrice, 1000),
            "!ticker@arr" => (StreamKind.Ticker, 1000),
            "!miniTicker@arr" => (StreamKind.MiniTicker, 1000),
            "!bookTicker" => (StreamKind.BookTicker, 5000),
            "!forceOrder@arr" => (StreamKind.ForceOrder, 0),
            "!contractInfo" => (StreamKind.ContractInfo, 0),
            _ => null,
        };
        name = found is { } all ? new StreamName("", all.Kind, 0, all.IntervalMs) : default;
        return found is not null;
    }

    private static bool TryParseKline(string symbol, string rest, out StreamName name)
    {
        const string Kline = "kline_";
        const string Continuous = "continuousKline_";
        const string Perpetual = "_perpetual";
        name = default;
        var isContinuous = rest.StartsWith(Continuous, StringComparison.Ordinal) && symbol.EndsWith(Perpetual, StringComparison.Ordinal);
        if (!isContinuous && !rest.StartsWith(Kline, StringComparison.Ordinal)) return false;
        var interval = rest[(isContinuous ? Continuous : Kline).Length..];
        if (KlineInterval.FindMs(interval) is null) return false;
        name = isContinuous
            ? new StreamName(symbol[..^Perpetual.Length], StreamKind.ContinuousKline, 0, 0, interval)
            : new StreamName(symbol, StreamKind.Kline, 0, 0, interval);
        return true;
    }
}
