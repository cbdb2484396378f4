using Granary.Engine.Bars;
using Granary.Engine.Protection;
using Granary.Engine.Signals;
using Granary.Engine.Sizing;

namespace Granary.Engine.Tests.Golden;

/// <summary>A real day of trades (APEUSDT, 2024-10-18), which holds outliers that a running variance does not survive.</summary>
public sealed class RealGoldenTests
{
    private static readonly Lazy<GoldenRun> Run = new(() =>
    {
        var parameters = GoldenParameters.Load(GoldenFolder.SharedFile("golden", "real"));
        return new GoldenRun(
            GoldenTrades.Load(GoldenFolder.SharedFile("data", "aggtrades", "um-APEUSDT-aggTrades-2024-10-18.zip")), parameters.Threshold, parameters.Signals);
    });

    [SharedFact]
    public void Features_z_scores_and_signals_match()
    {
        Run.Value.ShouldMatch(GoldenFolder.SharedFile("golden", "real")).ShouldBe(1474 * (45 + 46 + 51));
    }

    [SharedFact]
    public void Every_trade_is_counted_once_and_none_is_rejected()
    {
        var pipeline = Run.Value.Pipeline;
        pipeline.TradeCount.ShouldBe(45_342);
        pipeline.AcceptedCount.ShouldBe(45_342);
        pipeline.MissingCount.ShouldBe(0);
        pipeline.RejectCount(TradeReject.Duplicate).ShouldBe(0);
        Run.Value.Bars.ShouldAllBe(bar => bar.Bar.IsComplete);
    }

    [SharedFact]
    public void The_defaults_are_the_published_parameters()
    {
        var parameters = GoldenParameters.Load(GoldenFolder.SharedFile("golden"));
        parameters.Signals.ShouldBe(new SignalOptions());
        parameters.Kelly.ShouldBe(new KellyOptions());
        (parameters.Stops with { HoldingBarsMax = 500 }).ShouldBe(new GuardParameters());
    }

    [SharedFact]
    public void The_copied_tables_are_those_of_the_shared_folder()
    {
        string[] names =
        [
            "inputs/aggtrades.csv.gz", "inputs/aggtrades_dirty.csv",
            "expected/features.csv.gz", "expected/zscores.csv.gz", "expected/signals.csv.gz", "expected/cleaning.csv",
        ];
        foreach (var name in names)
        {
            File.ReadAllBytes(Path.Combine(GoldenFolder.Local, name)).ShouldBe(File.ReadAllBytes(GoldenFolder.SharedFile("golden", name)), name);
        }
        var copied = CsvTable.Load(Path.Combine(GoldenFolder.Local, "expected", "volume_bars.csv.gz"));
        copied.Rows.ShouldBe(CsvTable.Load(GoldenFolder.SharedFile("golden", "expected", "volume_bars.csv")).Rows);
    }
}
