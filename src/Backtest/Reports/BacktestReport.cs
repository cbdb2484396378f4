using Granary.Backtest.Checks;
using Granary.Backtest.Results;
using Granary.Engine.Orders;
using Granary.Engine.Performance;
using Granary.Engine.Statistics;

namespace Granary.Backtest.Reports;

/// <summary>All numbers of a run (formulas §9 and what the field prints besides). Money is in quote units, shares are fractions, times milliseconds.</summary>
public sealed record BacktestReport
{
    /// <summary>Fingerprint of all orders and executions.</summary>
    public required string OrderHash { get; init; }

    /// <summary>Where trading began, milliseconds since the Unix epoch, UTC.</summary>
    public required long StartMs { get; init; }

    /// <summary>The last event.</summary>
    public required long EndMs { get; init; }

    /// <summary>Wallet at the start.</summary>
    public required decimal Cash { get; init; }

    /// <summary>Equity at the end.</summary>
    public required decimal Equity { get; init; }

    /// <summary>Change of equity.</summary>
    public required decimal NetPnl { get; init; }

    /// <summary>Change of equity with fees given back and funding taken off: by prices alone.</summary>
    public required decimal GrossPnl { get; init; }

    /// <summary>Fees paid.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Funding received; negative is paid.</summary>
    public required decimal Funding { get; init; }

    /// <summary>What taking fills were worse than the prices decided on.</summary>
    public required decimal SlippageCost { get; init; }

    /// <summary>Of the daily curve.</summary>
    public required EquityMetrics Daily { get; init; }

    /// <summary>Luck or skill.</summary>
    public required LuckReport Luck { get; init; }

    /// <summary>Deepest drawdown of the equity at every look, not only at the ends of days.</summary>
    public required double DeepestDrawdown { get; init; }

    /// <summary>All trades.</summary>
    public required TradeMetrics Trades { get; init; }

    /// <summary>Closed trades a day of the curve; null without a day.</summary>
    public required double? TradesPerDay { get; init; }

    /// <summary>Mean time that winning trades were held; null without one.</summary>
    public required double? HoldingMsWins { get; init; }

    /// <summary>Mean time that losing trades were held; null without one.</summary>
    public required double? HoldingMsLosses { get; init; }

    /// <summary>By signal, hour, regime, side, symbol and exit.</summary>
    public required IReadOnlyList<GroupReport> Groups { get; init; }

    /// <summary>Notional of all executions.</summary>
    public required decimal Turnover { get; init; }

    /// <summary>Net PnL over turnover; null without turnover.</summary>
    public required double? ReturnPerTurnover { get; init; }

    /// <summary>Net PnL over the deepest loss from a peak, both as shares; null without a drawdown.</summary>
    public required double? ReturnPerDrawdown { get; init; }

    /// <summary>
    /// How many times larger the orders could be before slippage, taken as growing with the square of the size, eats the profit; null without profit or
    /// slippage. A rough estimate of capacity.
    /// </summary>
    public required double? CapacityMultiple { get; init; }

    /// <summary>Share of the looks at which something was held.</summary>
    public required double ExposureShare { get; init; }

    /// <summary>Largest multiple of equity held.</summary>
    public required double LeverageMax { get; init; }

    /// <summary>Mean multiple, times without a position included.</summary>
    public required double LeverageMean { get; init; }

    /// <summary>Median multiple while something was held; null when nothing was.</summary>
    public required double? LeverageMedian { get; init; }

    /// <summary>Largest sum of notionals.</summary>
    public required decimal PositionValueMax { get; init; }

    /// <summary>Median sum of notionals while something was held; null when nothing was.</summary>
    public required decimal? PositionValueMedian { get; init; }

    /// <summary>Orders sent.</summary>
    public required long Orders { get; init; }

    /// <summary>Executions.</summary>
    public required long Fills { get; init; }

    /// <summary>Orders that ended without being filled: cancelled or expired.</summary>
    public required long OrdersUnfilled { get; init; }

    /// <summary>Cancels sent.</summary>
    public required long CancelsSent { get; init; }

    /// <summary>Proposals refused by the gate, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Refusals { get; init; }

    /// <summary>Share of the turnover that rested; null without turnover.</summary>
    public required double? MakerShare { get; init; }

    /// <summary>How prices moved after the fills of resting orders; negative is adverse selection.</summary>
    public required IReadOnlyList<Markout> AdverseSelection { get; init; }

    /// <summary>From decisions to arrivals at the venue: min, p50, p90, p99, max; null without orders.</summary>
    public required LatencySummary? OrderLatencyMs { get; init; }

    /// <summary>From decisions to first fills.</summary>
    public required LatencySummary? FillWaitMs { get; init; }

    /// <summary>Forced liquidations.</summary>
    public required int Liquidations { get; init; }

    /// <summary>The same run with two and three times the slippage; empty when it was not asked for.</summary>
    public required IReadOnlyList<SensitivityReport> SlippageSensitivity { get; init; }

    /// <summary>Buying each symbol at the first price and holding it (formulas §9.9).</summary>
    public required IReadOnlyDictionary<string, EquityMetrics> Hold { get; init; }

    /// <summary>Regression slope of the daily returns on those of holding the first symbol; null when undefined.</summary>
    public required double? Beta { get; init; }

    /// <summary>Reasons not to believe these numbers as they stand; empty when none was found, or nobody looked.</summary>
    public IReadOnlyList<ResultWarning> Warnings { get; init; } = [];

    /// <summary>Makes the report.</summary>
    /// <param name="result">The run.</param>
    /// <param name="sensitivity">Runs with other slippage.</param>
    /// <param name="trials">Daily Sharpe ratios, per period, of all configurations that were tried; null when nothing was searched.</param>
    public static BacktestReport Of(BacktestResult result, IReadOnlyList<SensitivityReport>? sensitivity = null, double[]? trials = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        EquityPoint[] days = [.. result.Days];
        var daily = EquityMetrics.Compute(days);
        var returns = EquityCurve.Returns(EquityCurve.Solvent(days));
        var luck = SharpeTest.Of(returns);
        var trades = TradeMetrics.Compute(result.Trades.Select(t => t.NetPnl));
        var net = result.Equity - result.Cash;
        var wins = result.Trades.Where(t => t.NetPnl > 0).ToList();
        var losses = result.Trades.Where(t => t.NetPnl < 0).ToList();
        return new BacktestReport
        {
            OrderHash = result.OrderHash,
            StartMs = result.StartMs,
            EndMs = result.EndMs,
            Cash = result.Cash,
            Equity = result.Equity,
            NetPnl = net,
            GrossPnl = net + result.Fees - result.Funding,
            Fees = result.Fees,
            Funding = result.Funding,
            SlippageCost = result.SlippageCost,
            Daily = daily,
            Luck = new LuckReport(
                luck?.Skewness, luck?.Kurtosis, luck?.Probabilistic(0), luck?.MinTrackRecord(0, 0.95), trials?.Length ?? 1,
                trials is null ? null : luck?.Deflated(trials)),
            DeepestDrawdown = result.DeepestDrawdown,
            Trades = trades,
            TradesPerDay = daily.Periods == 0 ? null : (double)trades.Trades / daily.Periods,
            HoldingMsWins = wins.Count == 0 ? null : wins.Average(t => (double)(t.ExitMs - t.EntryMs)),
            HoldingMsLosses = losses.Count == 0 ? null : losses.Average(t => (double)(t.ExitMs - t.EntryMs)),
            Groups = [.. GroupsOf(result.Trades)],
            Turnover = result.Turnover,
            ReturnPerTurnover = result.Turnover > 0 ? (double)(net / result.Turnover) : null,
            ReturnPerDrawdown = result.DeepestDrawdown < 0 ? (double)(net / result.Cash) / -result.DeepestDrawdown : null,
            CapacityMultiple = result.SlippageCost > 0 && net > 0 ? (double)((net + result.SlippageCost) / result.SlippageCost) : null,
            ExposureShare = result.ExposureShare,
            LeverageMax = result.Leverage.Max,
            LeverageMean = result.Leverage.Mean,
            LeverageMedian = result.Leverage.Median,
            PositionValueMax = result.PositionValue.Max,
            PositionValueMedian = result.PositionValue.Median,
            Orders = result.Orders,
            Fills = result.Fills,
            OrdersUnfilled = result.OrderEnds.GetValueOrDefault(OrderStatus.Canceled) + result.OrderEnds.GetValueOrDefault(OrderStatus.Expired),
            CancelsSent = result.CancelsSent,
            Refusals = result.Refusals.ToDictionary(r => r.Key.ToString(), r => r.Value),
            MakerShare = result.Turnover > 0 ? (double)(result.MakerNotional / result.Turnover) : null,
            AdverseSelection = result.Markouts,
            OrderLatencyMs = LatencySummary.Of(result.OrderWaysMs),
            FillWaitMs = LatencySummary.Of(result.FillWaitsMs),
            Liquidations = result.Liquidations,
            SlippageSensitivity = sensitivity ?? [],
            Hold = result.Symbols.ToDictionary(s => s.Symbol, s => EquityMetrics.Compute(s.Hold)),
            Beta = BetaOf(returns, result),
        };
    }

    private static IEnumerable<GroupReport> GroupsOf(IReadOnlyList<ClosedTrade> trades)
    {
        (string By, Func<ClosedTrade, string> Of)[] groupings =
        [
            ("signal", t => t.Strategy),
            ("hour", t => FormattableString.Invariant($"{DateTimeOffset.FromUnixTimeMilliseconds(t.EntryMs).Hour:00}")),
            ("regime", t => t.Regime),
            ("side", t => t.Side == OrderSide.Buy ? "long" : "short"),
            ("symbol", t => t.Symbol),
            ("exit", t => t.ExitReason),
        ];
        foreach (var (by, of) in groupings)
        {
            foreach (var group in trades.GroupBy(of).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                yield return new GroupReport(
                    by, group.Key, TradeMetrics.Compute(group.Select(t => t.NetPnl)), group.Sum(t => t.Fees), group.Sum(t => t.Funding),
                    group.Average(t => (double)(t.ExitMs - t.EntryMs)));
            }
        }
    }

    private static double? BetaOf(double[] returns, BacktestResult result)
    {
        if (result.Symbols.Count == 0) return null;
        var hold = EquityCurve.Returns(result.Symbols[0].Hold);
        if (hold.Length != returns.Length || hold.Length < 2 || Sample.IsConstant(hold)) return null;
        return Moments.Slopes(hold, returns).WithIntercept;
    }
}
