namespace Granary.Tape.Rows;

/// <summary>The columns of the public layouts in their official order.</summary>
internal static class Layouts
{
    private static readonly ColumnSpec Symbol = new("symbol", false, "pair");
    private static readonly ColumnSpec BestMatch = new("is_best_match", false, "isbestmatch");
    private static readonly ColumnSpec Maker = new("is_buyer_maker", true, "isbuyermaker");

    private static readonly ColumnSpec[] AggTrades =
    [
        new("agg_trade_id", true, "aggtradeid", "id"), new("price", true), new("quantity", true, "qty"), new("first_trade_id", true, "firsttradeid"),
        new("last_trade_id", true, "lasttradeid"), new("transact_time", true, "time", "timestamp"), Maker, BestMatch,
    ];

    private static readonly ColumnSpec[] Trades =
    [
        new("id", true, "trade_id"), new("price", true), new("qty", true, "quantity"), new("quote_qty", false, "quoteqty", "quote_quantity"),
        new("time", true, "timestamp", "transact_time"), Maker, BestMatch,
    ];

    private static readonly ColumnSpec[] Ohlc =
        [Symbol, new("open_time", true, "opentime", "time", "timestamp"), new("open", true), new("high", true), new("low", true), new("close", true)];

    private static readonly ColumnSpec[] Ohlcv = [.. Ohlc, new("volume", true)];

    private static readonly ColumnSpec[] Klines =
    [
        .. Ohlcv, new("close_time", true, "closetime"), new("quote_volume", true, "quote_asset_volume", "quotevolume"),
        new("count", true, "trades", "number_of_trades"), new("taker_buy_volume", true, "taker_buy_base_asset_volume", "taker_buy_base_volume"),
        new("taker_buy_quote_volume", true, "taker_buy_quote_asset_volume"), new("ignore", false),
    ];

    private static readonly ColumnSpec[] FundingRates =
    [
        Symbol, new("calc_time", true, "fundingtime", "funding_time", "time"), new("funding_interval_hours", false, "interval_hours"),
        new("last_funding_rate", true, "fundingrate", "funding_rate"),
    ];

    private static readonly ColumnSpec[] BookTickers =
    [
        new("update_id", false, "updateid"), new("best_bid_price", true, "bid_price"), new("best_bid_qty", true, "bid_qty"),
        new("best_ask_price", true, "ask_price"), new("best_ask_qty", true, "ask_qty"), new("transaction_time", true, "time", "timestamp"),
        new("event_time", false),
    ];

    /// <summary>The layout's columns.</summary>
    public static ColumnSpec[] Of(TapeLayout layout) => layout switch
    {
        TapeLayout.AggTrades => AggTrades,
        TapeLayout.Trades => Trades,
        TapeLayout.Klines => Klines,
        TapeLayout.Ohlcv => Ohlcv,
        TapeLayout.Ohlc => Ohlc,
        TapeLayout.FundingRates => FundingRates,
        TapeLayout.BookTickers => BookTickers,
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "no layout"),
    };
}
