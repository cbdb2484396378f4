using Granary.Engine.Bars;

namespace Granary.Client.Conformance.Tables;

/// <summary>Volume bars of the configured threshold (formulas §1.2).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class VolumeBarTables(ConformanceSource source) : IConformanceFamily
{
    /// <inheritdoc/>
    public string Name => "volume_bars";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() => [new(Name, csv => csv.Write(Bars(), BarColumns.All))];

    private List<Bar> Bars()
    {
        var builder = new VolumeBarBuilder(source.Params["volume_threshold"].Threshold());
        var bars = new List<Bar>();
        foreach (ref readonly var trade in source.Inputs.CleanTrades("aggtrades"))
        {
            if (builder.Add(trade)) bars.Add(builder.LastBar!);
        }
        return bars;
    }
}
