using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Backtest.Configuration;
using Granary.Backtest.Results;
using Granary.Engine.Orders;

namespace Granary.Backtest.Reports;

/// <summary>
/// Writes what a run came to: trades.csv, equity.csv, metrics.json, config.json, run.json and report.html. A file appears under its name only when it is
/// complete.
/// </summary>
public static class ReportFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The report as JSON.</summary>
    public static string ToJson(BacktestReport report) => JsonSerializer.Serialize(report, Json);

    /// <summary>Writes all of them.</summary>
    /// <param name="folder">Created when absent; files of the same names are replaced.</param>
    /// <param name="result">The run.</param>
    /// <param name="report">Its numbers.</param>
    /// <param name="config">What was run; null when the extras say it and the caller keeps a configuration of its own.</param>
    /// <param name="extras">What validation adds to the tear sheet; null for nothing.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string folder, BacktestResult result, BacktestReport report, RunConfig? config, TearSheetExtras? extras = null)
    {
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, "trades.csv"), Trades(result));
        Replace(Path.Combine(folder, "equity.csv"), Equity(result));
        Replace(Path.Combine(folder, "metrics.json"), ToJson(report) + "\n");
        if (config is not null) Replace(Path.Combine(folder, "config.json"), config.ToJson() + "\n");
        var record = new RunRecord(result, report, extras ?? new TearSheetExtras());
        Replace(Path.Combine(folder, RunRecord.FileName), record.ToJson() + "\n");
        Replace(Path.Combine(folder, "report.html"), record.Page(config));
    }

    private static string Trades(BacktestResult result)
    {
        var text = new StringBuilder(
            "trade_id,symbol,signal,side,entry_time,exit_time,quantity,entry_price,exit_price,"
            + "gross_pnl,fee,funding,net_pnl,slippage,regime,exit_reason,entry_maker\n");
        foreach (var t in result.Trades)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{t.Id},{t.Symbol},{t.Strategy},{(t.Side == OrderSide.Buy ? "LONG" : "SHORT")},{t.EntryMs},{t.ExitMs},");
            text.Append(CultureInfo.InvariantCulture, $"{t.Quantity:G29},{t.EntryPrice:G29},{t.ExitPrice:G29},");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{t.GrossPnl:G29},{t.Fees:G29},{t.Funding:G29},{t.NetPnl:G29},{t.Slippage:G29},{t.Regime},{t.ExitReason},{(t.IsEntryMaker ? 1 : 0)}\n");
        }
        return text.ToString();
    }

    private static string Equity(BacktestResult result)
    {
        var text = new StringBuilder("time,equity,equity_before_fees,gross_notional,net_notional,leverage\n");
        foreach (var s in result.Samples)
            text.Append(CultureInfo.InvariantCulture, $"{s.TimeMs},{s.Equity:G29},{s.EquityBeforeFees:G29},{s.Gross:G29},{s.Net:G29},{s.Leverage:R}\n");
        return text.ToString();
    }

    /// <summary>Writes a file that appears under its name only when it is complete.</summary>
    /// <param name="path">Its name; a file of this name is replaced.</param>
    /// <param name="text">Its contents.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Replace(string path, string text)
    {
        var unfinished = path + ".unfinished";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, path, overwrite: true);
    }
}
