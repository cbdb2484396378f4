using Granary.Engine.Bars;
using Granary.Engine.Signals;

namespace Granary.Engine.Tests.Golden;

/// <summary>The golden tables kept in this repository: they are compared on every machine.</summary>
public sealed class SyntheticGoldenTests
{
    private static readonly Lazy<GoldenRun> Run = new(() => new GoldenRun(
        GoldenTrades.Load(Path.Combine(GoldenFolder.Local, "inputs", "aggtrades.csv.gz")), 5m));

    [Fact]
    public void Volume_bars_match_exactly()
    {
        GoldenRun.Compare(GoldenFolder.Local, "volume_bars.csv", Run.Value.Bars, GoldenColumns.Bars).ShouldBe(1560 * 19);
    }

    [Fact]
    public void Features_z_scores_and_signals_match()
    {
        Run.Value.ShouldMatch(GoldenFolder.Local).ShouldBe(1560 * (45 + 46 + 51));
    }

    [Fact]
    public void Every_column_is_mapped()
    {
        CsvTable.Load(Path.Combine(GoldenFolder.Local, "expected", "features.csv.gz")).Columns.ShouldBe(GoldenColumns.Features.Keys, ignoreOrder: true);
        CsvTable.Load(Path.Combine(GoldenFolder.Local, "expected", "zscores.csv.gz")).Columns.ShouldBe(GoldenColumns.ZScores.Keys, ignoreOrder: true);
        CsvTable.Load(Path.Combine(GoldenFolder.Local, "expected", "signals.csv.gz")).Columns.ShouldBe(SignalTable.Columns.Select(column => column.Name));
        CsvTable.Load(Path.Combine(GoldenFolder.Local, "expected", "volume_bars.csv.gz")).Columns.ShouldBe(GoldenColumns.Bars.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Bars_and_open_remainder_are_all_trades()
    {
        var run = Run.Value;
        (run.Bars.Sum(bar => bar.Bar.Volume) + run.Pipeline.OpenVolume).ShouldBe(8644.347m);
        (run.Bars.Sum(bar => bar.Bar.QuoteVolume) + run.Pipeline.OpenQuoteVolume).ShouldBe(579434691.6728m);
        (run.Bars.Sum(bar => bar.Bar.TradeCount) + run.Pipeline.OpenTradeCount).ShouldBe(36_000);
    }

    [Fact]
    public void Cleaning_verdicts_match()
    {
        var trades = GoldenTrades.Load(Path.Combine(GoldenFolder.Local, "inputs", "aggtrades_dirty.csv"));
        var verdicts = TradeCleaner.CleanFile(trades);
        var rows = verdicts.Select((verdict, row) => (Row: row, trades[row].Id, Verdict: Name(verdict))).ToList();
        GoldenRun.Compare(GoldenFolder.Local, "cleaning.csv", rows, new Dictionary<string, Func<(int Row, long Id, string Verdict), object?>>
        {
            ["input_row"] = row => row.Row,
            ["agg_trade_id"] = row => row.Id,
            ["verdict"] = row => row.Verdict,
        }).ShouldBe(trades.Length * 3);
        verdicts.Distinct().Count().ShouldBe(4);
    }

    private static string Name(TradeReject verdict) => verdict switch
    {
        TradeReject.None => "ok",
        TradeReject.Duplicate => "duplicate",
        TradeReject.Invalid => "invalid",
        TradeReject.TimeReversed => "time_reversed",
        TradeReject.Outlier => "outlier",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
