namespace Granary.Tape;

/// <summary>Which public layout a market data file has. Optional columns may be missing; others are passed over when a header names them.</summary>
public enum TapeLayout
{
    /// <summary>agg_trade_id, price, quantity, first_trade_id, last_trade_id, transact_time, is_buyer_maker; on spot tapes also is_best_match.</summary>
    AggTrades,

    /// <summary>id, price, qty, quote_qty, time, is_buyer_maker; on spot tapes also is_best_match. One row per single trade.</summary>
    Trades,

    /// <summary>
    /// open_time, open, high, low, close, volume, close_time, quote_volume, count, taker_buy_volume, taker_buy_quote_volume, ignore; also those of mark and
    /// index prices, whose volumes are 0. Optional: symbol, first.
    /// </summary>
    Klines,

    /// <summary>open_time, open, high, low, close, volume: candles whose source did not keep the rest. Optional: symbol, first.</summary>
    Ohlcv,

    /// <summary>open_time, open, high, low, close: candles of a price without trades, for example the mark price. Optional: symbol, first.</summary>
    Ohlc,

    /// <summary>calc_time, funding_interval_hours, last_funding_rate; or symbol, fundingTime, fundingRate. Optional: symbol and interval.</summary>
    FundingRates,

    /// <summary>
    /// update_id, best_bid_price, best_bid_qty, best_ask_price, best_ask_qty, transaction_time, event_time; or time, bid_price, bid_qty, ask_price, ask_qty.
    /// </summary>
    BookTickers,
}
