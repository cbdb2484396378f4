using Granary.Engine.Bars;

namespace Granary.Client.Conformance.Tables;

/// <summary>The volume threshold of every UTC day, and the volume bars made with it (formulas §1.7).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class CalibrationTables(ConformanceSource source) : IConformanceFamily
{
    private const string Input = "aggtrades_multiday";

    private static readonly CsvColumn<Day>[] DayColumns =
    [
        new("day_start", day => day.StartMs),
        new("day_volume", day => day.Volume),
        new("threshold", day => day.Threshold),
    ];

    private static readonly CsvColumn<SizedBar>[] BarsColumns =
    [
        BarColumns.All[0].Of<SizedBar>(at => at.Bar),
        new("threshold", at => at.Threshold),
        .. BarColumns.All.Skip(1).Select(column => column.Of<SizedBar>(at => at.Bar)),
    ];

    /// <inheritdoc/>
    public string Name => "calibration";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() =>
    [
        new(Name, csv => csv.Write(Days(), DayColumns)),
        new("volume_bars_dynamic", csv => csv.Write(Bars(), BarsColumns)),
    ];

    /// <summary>All days from the first trade's to the last one's, those without trades included: they count in the mean, so they have a row.</summary>
    private IEnumerable<Day> Days()
    {
        var calibration = Calibration();
        foreach (var trade in source.Inputs.CleanTrades(Input))
        {
            while (calibration.DayStartMs is { } startMs && trade.TimeMs >= startMs + VolumeCalibration.DayMs)
            {
                yield return new Day(startMs, calibration.DayVolume, calibration.Threshold);
                calibration.SetDay(startMs, calibration.DayVolume);
            }
            calibration.Add(trade);
        }
        if (calibration.DayStartMs is { } lastMs) yield return new Day(lastMs, calibration.DayVolume, calibration.Threshold);
    }

    /// <summary>Bars begin with the first trade for whose day there is a threshold; a bar keeps the threshold of its first trade.</summary>
    private IEnumerable<SizedBar> Bars()
    {
        var calibration = Calibration();
        VolumeBarBuilder? builder = null;
        var threshold = 0m;
        foreach (var trade in source.Inputs.CleanTrades(Input))
        {
            if (calibration.Add(trade) && calibration.Threshold is { } ofDay)
            {
                builder ??= new VolumeBarBuilder(ofDay);
                builder.Threshold = ofDay;
            }
            if (builder is null) continue;
            if (builder.OpenTradeCount == 0) threshold = builder.Threshold;
            if (builder.Add(trade)) yield return new SizedBar(builder.LastBar!, threshold);
        }
    }

    private VolumeCalibration Calibration()
    {
        var node = source.Params["calib"];
        return new VolumeCalibration(
            node["days"].Int(1, VolumeCalibration.DayCountMax), node["bars_per_day"].Int(1, VolumeCalibration.BarsPerDayMax), node["step"].Threshold());
    }

    private sealed record Day(long StartMs, decimal Volume, decimal? Threshold);

    private sealed record SizedBar(Bar Bar, decimal Threshold);
}
