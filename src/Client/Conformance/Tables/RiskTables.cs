using Granary.Engine.Risk;

namespace Granary.Client.Conformance.Tables;

/// <summary>The account-wide rules after each closed trade: day loss, losing streak, drawdown (formulas §4.4).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class RiskTables(ConformanceSource source) : IConformanceFamily
{
    private static readonly CsvColumn<After>[] Columns =
    [
        new("close_time", at => at.TimeMs),
        new("net_pnl", at => at.NetPnl),
        new("equity", at => at.Equity),
        new("day_loss_ratio", at => (double)at.DayLossRatio),
        new("halted_until", at => at.HaltedUntilMs),
        new("loss_streak", at => at.LossStreak),
        new("paused_until", at => at.PausedUntilMs),
        new("drawdown_7d", at => (double)at.Drawdown),
        new("size_multiplier", at => at.SizeMultiplier),
    ];

    /// <inheritdoc/>
    public string Name => "global_risk";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() => [new(Name, csv => csv.Write(AfterTrades(), Columns))];

    /// <summary>The rules follow the trades in the order of the file. The account begins with the start equity of the first row.</summary>
    private IEnumerable<After> AfterTrades()
    {
        var risk = source.Params["risk"];
        var day = new DayLossRule(risk["day_loss"].PositiveDecimal(1));
        var streak = new LossStreakRule(
            risk["half_streak"].Int(1, int.MaxValue), risk["pause_streak"].Int(1, int.MaxValue), risk["pause_ms"].Long(0, 366 * DayLossRule.DayMs));
        var reduceAbove = risk["dd_on"].PositiveDecimal(1);
        var drawdown = new DrawdownRule(reduceAbove, risk["dd_off"].Decimal(0, reduceAbove));

        using var table = source.Inputs.Open(Name);
        decimal? known = null;
        var lastMs = long.MinValue;
        foreach (var row in table.Rows())
        {
            var (timeMs, netPnl) = (row.Long("close_time"), row.Decimal("net_pnl"));
            if (timeMs < lastMs) throw row.Wrong("close_time", "a time not before that of the row above");
            lastMs = timeMs;
            var equity = known ?? row.Decimal("start_equity");
            day.Advance(timeMs, equity);
            day.Add(timeMs, netPnl);
            streak.OnTrade(timeMs, netPnl);
            equity += netPnl;
            known = equity;
            drawdown.Observe(timeMs, equity);
            yield return new After(
                timeMs, netPnl, equity, day.LossRatio, day.HaltedUntilMs, streak.Streak, streak.PausedUntilMs > 0 ? streak.PausedUntilMs : null,
                drawdown.Drawdown, Math.Min(streak.SizeMultiplier, drawdown.SizeMultiplier));
        }
    }

    private sealed record After(
        long TimeMs, decimal NetPnl, decimal Equity, decimal DayLossRatio, long? HaltedUntilMs, int LossStreak, long? PausedUntilMs, decimal Drawdown,
        decimal SizeMultiplier);
}
