using Granary.Engine.Sizing;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Sizing;

public sealed class KellyWindowTests
{
    [GoldenFact]
    public void Kelly_table_is_reproduced_and_survives_a_snapshot_after_every_trade()
    {
        var trades = GoldenTable.Read("inputs/trades.csv").ToDictionary(row => row.Int("trade_id"));
        var expected = GoldenTable.Read("expected/kelly.csv");
        expected.Count.ShouldBe(310);
        var windows = new Dictionary<string, KellyWindow>();
        foreach (var row in expected)
        {
            if (!windows.TryGetValue(row["signal"], out var window)) window = new KellyWindow();
            window.Add(trades[row.Int("after_trade_id")].Decimal("net_pnl"));
            window = windows[row["signal"]] = Restored(window);
            Check(window, row, $"{row["signal"]} {row["after_trade_id"]}");
            window.Count.ShouldBe((int)row.Int("window_trades"));
        }
    }

    [GoldenFact]
    public void Kelly_edge_cases_are_reproduced()
    {
        foreach (var row in GoldenTable.Read("expected/kelly_edge.csv"))
        {
            var window = new KellyWindow();
            for (var i = 0; i < row.Int("wins"); i++) window.Add(row.Decimal("win_size"));
            for (var i = 0; i < row.Int("losses"); i++) window.Add(row.Decimal("loss_size"));
            Check(window, row, row["case"]);
        }
    }

    private static void Check(KellyWindow window, GoldenTable row, string what)
    {
        if (row.DoubleOrNull("kelly_full") is { } full) window.Full!.Value.ShouldBe(full, (1e-9 * Math.Abs(full)) + 1e-12, what);
        else window.Full.ShouldBeNull(what);
        window.Factor.ShouldBe(row.Double("kelly_factor"), 1e-9, what);
    }

    private static KellyWindow Restored(KellyWindow window)
    {
        var writer = new SnapshotWriter();
        window.Write(writer);
        var restored = new KellyWindow();
        var reader = new SnapshotReader(writer.Written);
        restored.Read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        return restored;
    }
}
