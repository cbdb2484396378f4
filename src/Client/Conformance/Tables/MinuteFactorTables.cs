using Granary.Engine.Factors;

namespace Granary.Client.Conformance.Tables;

/// <summary>Factors and labels of one-minute candles (formulas §6). The notebook's table looks ahead and only proves fidelity.</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class MinuteFactorTables(ConformanceSource source) : IConformanceFamily
{
    private const double FundingMax = 1;
    private const double DovMax = 1e12;

    private static readonly CsvColumn<MinuteFactorRow>[] Columns = [.. CtaTable.Columns.Select(column => new CsvColumn<MinuteFactorRow>(column.Key, column.Value))];

    /// <inheritdoc/>
    public string Name => "cta_causal";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() =>
    [
        new(Name, csv => csv.Write(CtaTable.Causal(source.Inputs.Minutes(), source.Inputs.Funding(), Options()), Columns)),
        new("cta_notebook", csv => csv.Write(CtaTable.NotebookWithLookAhead(source.Inputs.Minutes(), source.Inputs.Funding(), Options()), Columns)),
        new("labels_1m", WriteLabels),
    ];

    private void WriteLabels(CsvTableWriter csv)
    {
        var node = source.Params["cta"]["horizons"];
        var horizons = node.Items.Select(item => item.Int(1, int.MaxValue)).ToList();
        if (horizons.Distinct().Count() < horizons.Count) throw node.Wrong("different horizons");
        csv.Write(
            LabelTable.Rows(source.Inputs.Minutes(), horizons),
            [.. LabelTable.Columns(horizons).Select(column => new CsvColumn<LabelRow>(column.Key, column.Value))]);
    }

    private MinuteFactorOptions Options()
    {
        var cta = source.Params["cta"];
        int Window(string key, int min = 1) => cta[key].Int(min, MinuteFactorOptions.WindowMax);
        return new MinuteFactorOptions
        {
            VolWindow = Window("vol_window", 2),
            CfoWindow = Window("cfo"),
            PwmaWindow = Window("pwma"),
            RviWindow = Window("rvi"),
            FundingSmoothWindow = Window("funding_smooth"),
            ShortWindow = Window("short_window"),
            MediumWindow = Window("medium_window"),
            QuantileWindow = Window("quantile_window"),
            FundingThreshold = cta["funding_thr"].PositiveDouble(FundingMax),
            DovClip = cta["dov_clip"].PositiveDouble(DovMax),
        };
    }
}
