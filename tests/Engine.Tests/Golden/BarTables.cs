using Granary.Engine.Bars;
using Granary.Engine.Market;

namespace Granary.Engine.Tests.Golden;

/// <summary>Every kind of bar built from a file of trades, and which value each golden column stands for.</summary>
internal static class BarTables
{
    public static IReadOnlyDictionary<string, Func<Bar, object?>> Columns { get; } = new Dictionary<string, Func<Bar, object?>>
    {
        ["bar_index"] = bar => bar.Index,
        ["first_id"] = bar => bar.FirstId,
        ["last_id"] = bar => bar.LastId,
        ["t_open"] = bar => bar.OpenTimeMs,
        ["t_close"] = bar => bar.CloseTimeMs,
        ["duration_ms"] = bar => bar.DurationMs,
        ["open"] = bar => bar.Open,
        ["high"] = bar => bar.High,
        ["low"] = bar => bar.Low,
        ["close"] = bar => bar.Close,
        ["volume"] = bar => bar.Volume,
        ["quote_volume"] = bar => bar.QuoteVolume,
        ["trade_count"] = bar => bar.TradeCount,
        ["buy_volume"] = bar => bar.BuyVolume,
        ["sell_volume"] = bar => bar.SellVolume,
        ["buy_quote_volume"] = bar => bar.BuyQuoteVolume,
        ["sell_quote_volume"] = bar => bar.SellQuoteVolume,
        ["buy_trade_count"] = bar => bar.BuyTradeCount,
        ["sell_trade_count"] = bar => bar.SellTradeCount,
    };

    public static IReadOnlyDictionary<string, Func<TimeBar, object?>> TimeColumns { get; } = new Dictionary<string, Func<TimeBar, object?>>
    {
        ["bar_index"] = bar => bar.Index,
        ["start"] = bar => bar.StartMs,
        ["end"] = bar => bar.EndMs,
        ["is_empty"] = bar => bar.IsEmpty,
        ["first_id"] = bar => bar.FirstId,
        ["last_id"] = bar => bar.LastId,
        ["t_open"] = bar => bar.OpenTimeMs,
        ["t_close"] = bar => bar.CloseTimeMs,
        ["duration_ms"] = bar => bar.DurationMs,
        ["open"] = bar => bar.Open,
        ["high"] = bar => bar.High,
        ["low"] = bar => bar.Low,
        ["close"] = bar => bar.Close,
        ["volume"] = bar => bar.Volume,
        ["quote_volume"] = bar => bar.QuoteVolume,
        ["trade_count"] = bar => bar.TradeCount,
        ["buy_volume"] = bar => bar.BuyVolume,
        ["sell_volume"] = bar => bar.SellVolume,
        ["buy_quote_volume"] = bar => bar.BuyQuoteVolume,
        ["sell_quote_volume"] = bar => bar.SellQuoteVolume,
        ["buy_trade_count"] = bar => bar.BuyTradeCount,
        ["sell_trade_count"] = bar => bar.SellTradeCount,
    };

    /// <summary>Bars of whole trades.</summary>
    public static List<Bar> Bars(BarBuilder builder, ReadOnlySpan<AggTrade> trades)
    {
        var bars = new List<Bar>();
        foreach (ref readonly var trade in trades)
        {
            if (builder.Add(trade)) bars.Add(builder.LastBar!);
        }
        return bars;
    }

    /// <summary>Bars of cut trades.</summary>
    public static List<Bar> SplitBars(SplitVolumeBarBuilder builder, ReadOnlySpan<AggTrade> trades)
    {
        var bars = new List<Bar>();
        foreach (ref readonly var trade in trades)
        {
            builder.Add(trade).ShouldBe(builder.HasClosedBars);
            while (builder.TryTake(out var bar)) bars.Add(bar);
        }
        return bars;
    }

    /// <summary>Time bars of every step of the builder, in the order in which they are taken.</summary>
    public static List<TimeBar> TimeBars(TimeBarBuilder builder, ReadOnlySpan<AggTrade> trades)
    {
        var bars = new List<TimeBar>();
        foreach (ref readonly var trade in trades)
        {
            builder.Add(trade).ShouldBe(builder.HasClosedBars);
            while (builder.TryTake(out var bar)) bars.Add(bar);
        }
        return bars;
    }
}
