namespace Granary.Tape;

/// <summary>Which public layout a trade tape has.</summary>
public enum TapeLayout
{
    /// <summary>agg_trade_id, price, quantity, first_trade_id, last_trade_id, transact_time, is_buyer_maker; on spot tapes also is_best_match.</summary>
    AggTrades,

    /// <summary>id, price, qty, quote_qty, time, is_buyer_maker; on spot tapes also is_best_match. One row per single trade.</summary>
    Trades,
}
