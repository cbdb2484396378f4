using System.Globalization;
using Granary.Backtest.Execution;
using Granary.Backtest.Results;

namespace Granary.Backtest.Checks;

/// <summary>Looks a result over for what makes good numbers worthless. Each finding is a named warning; none of them changes the result.</summary>
public static class ResultChecks
{
    /// <summary>Share of the looks without a change of equity from which on it counts as flat.</summary>
    public const double FlatShareMax = 1.0 / 3;

    /// <summary>Closed trades below which nothing can be said.</summary>
    public const int TradesMin = 30;

    /// <summary>Closed trades that each parameter needs.</summary>
    public const int TradesPerParameterMin = 10;

    /// <summary>Symbols from which on a run is taken for a universe that somebody chose.</summary>
    public const int UniverseMin = 3;

    /// <summary>Lowest taker fee that the venue charges anybody, share of the notional.</summary>
    public const decimal TakerFeeRateMin = 0.00017m;

    private const long DayMs = 86_400_000;
    private const int LooksMin = 10;
    private const int UniverseDaysMin = 30;

    /// <summary>Looks.</summary>
    /// <param name="result">The run.</param>
    /// <param name="inputs">What is known besides.</param>
    /// <returns>The warnings in the order of <see cref="WarningNames.All"/>; empty when nothing was found.</returns>
    public static IReadOnlyList<ResultWarning> Of(BacktestResult result, CheckInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(inputs);
        (string Name, string? Found)[] found =
        [
            (WarningNames.FlatEquity, FlatEquity(result.Samples)),
            (WarningNames.StaleFills, StaleFills(result)),
            (WarningNames.FewTrades, FewTrades(result.Trades.Count)),
            (WarningNames.OneMonth, AllProfit(result, t => Moment(t.ExitMs).ToString("yyyy-MM", CultureInfo.InvariantCulture), "month")),
            (WarningNames.OneHour, AllProfit(result, t => Moment(t.EntryMs).ToString("HH", CultureInfo.InvariantCulture), "hour of the day (UTC)")),
            (WarningNames.ManyParameters, ManyParameters(result.Trades.Count, inputs.Parameters)),
            (WarningNames.FillsBeatBook, FillsBeatBook(result, inputs.Execution)),
            (WarningNames.LowCosts, LowCosts(result, inputs)),
            (WarningNames.WarmUp, WarmUp(inputs)),
            (WarningNames.LookAhead, LookAhead(inputs)),
            (WarningNames.Survivorship, Survivorship(result)),
        ];
        return [.. found.Where(f => f.Found is not null).Select(f => new ResultWarning(f.Name, f.Found!))];
    }

    private static string? FlatEquity(IReadOnlyList<RunSample> samples)
    {
        if (samples.Count < LooksMin) return null;
        int longest = 0, running = 0;
        for (var i = 1; i < samples.Count; i++)
        {
            running = samples[i].Equity == samples[i - 1].Equity ? running + 1 : 0;
            longest = Math.Max(longest, running);
        }
        var share = (double)longest / (samples.Count - 1);
        return share >= FlatShareMax ? Text($"the equity does not change for {share:P0} of the run at a stretch") : null;
    }

    private static string? StaleFills(BacktestResult result) => result.StaleFills == 0 ? null
        : Text($"{result.StaleFills:N0} orders at the market were filled more than a minute after they arrived: there were no trades meanwhile");

    private static string? FewTrades(int trades) => trades < TradesMin ? Text($"{trades} closed trades, below {TradesMin} any result may be luck") : null;

    /// <summary>With a profit in all and none without the best group, that group makes all of it; a single group in the data says nothing.</summary>
    private static string? AllProfit(BacktestResult result, Func<ClosedTrade, string> groupOf, string what)
    {
        var groups = result.Trades.GroupBy(groupOf).Select(g => (g.Key, Net: g.Sum(t => t.NetPnl))).OrderByDescending(g => g.Net).ThenBy(g => g.Key).ToList();
        var net = groups.Sum(g => g.Net);
        return groups.Count > 1 && net > 0 && net - groups[0].Net <= 0
            ? Text($"without the {what} {groups[0].Key}, which made {groups[0].Net:N2}, the trades' profit of {net:N2} is {net - groups[0].Net:N2}")
            : null;
    }

    private static string? ManyParameters(int trades, int parameters) => parameters > 0 && trades < (long)parameters * TradesPerParameterMin
        ? Text($"{trades} closed trades for {parameters} parameters; each needs {TradesPerParameterMin} at least")
        : null;

    private static string? FillsBeatBook(BacktestResult result, ExecutionOptions execution)
    {
        if (result.FillsBeyondMarket > 0) return Text($"{result.FillsBeyondMarket:N0} fills were better than the market at their time");
        return execution.FillModel == FillModel.Touch && result.MakerFills > 0
            ? Text($"{result.MakerFills:N0} resting orders were filled with the first trade at their price, as if nobody stood before them")
            : null;
    }

    private static string? LowCosts(BacktestResult result, CheckInputs inputs)
    {
        var (execution, takes) = (inputs.Execution, result.Fills > result.MakerFills);
        if (takes && execution.TakerFeeRate < TakerFeeRateMin)
            return Text($"the taker fee of {execution.TakerFeeRate:P3} is below the lowest that is charged, {TakerFeeRateMin:P3}");
        if (takes && !result.HasBook && (execution.SlippageRate == 0 || execution.SlippageScale == 0))
            return "orders at the market have no slippage, and no book says what they would have paid";
        var twice = inputs.Sensitivity.FirstOrDefault(s => s.Scale == 2);
        return twice is not null && result.Equity > result.Cash && twice.NetPnl <= 0
            ? Text($"with twice the slippage the profit of {result.Equity - result.Cash:N2} is {twice.NetPnl:N2}")
            : null;
    }

    private static string? WarmUp(CheckInputs inputs)
    {
        var worst = inputs.Leaks?.WarmUps.Where(w => w.Different > 0).MaxBy(w => w.WarmUpMs);
        return worst is null ? null
            : Text($"{worst.Different:N0} orders differ when the warm-up is {worst.WarmUpMs / 3_600_000.0:0.#} hours instead of a longer one");
    }

    private static string? LookAhead(CheckInputs inputs) => inputs.Leaks is not { LooksAhead: true } leaks ? null
        : Text($"{leaks.Leaks} of {leaks.Cuts} times the orders were others when the tape ended right after a decision");

    private static string? Survivorship(BacktestResult result)
    {
        var days = (result.EndMs - result.StartMs) / DayMs;
        return result.Symbols.Count >= UniverseMin && days >= UniverseDaysMin && result.Symbols.All(s => s.LastMs >= result.EndMs - DayMs)
            ? Text($"all {result.Symbols.Count} symbols are traded to the end of {days} days: those that were delisted are missing")
            : null;
    }

    private static DateTimeOffset Moment(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
