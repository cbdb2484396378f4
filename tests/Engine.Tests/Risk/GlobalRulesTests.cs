using Granary.Engine.Risk;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Sizing;

namespace Granary.Engine.Tests.Risk;

/// <summary>The account-wide rules against the reference table, each restored from a snapshot after every row.</summary>
public sealed class GlobalRulesTests
{
    [GoldenFact]
    public void Global_risk_table_is_reproduced()
    {
        var inputs = GoldenTable.Read("inputs/global_risk.csv");
        var rows = GoldenTable.Read("expected/global_risk.csv");
        rows.Count.ShouldBe(150);
        var day = new DayLossRule(0.03m);
        var streak = new LossStreakRule();
        var drawdown = new DrawdownRule();
        var equity = inputs[0].Decimal("start_equity");
        foreach (var row in rows)
        {
            var time = row.Int("close_time");
            var pnl = row.Decimal("net_pnl");
            day.Advance(time, equity);
            day.Add(time, pnl);
            streak.OnTrade(time, pnl);
            equity += pnl;
            drawdown.Observe(time, equity);
            day = Restored(day.Write, new DayLossRule(0.03m), (DayLossRule rule, ref SnapshotReader reader) => rule.Read(ref reader));
            streak = Restored(streak.Write, new LossStreakRule(), (LossStreakRule rule, ref SnapshotReader reader) => rule.Read(ref reader));
            drawdown = Restored(drawdown.Write, new DrawdownRule(), (DrawdownRule rule, ref SnapshotReader reader) => rule.Read(ref reader));

            var what = $"close_time {time}";
            equity.ShouldBe(row.Decimal("equity"), what);
            GoldenTable.ShouldMatch(day.LossRatio, row.Double("day_loss_ratio"), 1e-12, what);
            day.HaltedUntilMs.ShouldBe(row["halted_until"].Length == 0 ? null : row.Int("halted_until"), what);
            streak.Streak.ShouldBe((int)row.Int("loss_streak"), what);
            streak.PausedUntilMs.ShouldBe(row["paused_until"].Length == 0 ? 0 : row.Int("paused_until"), what);
            GoldenTable.ShouldMatch(drawdown.Drawdown, row.Double("drawdown_7d"), 1e-14, what);
            Math.Min(streak.SizeMultiplier, drawdown.SizeMultiplier).ShouldBe(row.Decimal("size_multiplier"), what);
        }
    }

    [Fact]
    public void The_drawdown_counts_from_points_of_the_last_seven_days_only()
    {
        var rule = new DrawdownRule();
        rule.Observe(0, 100);
        rule.Observe(1000, 90);
        rule.IsReduced.ShouldBeTrue();
        rule.Observe(DrawdownRule.WindowMs - 1, 90);
        rule.Drawdown.ShouldBe(0.1m);
        rule.Observe(DrawdownRule.WindowMs, 90);
        rule.Drawdown.ShouldBe(0m, "the point of exactly seven days ago is out");
        rule.IsReduced.ShouldBeFalse();
    }

    [Fact]
    public void The_drawdown_reduction_starts_above_8_percent_and_ends_at_4()
    {
        var rule = new DrawdownRule();
        rule.Observe(0, 100);
        rule.Observe(1, 92);
        rule.SizeMultiplier.ShouldBe(1, "8 % is not above 8 %");
        rule.Observe(2, 91.99m);
        rule.SizeMultiplier.ShouldBe(0.25m);
        rule.Observe(3, 95.99m);
        rule.SizeMultiplier.ShouldBe(0.25m);
        rule.Observe(4, 96);
        rule.SizeMultiplier.ShouldBe(1);
    }

    [Fact]
    public void The_drawdown_stop_starts_above_15_percent_and_ends_at_4()
    {
        var rule = new DrawdownRule();
        rule.Observe(0, 100);
        rule.Observe(1, 85);
        rule.IsStopped.ShouldBeFalse("15 % is not above 15 %");
        rule.Observe(2, 84.99m);
        rule.IsStopped.ShouldBeTrue();
        rule.Observe(3, 95.99m);
        rule.IsStopped.ShouldBeTrue();
        rule.Observe(4, 96);
        rule.IsStopped.ShouldBeFalse();
    }

    [Fact]
    public void A_full_drawdown_window_merges_the_oldest_points_and_never_understates()
    {
        var rule = new DrawdownRule();
        for (var i = 0; i <= DrawdownRule.PointsMax; i++) rule.Observe(i, 1_000_000 - i);
        rule.Drawdown.ShouldBe(DrawdownRule.PointsMax / 1_000_000m);
    }

    [Fact]
    public void What_comes_late_from_yesterday_does_not_count_for_today()
    {
        var rule = new DayLossRule(0.03m);
        rule.Advance(GateScene.T0, 1000);
        rule.Add(GateScene.T0 - 1, -500);
        rule.RealizedPnl.ShouldBe(0);
        rule.Advance(GateScene.T0 - 1, 5);
        rule.StartEquity.ShouldBe(1000, "the clock does not run backwards");
    }

    [Fact]
    public void An_equity_learnt_later_is_the_days_start_without_what_was_realised()
    {
        var rule = new DayLossRule(0.03m);
        rule.Advance(GateScene.T0, null);
        rule.Add(GateScene.T0, -31);
        rule.HaltedUntilMs.ShouldBeNull();
        rule.Observe(969);
        rule.StartEquity.ShouldBe(1000);
        rule.HaltedUntilMs.ShouldBe(GateScene.T0 + DayLossRule.DayMs);
    }

    private delegate void Reading<in T>(T rule, ref SnapshotReader reader);

    private static T Restored<T>(Action<SnapshotWriter> write, T fresh, Reading<T> read)
    {
        var writer = new SnapshotWriter();
        write(writer);
        var reader = new SnapshotReader(writer.Written);
        read(fresh, ref reader);
        reader.AtEnd.ShouldBeTrue();
        return fresh;
    }
}
