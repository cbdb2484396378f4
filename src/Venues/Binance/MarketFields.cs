namespace Granary.Venues.Binance;

/// <summary>
/// What market events are known to carry: by event, the fields that are read, and those left out on purpose. What is in neither is counted.
/// </summary>
internal static class MarketFields
{
    /// <summary>Event time, quantity without hidden orders, and one without a documented meaning.</summary>
    public static readonly int[] AggTradeLeftOut = Keys("E nq st");

    /// <summary>The event time says less than the trade's own.</summary>
    public static readonly int[] TradeLeftOut = Keys("E st");

    /// <summary>Event time, pair and an undocumented one.</summary>
    public static readonly int[] TickerLeftOut = Keys("E ps st");

    /// <summary>Pair and an undocumented one.</summary>
    public static readonly int[] DepthLeftOut = Keys("ps st");

    /// <summary>Price of a delivery, moving average, and an undocumented one.</summary>
    public static readonly int[] MarkLeftOut = Keys("P ap st");

    private static readonly int[] _aggTrade = [.. Keys("e s a p q f l T m"), .. AggTradeLeftOut];
    private static readonly int[] _trade = [.. Keys("e s t p q T m X"), .. TradeLeftOut];
    private static readonly int[] _ticker = [.. Keys("e s u T b B a A"), .. TickerLeftOut];
    private static readonly int[] _depth = [.. Keys("e s E T U u pu b a"), .. DepthLeftOut];
    private static readonly int[] _mark = [.. Keys("e s E p i r T"), .. MarkLeftOut];
    private static readonly int[] _kline = Keys("e s k E st");
    private static readonly int[] _candle = Keys("t T o c h l v n x q V Q s i f L B");

    /// <summary>Of a candle, inside the event: symbol, interval, first and last trade and one to be ignored are left out.</summary>
    public static ReadOnlySpan<int> Candle => _candle;

    /// <summary>All fields of an event, names packed as <see cref="Key"/> does; empty for an event that is not read.</summary>
    public static ReadOnlySpan<int> Of(string name) => name switch
    {
        "aggTrade" => _aggTrade,
        "trade" => _trade,
        "bookTicker" => _ticker,
        "depthUpdate" => _depth,
        "markPriceUpdate" => _mark,
        "kline" => _kline,
        _ => [],
    };

    /// <summary>A name of at most two characters, the first in the lower byte; 0 for every other.</summary>
    public static int Key(ReadOnlySpan<byte> name) => name.Length switch
    {
        1 => name[0],
        2 => name[0] | (name[1] << 8),
        _ => 0,
    };

    private static int[] Keys(string names) => [.. names.Split(' ').Select(static name => Key(System.Text.Encoding.ASCII.GetBytes(name)))];
}
