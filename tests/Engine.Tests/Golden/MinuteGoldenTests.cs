using Granary.Engine.Factors;
using Granary.Engine.Indicators;
using Granary.Engine.Market;

namespace Granary.Engine.Tests.Golden;

/// <summary>Minute factors, labels and classic indicators against the golden tables, with the parameters that stand beside those.</summary>
public sealed class MinuteGoldenTests
{
    private static readonly Lazy<Kline[]> Candles = new(() => GoldenMinutes.Candles(Path.Combine(Folder, "inputs", "klines_1m.csv.gz")));
    private static readonly Lazy<FundingRate[]> Funding = new(() => GoldenMinutes.Funding(Path.Combine(Folder, "inputs", "funding.csv")));

    private static string Folder => GoldenFolder.SharedFile("golden");

    [SharedFact]
    public void The_causal_factors_match()
    {
        var options = GoldenMinutes.FactorOptions(GoldenMinutes.Parameters(Folder).GetProperty("cta"));
        var rows = CtaTable.Causal(Candles.Value, Funding.Value, options);
        GoldenMinutes.Compare(Folder, "cta_causal.csv.gz", rows, CtaTable.Columns).ShouldBe(2955 * 31);
        CsvTable.Load(Path.Combine(Folder, "expected", "cta_causal.csv.gz")).Columns.ShouldBe(CtaTable.Columns.Keys);
    }

    [SharedFact]
    public void The_factors_of_the_notebook_match()
    {
        var options = GoldenMinutes.FactorOptions(GoldenMinutes.Parameters(Folder).GetProperty("cta"));
        var rows = CtaTable.NotebookWithLookAhead(Candles.Value, Funding.Value, options);
        GoldenMinutes.Compare(Folder, "cta_notebook.csv.gz", rows, CtaTable.Columns).ShouldBe(2955 * 31);
    }

    [SharedFact]
    public void The_labels_match()
    {
        int[] horizons = [.. GoldenMinutes.Parameters(Folder).GetProperty("cta").GetProperty("horizons").EnumerateArray().Select(item => item.GetInt32())];
        var columns = LabelTable.Columns(horizons);
        GoldenMinutes.Compare(Folder, "labels_1m.csv.gz", LabelTable.Rows(Candles.Value, horizons), columns).ShouldBe(3000 * 7);
        CsvTable.Load(Path.Combine(Folder, "expected", "labels_1m.csv.gz")).Columns.ShouldBe(columns.Keys);
    }

    [SharedFact]
    public void The_indicators_match()
    {
        var options = GoldenMinutes.IndicatorOptions(GoldenMinutes.Parameters(Folder));
        var columns = IndicatorTable.Columns.Where(column => column.Key != "zscore").ToDictionary();
        GoldenMinutes.Compare(Folder, "indicators_1m.csv.gz", IndicatorTable.Rows(Candles.Value, options), columns).ShouldBe(3000 * 22);
        CsvTable.Load(Path.Combine(Folder, "expected", "indicators_1m.csv.gz")).Columns.ShouldBe(columns.Keys);
    }

    [SharedFact]
    public void The_indicators_of_a_market_that_stands_still_match()
    {
        var candles = Enumerable.Range(0, 60).Select(i => new Kline(i * 60_000L, 100, 100, 100, 100, 0, (i * 60_000L) + 59_999, 0, 0, 0, 0)).ToArray();
        var rows = IndicatorTable.Rows(candles, GoldenMinutes.IndicatorOptions(GoldenMinutes.Parameters(Folder)));

        // The two columns left out belong to the hourly selection.
        string[] names = ["cfo", "pwma", "rvi", "rsi", "macd_hist", "atr_wilder", "kama", "cmf", "zscore"];
        var columns = names.ToDictionary(name => name, name => IndicatorTable.Columns[name]);
        columns["row"] = row => row.OpenTimeMs / 60_000;
        GoldenMinutes.Compare(Folder, "indicators_constant.csv", rows, columns).ShouldBe(60 * 10);
    }

    [SharedFact]
    public void The_cusum_events_match()
    {
        var threshold = GoldenMinutes.Parameters(Folder).GetProperty("ind").GetProperty("cusum").GetDouble();
        GoldenMinutes.Compare(Folder, "cusum_1m.csv", CusumTable.Rows(Candles.Value, threshold), CusumTable.Columns).ShouldBe(45 * 3);
    }

    [SharedFact]
    public void The_causal_factors_of_real_minutes_match()
    {
        var folder = GoldenFolder.SharedFile("golden", "real");
        var parameters = GoldenMinutes.Parameters(folder);
        var range = parameters.GetProperty("rows");
        var candles = GoldenMinutes.Candles(GoldenFolder.SharedFile("data", parameters.GetProperty("minute").GetString()!));
        var funding = GoldenMinutes.Funding(
            GoldenFolder.SharedFile("data", parameters.GetProperty("funding").GetString()!), parameters.GetProperty("symbol").GetString());
        var options = GoldenMinutes.FactorOptions(parameters.GetProperty("cta"));
        var rows = CtaTable.Causal(candles.AsSpan(range[0].GetInt32()..range[1].GetInt32()), funding, options);
        var published = rows.TakeLast(parameters.GetProperty("publish").GetInt32()).ToList();
        GoldenMinutes.Compare(folder, "cta_causal.csv.gz", published, CtaTable.Columns).ShouldBe(1500 * 31);
    }
}
