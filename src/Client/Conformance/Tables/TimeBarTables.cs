using System.Globalization;
using Granary.Engine.Bars;

namespace Granary.Client.Conformance.Tables;

/// <summary>Time bars of every configured step, one table each (formulas §1.6); the bar of the last trade is not listed, because nothing has closed it.</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class TimeBarTables(ConformanceSource source) : IConformanceFamily
{
    private static readonly CsvColumn<TimeBar>[] Columns =
    [
        new("bar_index", bar => bar.Index),
        new("start", bar => bar.StartMs),
        new("end", bar => bar.EndMs),
        new("is_empty", bar => bar.IsEmpty),
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

    /// <inheritdoc/>
    public string Name => "time_bars";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables()
    {
        var node = source.Params["time_steps"];
        var stepsMs = node.Items.Select(item => item.Long(TimeBarBuilder.StepMsMin, TimeBarBuilder.StepMsMax)).ToList();
        if (stepsMs.Distinct().Count() < stepsMs.Count) throw node.Wrong("different steps");
        return stepsMs.Select(stepMs => new ConformanceTable(
            $"{Name}_{stepMs.ToString(CultureInfo.InvariantCulture)}", csv => csv.Write(Bars(stepMs), Columns)));
    }

    private IEnumerable<TimeBar> Bars(long stepMs)
    {
        var builder = new TimeBarBuilder([stepMs]);
        foreach (var trade in source.Inputs.CleanTrades("aggtrades"))
        {
            builder.Add(trade);
            while (builder.TryTake(out var bar)) yield return bar;
        }
    }
}
