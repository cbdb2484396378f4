using Granary.Engine.Sizing;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Golden;

namespace Granary.Engine.Tests.Sizing;

public sealed class KellyWindowTests
{
    private static KellyOptions Published => GoldenTable.Folder is { } folder ? GoldenParameters.Load(folder).Kelly : new KellyOptions();

    [GoldenFact]
    public void Kelly_table_is_reproduced_and_survives_a_snapshot_after_every_trade()
    {
        var trades = GoldenTable.Read("inputs/trades.csv").ToDictionary(row => row.Int("trade_id"));
        var expected = GoldenTable.Read("expected/kelly.csv");
        expected.Count.ShouldBe(310);
        var windows = new Dictionary<string, KellyWindow>();
        foreach (var row in expected)
        {
            if (!windows.TryGetValue(row["signal"], out var window)) window = new KellyWindow(Published);
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
            var window = new KellyWindow(Published);
            for (var i = 0; i < row.Int("wins"); i++) window.Add(row.Decimal("win_size"));
            for (var i = 0; i < row.Int("losses"); i++) window.Add(row.Decimal("loss_size"));
            Check(window, row, row["case"]);
        }
    }

    [Fact]
    public void A_window_of_one_trade_knows_only_the_last_one()
    {
        var window = new KellyWindow(new KellyOptions { Window = 1, TradesMin = 1, Floor = 0.05, Cap = 0.4 });
        window.Factor.ShouldBe(0.5, "the initial factor is not capped");
        window.Add(10);
        (window.Full, window.Factor).ShouldBe((1, 0.4));
        window.Add(-10);
        (window.Full, window.Factor).ShouldBe((-1, 0.05));
        Should.Throw<InvalidDataException>(() => Restored(Filled(2), new KellyOptions { Window = 1, TradesMin = 1 })).Message.ShouldContain("holds 1");
    }

    public static TheoryData<KellyOptions, string> WrongOptions => new()
    {
        { new KellyOptions { Window = 0 }, "Window was 0, expected 1 to 10000" },
        { new KellyOptions { TradesMin = 51 }, "TradesMin was 51, expected 1 to 50" },
        { new KellyOptions { Floor = 0.6, Cap = 0.5 }, "Floor was 0.6, expected 0 to 0.5" },
        { new KellyOptions { Cap = double.NaN }, "Cap was NaN" },
        { new KellyOptions { Initial = 1.5 }, "Initial was 1.5, expected 0 to 1" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void An_option_out_of_range_is_named(KellyOptions options, string message) =>
        Should.Throw<ArgumentException>(() => new KellyWindow(options)).Message.ShouldContain(message);

    private static KellyWindow Filled(int trades)
    {
        var window = new KellyWindow();
        for (var i = 0; i < trades; i++) window.Add(1);
        return window;
    }

    private static void Check(KellyWindow window, GoldenTable row, string what)
    {
        if (row.DoubleOrNull("kelly_full") is { } full) window.Full!.Value.ShouldBe(full, (1e-9 * Math.Abs(full)) + 1e-12, what);
        else window.Full.ShouldBeNull(what);
        window.Factor.ShouldBe(row.Double("kelly_factor"), 1e-9, what);
    }

    private static KellyWindow Restored(KellyWindow window, KellyOptions? options = null)
    {
        var writer = new SnapshotWriter();
        window.Write(writer);
        var restored = new KellyWindow(options ?? Published);
        var reader = new SnapshotReader(writer.Written);
        restored.Read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        return restored;
    }
}
