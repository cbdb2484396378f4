using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Risk;

/// <summary>Day loss, losing streak, drawdown, order rates and cancels against models that keep everything and look at all of it each time.</summary>
public sealed class RuleModelTests
{
    private const int Lives = 20;
    private const int Steps = 2_000;

    [Fact]
    public void Day_loss_streak_and_drawdown_are_those_of_the_slow_model()
    {
        for (var seed = 1; seed <= Lives; seed++)
        {
            var random = new Random(seed);
            var rules = new Rules();
            var trades = new List<(long TimeMs, decimal Pnl)>();
            var points = new List<(long TimeMs, decimal Equity)>();
            var (time, equity, isReduced, isStopped) = (GateScene.T0, 10_000m, false, false);
            for (var step = 0; step < Steps / 4; step++)
            {
                var what = $"seed {seed}, step {step}";
                time += random.Next(0, 3) == 0 ? 0 : random.Next(1, 3_600_000);
                var pnl = random.Next(4) == 0 ? 0 : random.Next(-140, 135) * 0.5m * (1 + (seed % 5));
                rules.Take(time, equity, pnl);
                trades.Add((time, pnl));
                equity += pnl;
                points.Add((time, equity));
                rules.Observe(time, equity);
                if (step % 97 == 0) rules = rules.Restored();

                var day = time - (time % DayLossRule.DayMs);
                var today = trades.Where(trade => trade.TimeMs >= day).ToList();
                var start = equity - today.Sum(trade => trade.Pnl);
                rules.Day.StartEquity.ShouldBe(start, what);
                rules.Day.RealizedPnl.ShouldBe(today.Sum(trade => trade.Pnl), what);
                var lows = today.Select((_, i) => today.Take(i + 1).Sum(trade => trade.Pnl)).ToList();
                (rules.Day.HaltedUntilMs is not null).ShouldBe(lows.Any(sum => -sum > 0.03m * start), what);
                rules.Day.IsTotalHalted.ShouldBe(lows.Any(sum => -sum > 0.05m * start), what);

                var streak = 0;
                foreach (var trade in trades) streak = trade.Pnl < 0 ? streak + 1 : trade.Pnl > 0 ? 0 : streak;
                rules.Streak.Streak.ShouldBe(streak, what);
                var (paused, run) = (0L, 0);
                foreach (var trade in trades)
                {
                    run = trade.Pnl < 0 ? run + 1 : trade.Pnl > 0 ? 0 : run;
                    if (trade.Pnl < 0 && run >= 8) paused = trade.TimeMs + 14_400_000;
                }
                rules.Streak.PausedUntilMs.ShouldBe(paused, what);

                var peak = points.Where(point => point.TimeMs > time - DrawdownRule.WindowMs).Max(point => point.Equity);
                rules.Drawdown.Drawdown.ShouldBe(1 - (equity / peak), what);
                if (peak - equity > 0.15m * peak) isStopped = true;
                if (peak - equity > 0.08m * peak) isReduced = true;
                else if (peak - equity <= 0.04m * peak) (isReduced, isStopped) = (false, false);
                (rules.Drawdown.IsReduced, rules.Drawdown.IsStopped).ShouldBe((isReduced, isStopped), what);
            }
        }
    }

    [Fact]
    public void Order_rates_and_cancels_are_those_of_the_slow_model()
    {
        for (var seed = 1; seed <= Lives; seed++)
        {
            var random = new Random(seed);
            var pace = new OrderPace(40);
            var cancels = new CancelFillRule(2, 5, 60_000);
            var times = new List<long>();
            var ends = new List<(long TimeMs, bool IsFilled)>();
            var time = GateScene.T0;
            for (var step = 0; step < Steps; step++)
            {
                time += random.Next(0, 6_000);
                if (times.Count(t => t > time - 60_000) < 40)
                {
                    times.Add(time - random.Next(0, 50));
                    pace.Add(times[^1]);
                }
                ends.Add((time, random.Next(4) == 0));
                cancels.Add(time, ends[^1].IsFilled);
                if (step % 31 == 0) (pace, cancels) = Restored(pace, cancels);
                pace.Count(time, 10_000).ShouldBe(times.Count(t => t > time - 10_000), $"seed {seed}, step {step}");
                pace.Count(time, 60_000).ShouldBe(times.Count(t => t > time - 60_000), $"seed {seed}, step {step}");
                ends.RemoveAll(end => end.TimeMs <= time - 60_000);
                var unfilled = ends.Count(end => !end.IsFilled);
                cancels.IsAbove(time).ShouldBe(unfilled >= 5 && unfilled > 2 * Math.Max(ends.Count - unfilled, 1), $"seed {seed}, step {step}");
            }
        }
    }

    [Fact]
    public void A_deposit_is_neither_profit_nor_loss()
    {
        var s = new GateScene();
        s.Trade(-300);
        s.Gate.OnTransfer(-5_000, ++s.Now);
        s.Gate.Equity.ShouldBe(4_700);
        s.Gate.View().DayStartEquity.ShouldBe(5_000);
        s.Gate.View().Drawdown.ShouldBe(0.06m);
        s.Gate.View().IsTotalLossHalted.ShouldBeTrue("300 of the 5,000 that are left are more than 5 %");
        s = new GateScene();
        s.Gate.OnTransfer(-5_000, ++s.Now);
        s.Gate.View().Drawdown.ShouldBe(0);
        s.Approve(s.Entry(1));
    }

    [Fact]
    public void The_unrealised_loss_of_the_day_stops_entries_until_midnight()
    {
        var s = new GateScene();
        s.Open(5, symbol: "ETHUSDT");
        s.Gate.OnMark("ETHUSDT", 0.2m, s.Now + 1);
        s.Gate.View().IsTotalLossHalted.ShouldBeFalse("499 of 10,000");
        s.Gate.OnFunding(-1, s.Now + 2);
        s.Decide(s.Entry(1)).Approved.ShouldNotBeNull("exactly 5 % is not more than 5 %");
        s.Report(s.Approve(s.Entry(1, symbol: "SOLUSDT")), OrderStatusExpired, 0);
        s.Gate.OnFunding(-0.01m, s.Now + 3);
        s.Gate.OnMark("ETHUSDT", 100, s.Now + 4);
        s.Restart();
        s.Decide(s.Entry(1, symbol: "XRPUSDT")).Refusal!.Reason.ShouldBe(RefusalReason.DailyTotalLoss, "also when the loss has come back");
        s.Approve(s.Exit(symbol: "ETHUSDT"));
        s.Now = GateScene.T0 + DayLossRule.DayMs;
        s.Approve(s.Entry(1, symbol: "XRPUSDT"));
    }

    [Fact]
    public void A_loss_seen_first_by_a_decision_counts_at_once()
    {
        var s = new GateScene(new RiskLimits { EntriesPerSymbolMax = 2, PositionEquityShareMax = 0.1m });
        s.Open(6);
        var fallen = s.Market(price: 10);
        s.Decide(s.Entry(1), fallen).Refusal!.Reason.ShouldBe(RefusalReason.DailyTotalLoss, "540 of 10,000, and no other event has told of it");
    }

    private const Engine.Orders.OrderStatus OrderStatusExpired = Engine.Orders.OrderStatus.Expired;

    private static (OrderPace Pace, CancelFillRule Cancels) Restored(OrderPace pace, CancelFillRule cancels)
    {
        var writer = new SnapshotWriter();
        pace.Write(writer);
        cancels.Write(writer);
        var reader = new SnapshotReader(writer.Written);
        var restored = (Pace: new OrderPace(40), Cancels: new CancelFillRule(2, 5, 60_000));
        restored.Pace.Read(ref reader);
        restored.Cancels.Read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        return restored;
    }

    private sealed class Rules
    {
        public DayLossRule Day { get; } = new(0.03m);

        public LossStreakRule Streak { get; } = new();

        public DrawdownRule Drawdown { get; } = new();

        public void Take(long time, decimal equity, decimal pnl)
        {
            Day.Advance(time, equity);
            Day.Add(time, pnl);
            Streak.OnTrade(time, pnl);
        }

        public void Observe(long time, decimal equity)
        {
            Day.Observe(equity);
            Drawdown.Observe(time, equity);
        }

        public Rules Restored()
        {
            var writer = new SnapshotWriter();
            Day.Write(writer);
            Streak.Write(writer);
            Drawdown.Write(writer);
            var reader = new SnapshotReader(writer.Written);
            var restored = new Rules();
            restored.Day.Read(ref reader);
            restored.Streak.Read(ref reader);
            restored.Drawdown.Read(ref reader);
            reader.AtEnd.ShouldBeTrue();
            return restored;
        }
    }
}
