using Granary.Engine.Bars;

namespace Granary.Client.Conformance.Tables;

/// <summary>The base columns that the tables of all bars have (formulas §2.1, §2.2).</summary>
public static class BarColumns
{
    /// <summary>Index, ids and times, prices, and the volumes and counts of both sides.</summary>
    public static IReadOnlyList<CsvColumn<Bar>> All { get; } =
    [
        new("bar_index", bar => bar.Index),
        new("first_id", bar => bar.FirstId),
        new("last_id", bar => bar.LastId),
        new("t_open", bar => bar.OpenTimeMs),
        new("t_close", bar => bar.CloseTimeMs),
        new("duration_ms", bar => bar.DurationMs),
        new("open", bar => bar.Open),
        new("high", bar => bar.High),
        new("low", bar => bar.Low),
        new("close", bar => bar.Close),
        new("volume", bar => bar.Volume),
        new("quote_volume", bar => bar.QuoteVolume),
        new("trade_count", bar => bar.TradeCount),
        new("buy_volume", bar => bar.BuyVolume),
        new("sell_volume", bar => bar.SellVolume),
        new("buy_quote_volume", bar => bar.BuyQuoteVolume),
        new("sell_quote_volume", bar => bar.SellQuoteVolume),
        new("buy_trade_count", bar => bar.BuyTradeCount),
        new("sell_trade_count", bar => bar.SellTradeCount),
    ];
}
