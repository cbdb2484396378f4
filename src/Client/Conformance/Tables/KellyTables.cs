using Granary.Engine.Sizing;

namespace Granary.Client.Conformance.Tables;

/// <summary>Kelly factors after each closed trade of a signal, and of made-up counts of wins and losses (formulas §4.2).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class KellyTables(ConformanceSource source) : IConformanceFamily
{
    private const int WindowMax = 10_000;
    private const int TradesMax = 1_000_000;

    private static readonly CsvColumn<After>[] TradeColumns =
    [
        new("signal", at => at.Signal),
        new("after_trade_id", at => at.TradeId),
        new("window_trades", at => at.Count),
        new("kelly_full", at => at.Full),
        new("kelly_factor", at => at.Factor),
    ];

    private static readonly CsvColumn<Edge>[] EdgeColumns =
    [
        new("case", at => at.Case),
        new("wins", at => at.Wins),
        new("win_size", at => at.WinSize),
        new("losses", at => at.Losses),
        new("loss_size", at => at.LossSize),
        new("kelly_full", at => at.Full),
        new("kelly_factor", at => at.Factor),
    ];

    /// <inheritdoc/>
    public string Name => "kelly";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() =>
    [
        new(Name, csv => csv.Write(AfterTrades(), TradeColumns)),
        new("kelly_edge", csv => csv.Write(Edges(), EdgeColumns)),
    ];

    /// <summary>Signal by signal, each one's trades by exit time; trades of one time stay in the order of the file.</summary>
    private IEnumerable<After> AfterTrades()
    {
        var options = Options();
        using var table = source.Inputs.Open("trades");
        var trades = table.Rows()
            .Select(row => (Signal: row.Text("signal"), Id: row.Long("trade_id"), ExitMs: row.Long("exit_time"), NetPnl: row.Decimal("net_pnl"))).ToList();
        foreach (var signal in trades.GroupBy(trade => trade.Signal).OrderBy(signal => signal.Key, StringComparer.Ordinal))
        {
            var window = new KellyWindow(options);
            foreach (var trade in signal.OrderBy(trade => trade.ExitMs))
            {
                window.Add(trade.NetPnl);
                yield return new After(signal.Key, trade.Id, window.Count, window.Full, window.Factor);
            }
        }
    }

    private IEnumerable<Edge> Edges()
    {
        var options = Options();
        using var table = source.Inputs.Open("kelly_edge");
        foreach (var row in table.Rows())
        {
            var window = new KellyWindow(options);
            var (wins, losses) = (Count(row, "wins"), Count(row, "losses"));
            var (winSize, lossSize) = (row.Decimal("win_size"), row.Decimal("loss_size"));
            for (var i = 0; i < wins; i++) window.Add(winSize);
            for (var i = 0; i < losses; i++) window.Add(lossSize);
            yield return new Edge(row.Text("case"), wins, winSize, losses, lossSize, window.Full, window.Factor);
        }
    }

    private static int Count(CsvRow row, string column) =>
        row.Long(column) is >= 0 and <= TradesMax and var count ? (int)count : throw row.Wrong(column, $"a whole number from 0 to {TradesMax}");

    private KellyOptions Options()
    {
        var kelly = source.Params["kelly"];
        var (window, cap) = (kelly["window"].Int(1, WindowMax), kelly["cap"].Double(0, 1));
        return new KellyOptions
        {
            Window = window,
            TradesMin = kelly["min_trades"].Int(1, window),
            Initial = kelly["default"].Double(0, 1),
            Floor = kelly["floor"].Double(0, cap),
            Cap = cap,
        };
    }

    private sealed record After(string Signal, long TradeId, int Count, double? Full, double Factor);

    private sealed record Edge(string Case, int Wins, decimal WinSize, int Losses, decimal LossSize, double? Full, double Factor);
}
