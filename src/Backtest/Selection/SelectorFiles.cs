using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Backtest.Checks;
using Granary.Backtest.Execution;
using Granary.Backtest.Reports;
using Granary.Engine.Selection;

namespace Granary.Backtest.Selection;

/// <summary>
/// Writes what a run of the selector came to: long.csv and short.csv with the picks of every selection, hours.csv with the account at the end of every candle,
/// variants.csv, excluded.csv, selector.json with all numbers, config.json; and of the first variant the tear sheet with its files (<see cref="ReportFiles"/>).
/// </summary>
/// <param name="options">What is run.</param>
public sealed class SelectorFiles(SelectorOptions options)
{
    /// <summary>Name of the file with all numbers but the tear sheet's.</summary>
    public const string SummaryName = "selector.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly StringBuilder _longs = new(SelectionCsv.Header(options.Selection));
    private readonly StringBuilder _shorts = new(SelectionCsv.Header(options.Selection));

    /// <summary>Takes a selection; hand it to <see cref="SelectorBacktest.Run"/>.</summary>
    public void Add(SelectionEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        SelectionCsv.Append(_longs, options.Selection, entry.Selection, entry.Targets, SelectionSide.Long);
        SelectionCsv.Append(_shorts, options.Selection, entry.Selection, entry.Targets, SelectionSide.Short);
    }

    /// <summary>Writes all of them.</summary>
    /// <param name="folder">Created when absent; files of the same names are replaced.</param>
    /// <param name="result">The run.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Write(string folder, SelectorResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var first = result.Variants[0];
        var report = BacktestReport.Of(first.Result) with { Warnings = ResultChecks.Of(first.Result, Checked()) };
        ReportFiles.Write(folder, first.Result, report, config: null, ExtrasOf(first, result));
        Replace("long.csv", _longs.ToString());
        Replace("short.csv", _shorts.ToString());
        Replace("hours.csv", Hours(first));
        Replace("variants.csv", Variants(result));
        Replace("excluded.csv", Excluded(result));
        Replace("config.json", SelectorConfig.ToJson(options) + "\n");
        Replace(SummaryName, JsonSerializer.Serialize(Summary(result), Json) + "\n");

        void Replace(string name, string text) => ReportFiles.Replace(Path.Combine(folder, name), text);
    }

    /// <summary>All numbers of a run but the tear sheet's, for JSON.</summary>
    public static object Summary(SelectorResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new
        {
            result.IntervalMs,
            result.Selections,
            Variants = result.Variants.Select(at => new
            {
                at.Variant.HoldCandles,
                at.Variant.Offset,
                Report = SelectorRow.Of(at),
                at.Longs,
                at.Shorts,
                at.Neutrality,
                at.Capacity,
                at.Rebalances,
                at.Refused,
                at.BelowMinimum,
                at.Unfilled,
            }),
            result.Exclusions,
        };
    }

    /// <summary>What could be fitted: each window, weight and limit, the numbers of longs and shorts, holding period and offset.</summary>
    private CheckInputs Checked() => new(
        new ExecutionOptions { TakerFeeRate = options.Costs.FeeRate, SlippageRate = options.Costs.SlippageRate },
        (2 * options.Selection.Factors.Count) + (2 * options.Selection.Filters.Count) + 4);

    private static TearSheetExtras ExtrasOf(SelectorVariantResult at, SelectorResult result) => new()
    {
        Title = FormattableString.Invariant($"neutral selector on {at.Result.Symbols.Count} symbols"),
        Note = FormattableString.Invariant($"rebalanced every {at.Variant.HoldCandles} candles at offset {at.Variant.Offset}, filled at the next open"),
        Numbers =
        [
            new("Longs: net PnL / fees / funding", Three(at.Longs)),
            new("Shorts: net PnL / fees / funding", Three(at.Shorts)),
            new("Net exposure: mean / farthest", $"{Share(at.Neutrality.NetExposureMean)} / {Share(at.Neutrality.NetExposureAbsMax)}"),
            new($"Beta to {at.Neutrality.Benchmark}: all / longs / shorts",
                $"{Plain(at.Neutrality.Beta)} / {Plain(at.Neutrality.BetaLongs)} / {Plain(at.Neutrality.BetaShorts)}"),
            new($"Correlation with {at.Neutrality.Benchmark}", Plain(at.Neutrality.Correlation)),
            new("Order's share of its candle's volume: median / p95", $"{Share(at.Capacity.ParticipationMedian)} / {Share(at.Capacity.ParticipationP95)}"),
            new("Capital at 1 % of volume / best / where impact eats all",
                $"{Plain(at.Capacity.CapitalAtOnePercent)} / {Plain(at.Capacity.CapitalBest)} / {Plain(at.Capacity.CapitalBreakEven)}"),
            new("Rebalances / pool too small / below minimum / unfilled", $"{at.Rebalances:N0} / {at.Refused:N0} / {at.BelowMinimum:N0} / {at.Unfilled:N0}"),
            new("Never traded", string.Join(", ", NeverTraded(at, result))),
        ],
    };

    /// <summary>Symbols that were left out for being flat.</summary>
    private static IEnumerable<string> NeverTraded(SelectorVariantResult at, SelectorResult result) => result.Exclusions
        .Where(exclusion => exclusion.Reason == DropReason.Flat && exclusion.Runs >= at.Rebalances).Select(exclusion => exclusion.Symbol).DefaultIfEmpty("–");

    private static string Hours(SelectorVariantResult at)
    {
        var text = new StringBuilder(
            "time,equity,long_notional,short_notional,net_exposure,gross_exposure,long_pnl,short_pnl,turnover,cost,funding,benchmark_close\n");
        foreach (var hour in at.Hours)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{hour.TimeMs},{hour.Equity:G29},{hour.LongNotional:G29},{hour.ShortNotional:G29},{hour.NetExposure:R},");
            text.Append(CultureInfo.InvariantCulture, $"{hour.GrossExposure:R},{hour.LongPnl:G29},{hour.ShortPnl:G29},{hour.Turnover:G29},{hour.Cost:G29},");
            text.Append(CultureInfo.InvariantCulture, $"{hour.Funding:G29},{hour.BenchmarkClose:G29}\n");
        }
        return text.ToString();
    }

    private static string Variants(SelectorResult result)
    {
        var text = new StringBuilder("hold,offset,net_pnl,annual_return,sharpe,drawdown,turnover,fees,funding,slippage,trades,net_exposure,beta\n");
        foreach (var at in result.Variants)
        {
            var row = SelectorRow.Of(at);
            text.Append(CultureInfo.InvariantCulture, $"{at.Variant.HoldCandles},{at.Variant.Offset},{row.NetPnl:G29},{row.AnnualReturn:R},{row.Sharpe:R},");
            text.Append(CultureInfo.InvariantCulture, $"{row.Drawdown:R},{row.Turnover:G29},{row.Fees:G29},{row.Funding:G29},{row.Slippage:G29},{row.Trades},");
            text.Append(CultureInfo.InvariantCulture, $"{at.Neutrality.NetExposureMean:R},{at.Neutrality.Beta:R}\n");
        }
        return text.ToString();
    }

    private static string Excluded(SelectorResult result)
    {
        var text = new StringBuilder("symbol,reason,runs,first,last,detail\n");
        foreach (var e in result.Exclusions)
            text.Append(CultureInfo.InvariantCulture, $"{e.Symbol},{e.Reason},{e.Runs},{e.FirstMs},{e.LastMs},\"{e.Detail}\"\n");
        return text.ToString();
    }

    private static string Three(LegTotals leg) =>
        $"{TearSheetNumbers.Money(leg.NetPnl)} / {TearSheetNumbers.Money(leg.Fees)} / {TearSheetNumbers.Money(leg.Funding)}";

    private static string Share(double? value) => TearSheetNumbers.Share(value);

    private static string Plain(double? value) => TearSheetNumbers.Plain(value);
}
