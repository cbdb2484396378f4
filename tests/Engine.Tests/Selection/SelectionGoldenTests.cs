using System.IO.Compression;
using Granary.Engine.Market;
using Granary.Engine.Selection;
using Granary.Engine.Tests.Golden;
using static Granary.Engine.Tests.Selection.SelectionRun;

namespace Granary.Engine.Tests.Selection;

/// <summary>The selection against the golden tables: made-up candles of twelve symbols, and half a year of the real market.</summary>
public sealed class SelectionGoldenTests
{
    private static readonly Lazy<SelectionRun> Synthetic = new(() => new SelectionRun(LoadSynthetic(), new SelectionOptions()));
    private static readonly Lazy<SelectionRun> Real = new(() => new SelectionRun(LoadReal(), new SelectionOptions()));

    [SharedFact]
    public void Synthetic_factors_match() => GoldenRun.Compare(GoldenFolder.SharedFile("golden"), "factors_1h.csv", Synthetic.Value.Rows,
        new Dictionary<string, Func<(SelectionRow Row, double? Atr), object?>>
        {
            ["symbol"] = at => at.Row.Symbol,
            ["open_time"] = at => at.Row.LastCandleMs,
            ["atr"] = at => at.Atr,
            ["MtmAtrMean_bh_120"] = at => at.Row.Factors[0],
            ["ChgPctMax_fl_24"] = at => (double?)at.Row.Filters[0],
            ["Volume_fl_24"] = at => (double?)at.Row.Filters[1],
        }).ShouldBe(33_600 * 6);

    [SharedFact]
    public void Synthetic_pools_and_selections_match()
    {
        var selections = Synthetic.Value.Select(48, long.MaxValue, ("default", 60, 2, 8), ("rank8", 8, 2, 3), ("rank6_one", 6, 1, 1));
        var pools = selections.SelectMany(run => Pool(run.Case, run.Selection)).ToList();
        GoldenRun.Compare(GoldenFolder.SharedFile("golden"), "selection_pool.csv", pools,
            new Dictionary<string, Func<PoolAt, object?>>
            {
                ["run_candle"] = at => at.RunCandleMs,
                ["case"] = at => at.Case,
                ["order"] = at => at.Order,
                ["symbol"] = at => at.Symbol.Symbol,
                ["factor"] = at => at.Symbol.Factor,
                ["chg_pct_max"] = at => (double?)at.Symbol.Row.Filters[0],
                ["volume_sum"] = at => at.Symbol.Row.Filters[1],
                ["rank"] = at => at.Symbol.Rank,
            }).ShouldBe(1_176 * 8);

        var faceValues = CsvTable.Load(GoldenFolder.SharedFile("golden", "inputs", "exginfo.csv")).Rows.ToDictionary(row => row[0], row => Number(row[2]));
        var positions = selections.SelectMany(run => Positions(run.Case, run.Selection, run.Options, symbol => faceValues[symbol])).ToList();
        GoldenRun.Compare(GoldenFolder.SharedFile("golden"), "selection.csv", positions, new Dictionary<string, Func<PositionAt, object?>>(SelectionColumns)
        {
            ["close"] = at => at.Position.Close,
            ["face_value"] = at => at.Position.FaceValue,
            ["position"] = at => at.Position.Quantity,
            ["pos_val"] = at => at.Position.Value,
        }).ShouldBe(816 * 11);
    }

    [SharedFact]
    public void Synthetic_drops_are_named()
    {
        var selections = Synthetic.Value.Select(48, long.MaxValue, ("default", 60, 2, 8));
        selections.ShouldAllBe(run => run.Selection.Dropped.Any(drop => drop.Symbol == "NEWUSDT" && drop.Reason == DropReason.TooFewCandles));
        selections.Count(run => run.Selection.Dropped.Any(drop => drop.Symbol == "PUMPUSDT" && drop.Reason == DropReason.AboveLimit)).ShouldBe(24);
    }

    [SharedFact]
    public void Real_factors_match()
    {
        var published = Real.Value.Rows.Where(at => at.Row.LastCandleMs > 1761951600000 - (72 * Candles.HourMs)).ToList();
        var byTime = published.GroupBy(at => at.Row.LastCandleMs).OrderBy(group => group.Key).SelectMany(group => group).ToList();
        GoldenRun.Compare(GoldenFolder.SharedFile("golden", "real"), "factors_1h.csv", byTime,
            new Dictionary<string, Func<(SelectionRow Row, double? Atr), object?>>
            {
                ["symbol"] = at => at.Row.Symbol,
                ["open_time"] = at => at.Row.LastCandleMs,
                ["candles"] = at => at.Row.CandleCount,
                ["MtmAtrMean_bh_120"] = at => at.Row.Factors[0],
                ["ChgPctMax_fl_24"] = at => (double?)at.Row.Filters[0],
                ["volume_sum"] = at => at.Row.Filters[1],
            }).ShouldBe(7_920 * 6);
    }

    [SharedFact]
    public void Real_pools_and_selections_match()
    {
        var selections = Real.Value.Select(72, 1761951600000, ("default", 60, 2, 8), ("rank30", 30, 5, 5));
        var pools = selections.SelectMany(run => Pool(run.Case, run.Selection)).ToList();
        GoldenRun.Compare(GoldenFolder.SharedFile("golden", "real"), "selection_pool.csv", pools,
            new Dictionary<string, Func<PoolAt, object?>>
            {
                ["run_candle"] = at => at.RunCandleMs,
                ["case"] = at => at.Case,
                ["order"] = at => at.Order,
                ["symbol"] = at => at.Symbol.Symbol,
                ["factor"] = at => at.Symbol.Factor,
                ["rank"] = at => at.Symbol.Rank,
            }).ShouldBe(6_480 * 6);
        var positions = selections.SelectMany(run => Positions(run.Case, run.Selection, run.Options, _ => 1)).ToList();
        GoldenRun.Compare(GoldenFolder.SharedFile("golden", "real"), "selection.csv", positions, SelectionColumns).ShouldBe(1_440 * 7);
    }

    private static Dictionary<string, Func<PositionAt, object?>> SelectionColumns { get; } = new()
    {
        ["run_candle"] = at => at.RunCandleMs,
        ["case"] = at => at.Case,
        ["side"] = at => at.Position.Side == SelectionSide.Short ? "SHORT" : "LONG",
        ["order"] = at => at.Order,
        ["symbol"] = at => at.Position.Symbol,
        ["factor"] = at => at.Position.Factor,
        ["rank"] = at => at.Position.Rank,
    };

    private static IEnumerable<PoolAt> Pool(string name, CoinSelection selection) =>
        selection.Pool.Select((symbol, order) => new PoolAt(name, selection.RunCandleMs, order, symbol));

    private static IEnumerable<PositionAt> Positions(string name, CoinSelection selection, SelectionOptions options, Func<string, decimal?> faceValueOf) =>
        PositionSizer.Assign(selection, options, faceValueOf).GroupBy(position => position.Side)
            .SelectMany(side => side.Select((position, order) => new PositionAt(name, selection.RunCandleMs, order, position)));

    private static IEnumerable<(string Symbol, Kline[] Candles)> LoadSynthetic() =>
        CsvTable.Load(GoldenFolder.SharedFile("golden", "inputs", "klines_1h.csv.gz")).Rows.GroupBy(row => row[0])
            .Select(symbol => (symbol.Key, symbol.Select(row => Candle(row.AsSpan(1), Number(row[8]))).ToArray()));

    /// <summary>The archive has no quote volume; volume times close stands for it.</summary>
    private static IEnumerable<(string Symbol, Kline[] Candles)> LoadReal()
    {
        using var zip = ZipFile.OpenRead(GoldenFolder.SharedFile("data", "klines-1h", "um-all-1h-2025-05-01_2025-10-31.zip"));
        foreach (var entry in zip.Entries.OrderBy(entry => entry.Name[..^"-1h.csv".Length], StringComparer.Ordinal))
        {
            var table = CsvTable.Parse(entry.FullName, new StreamReader(entry.Open()));
            yield return (entry.Name[..^"-1h.csv".Length], [.. table.Rows.Select(row => Candle(row, Number(row[5]) * Number(row[4])))]);
        }
    }

    private static Kline Candle(ReadOnlySpan<string> row, decimal quoteVolume)
    {
        var openTimeMs = Integer(row[0]);
        return new Kline(
            openTimeMs, Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5]), openTimeMs + Candles.HourMs - 1, quoteVolume, 0, 0, 0);
    }

    private sealed record PoolAt(string Case, long RunCandleMs, int Order, PooledSymbol Symbol);

    private sealed record PositionAt(string Case, long RunCandleMs, int Order, TargetPosition Position);
}
