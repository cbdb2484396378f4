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
    }

    [Fact]
    public void Half_of_the_kelly_fraction_of_wins_and_losses()
    {
        // p = 0.5, b = 40 / 10: f = 0.5 - 0.5 / 4.
        var window = new KellyWindow(new KellyOptions { Window = 4, TradesMin = 3 });
        window.Add(60);
        window.Add(-10);
        (window.Full, window.Factor).ShouldBe((null, 0.5));
        window.Add(20);
        window.Add(-10);
        (window.Full, window.Factor).ShouldBe((0.375, 0.1875));
        window.Add(0);
        window.Full.ShouldBe(0.25 - (0.75 / 3), "0 is a loss, and the 60 are gone: p = 1 / 4, b = 20 / (20 / 3)");
        window.Factor.ShouldBe(0.1, "the floor");
    }

    [Fact]
    public void Without_losses_the_fraction_is_the_share_of_wins_and_without_wins_minus_one()
    {
        KellyWindow Of(params decimal[] trades)
        {
            var window = new KellyWindow(new KellyOptions { Window = 4, TradesMin = 1 });
            foreach (var trade in trades) window.Add(trade);
            return window;
        }
        Of(5, 5).Full.ShouldBe(1);
        Of(5, 0, 0, 0).Full.ShouldBe(0.25, "losses of 0 have no mean");
        Of(0).Full.ShouldBe(-1);
        Of(-1, -2).Full.ShouldBe(-1);
    }

    [Fact]
    public void A_shorter_window_keeps_the_newest_trades_of_an_old_snapshot()
    {
        var window = new KellyWindow();
        for (var i = 1; i <= 50; i++) window.Add(i <= 48 ? -1 : 1);
        var shorter = Restored(window, new KellyOptions { Window = 4, TradesMin = 1 });
        (shorter.Count, shorter.Full).ShouldBe((4, 0.0));
        Restored(window, new KellyOptions { Window = 50 }).Full.ShouldBe(window.Full);
        Restored(window, new KellyOptions { Window = 99 }).Count.ShouldBe(50);
    }

    [Fact]
    public void A_restored_window_replaces_what_there_was()
    {
        var window = Filled(3);
        Restore(Filled(2), window);
        window.Count.ShouldBe(2);
    }

    [Fact]
    public void A_snapshot_that_cannot_be_is_refused()
    {
        Should.Throw<InvalidDataException>(() => Restored(Filled(1, 1_000_000_000_000_000_001m))).Message.ShouldContain("a trade made 1000000000000000001");
        Should.Throw<InvalidDataException>(() => Restored(Filled(1, -1_000_000_000_000_000_001m)));
        Restored(Filled(1, 1_000_000_000_000_000_000m)).Count.ShouldBe(1);
        foreach (var count in new[] { -1, 10_001 })
        {
            var writer = new SnapshotWriter();
            writer.Section("kelly", 1);
            writer.Write(count);
            Should.Throw<InvalidDataException>(() =>
            {
                var reader = new SnapshotReader(writer.Written);
                new KellyWindow().Read(ref reader);
            }).Message.ShouldContain($"{count} closed trades, at most 10000");
        }
        var other = new SnapshotWriter();
        other.Section("other", 1);
        other.Write(0);
        Should.Throw<InvalidDataException>(() =>
        {
            var reader = new SnapshotReader(other.Written);
            new KellyWindow().Read(ref reader);
        });
    }

    public static TheoryData<KellyOptions, string> WrongOptions => new()
    {
        { new KellyOptions { Window = 0 }, "Window was 0, expected 1 to 10000" },
        { new KellyOptions { Window = 10_001 }, "Window was 10001" },
        { new KellyOptions { TradesMin = 0 }, "TradesMin was 0" },
        { new KellyOptions { TradesMin = 51 }, "TradesMin was 51, expected 1 to 50" },
        { new KellyOptions { Floor = 0.6, Cap = 0.5 }, "Floor was 0.6, expected 0 to 0.5" },
        { new KellyOptions { Cap = double.NaN }, "Cap was NaN" },
        { new KellyOptions { Initial = 1.5 }, "Initial was 1.5, expected 0 to 1" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void An_option_out_of_range_is_named(KellyOptions options, string message) =>
        Should.Throw<ArgumentException>(() => new KellyWindow(options)).Message.ShouldContain(message);

    [Fact]
    public void Options_at_the_bounds_of_their_ranges_are_right()
    {
        new KellyOptions { Window = 10_000, TradesMin = 10_000, Initial = 1, Floor = 1, Cap = 1 }.Validate();
        new KellyOptions { Window = 1, TradesMin = 1, Initial = 0, Floor = 0, Cap = 0 }.Validate();
    }

    private static KellyWindow Filled(int trades, decimal netPnl = 1)
    {
        var window = new KellyWindow();
        for (var i = 0; i < trades; i++) window.Add(netPnl);
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
        var restored = new KellyWindow(options ?? Published);
        Restore(window, restored);
        return restored;
    }

    private static void Restore(KellyWindow window, KellyWindow into)
    {
        var writer = new SnapshotWriter();
        window.Write(writer);
        var reader = new SnapshotReader(writer.Written);
        into.Read(ref reader);
        reader.AtEnd.ShouldBeTrue();
    }
}
