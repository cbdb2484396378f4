using System.CommandLine;
using System.Globalization;
using Granary.Backtest.Parity;
using Granary.Backtest.Reports;
using Granary.Client.Cli;
using Granary.Client.Data;
using Granary.Tape;
using Spectre.Console.Rendering;

namespace Granary.Client.Backtests;

/// <summary>The part of "compare" that lays a live run over a backtest.</summary>
internal sealed class OverlayInputs
{
    private readonly Option<string?> _live = new("--live")
    {
        Description = "Orders of the live run, as replay --orders writes them; one folder follows, the backtest's",
        HelpName = "FILE",
    };
    private readonly Option<string?> _page = new("--html") { Description = "Writes the overlay as one page that loads nothing", HelpName = "FILE" };
    private readonly Option<long> _time = new("--time-max-ms")
    {
        Description = "Longest time by which fills may be apart, milliseconds of the market. Default: 5000",
        HelpName = "N",
        DefaultValueFactory = _ => new OverlayOptions().TimeMsMax,
    };
    private readonly Option<string?> _price = new("--price-max")
    {
        Description = "Largest distance of two fill prices, a share of the price. Default: 0.001",
        HelpName = "SHARE",
    };

    private readonly Option<string[]> _trades = new("--trades")
    {
        Description = "The market's trades, one file a symbol: fills at prices that it showed meanwhile are explained",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_live, _page, _time, _price, _trades]) command.Add(option);
    }

    /// <summary>The live run's file; null when two backtests are compared.</summary>
    public string? Live(ParseResult parsed) => parsed.GetValue(_live);

    /// <summary>Compares.</summary>
    /// <exception cref="ConsoleFailure">The command line cannot be used.</exception>
    public (int Code, object Body, Func<IRenderable> View) Run(ConsoleHost host, ParseResult parsed, string folder, string? second)
    {
        if (second is not null) throw BacktestInputs.Wrong("compare --live got two folders", "Name the folder of the backtest alone.");
        var options = new OverlayOptions { TimeMsMax = parsed.GetValue(_time), PriceShareMax = PriceShareMax(parsed), Market = Market(host, parsed) };
        var backtest = Path.Combine(host.Folder, folder);
        var overlay = OverlayComparer.Compare(OrderLog.Load(Path.Combine(host.Folder, Live(parsed)!)), OrderLog.Load(backtest), options);
        var page = parsed.GetValue(_page) is { } file ? Path.Combine(host.Folder, file) : null;
        if (page is not null) ReportFiles.Replace(page, OverlayPage.Write(overlay, RunRecord.Load(backtest).Result.Symbols));
        var body = new
        {
            overlay.IsExplained,
            overlay.Matched,
            overlay.LiveOnly,
            overlay.BacktestOnly,
            overlay.BarsCompared,
            overlay.DecisionsCompared,
            overlay.MeanSlippageVersusModel,
            liveEquity = overlay.LiveEquity[^1].Equity,
            backtestEquity = overlay.BacktestEquity[^1].Equity,
            differences = overlay.Differences,
            page,
        };
        return (overlay.IsExplained ? DataExit.Clean : DataExit.Findings, body, () => OverlayView.Render(overlay, page));
    }

    private Func<string, long, long, (decimal Low, decimal High)?>? Market(ConsoleHost host, ParseResult parsed)
    {
        if (parsed.GetValue(_trades) is not { Length: > 0 } files) return null;
        var ranges = new Dictionary<string, TradeRange>(StringComparer.Ordinal);
        foreach (var path in files.Select(file => Path.Combine(host.Folder, file)))
            ranges[TapePart.Of(path)[0].Symbol] = new TradeRange([.. AggTradeTape.Read(path)]);
        return (symbol, fromMs, toMs) => ranges.GetValueOrDefault(symbol)?.Between(fromMs, toMs);
    }

    private decimal PriceShareMax(ParseResult parsed)
    {
        if (parsed.GetValue(_price) is not { } text) return new OverlayOptions().PriceShareMax;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            ? share
            : throw BacktestInputs.Wrong($"--price-max was '{text}'", "Expected a share from 0 to 1, for example 0.001.");
    }
}
