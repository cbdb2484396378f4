using Granary.Engine.Bars;

namespace Granary.Client.Conformance.Tables;

/// <summary>Bars that close by what was traded: volume, whole trades or cut ones, quote volume, number of trades (formulas §1.2 to §1.5).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class TradeBarTables(ConformanceSource source) : IConformanceFamily
{
    /// <inheritdoc/>
    public string Name => "volume_bars";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() =>
    [
        new(Name, csv => csv.Write(VolumeBars(), BarColumns.All)),
        new("volume_bars_split", csv => csv.Write(SplitBars(), BarColumns.All)),
        new("quote_bars", csv => csv.Write(Bars(new QuoteBarBuilder(source.Params["quote_threshold"].Threshold())), BarColumns.All)),
        new("tick_bars", csv => csv.Write(Bars(new TickBarBuilder(source.Params["tick_n"].Int(1, TickBarBuilder.TradesPerBarMax))), BarColumns.All)),
    ];

    private IEnumerable<Bar> VolumeBars()
    {
        var builder = new VolumeBarBuilder(source.Params["volume_threshold"].Threshold());
        foreach (var trade in source.Inputs.CleanTrades("aggtrades"))
        {
            if (builder.Add(trade)) yield return builder.LastBar!;
        }
    }

    private IEnumerable<Bar> SplitBars()
    {
        var builder = new SplitVolumeBarBuilder(source.Params["volume_threshold"].Threshold());
        foreach (var trade in source.Inputs.CleanTrades("aggtrades"))
        {
            builder.Add(trade);
            while (builder.TryTake(out var bar)) yield return bar;
        }
    }

    private IEnumerable<Bar> Bars(BarBuilder builder)
    {
        foreach (var trade in source.Inputs.CleanTrades("aggtrades"))
        {
            if (builder.Add(trade)) yield return builder.LastBar!;
        }
    }
}
