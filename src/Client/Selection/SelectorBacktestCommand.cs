using System.CommandLine;
using System.Globalization;
using Granary.Backtest.Feeds;
using Granary.Backtest.Selection;
using Granary.Client.Backtests;
using Granary.Client.Cli;
using Granary.Client.Data;
using Granary.Tape;

namespace Granary.Client.Selection;

/// <summary>The command "selector backtest".</summary>
internal static class SelectorBacktestCommand
{
    public static Command Create(ConsoleHost host, CommonOptions common)
    {
        var candles = Many("--candles", "Candles of all symbols: files, archives or folders");
        candles.Required = true;
        var funding = Many("--funding", "Funding rates: files or folders");
        var config = new Option<string?>("--config")
        { Description = "The selector's configuration as JSON; each run writes the one it used", HelpName = "FILE" };
        var hold = new Option<string?>("--hold") { Description = "Candles between rebalances, one or several, for example 1,4,24", HelpName = "N,…" };
        var offset = new Option<string?>("--offset") { Description = "Which candle of each period, one or several, or all. Default: 0", HelpName = "N,…|all" };
        var capital = new Option<decimal?>("--capital") { Description = "Capital of the selection, half to each side. Default: 1000", HelpName = "N" };
        var from = new Option<string?>("--from")
        { Description = "First day or moment of trading, UTC; candles before it warm the factors up", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "End, exclusive, UTC", HelpName = "TIME" };
        var output = new Option<string?>("--out")
        {
            Description = "Writes report.html, long.csv, short.csv, hours.csv, variants.csv, excluded.csv, selector.json and more into this folder",
            HelpName = "DIR",
        };
        var command = new Command("backtest", """
            Runs the neutral coin selection over stored candles with the live selector's kernels: factors, filters, picks, equal capital, rebalances.

            Every holding period with every offset is run on an account of its own; the tear sheet is that of the first.
            Exit codes: 0 done, 2 a file cannot be read or the command line was wrong.
            Examples:
              selector backtest --candles klines-1h --funding funding --out runs/neutral
              selector backtest --candles klines-1h --hold 1,4,24 --offset all --config factor_calc.json --out runs/offsets
            """) { candles, funding, config, hold, offset, capital, from, to, output };
        command.SetAction((parsed, cancel) => BacktestRun.RunAsync(host, parsed.GetValue(common.Json), progress =>
        {
            var options = parsed.GetValue(config) is { } file ? SelectorConfig.Load(Path.Combine(host.Folder, file)) : new SelectorOptions();
            if (parsed.GetValue(hold) is { } periods) options = options with { HoldCandles = Numbers("--hold", periods) };
            if (parsed.GetValue(offset) is { } places) options = options with { Offsets = places == "all" ? null : Numbers("--offset", places) };
            if (parsed.GetValue(capital) is { } amount) options = options with { Selection = options.Selection with { Capital = amount } };
            if (parsed.GetValue(from) is { } first) options = options with { FromMs = BacktestInputs.Time("--from", first) };
            if (parsed.GetValue(to) is { } end) options = options with { ToMs = BacktestInputs.Time("--to", end) };
            options.Validate();

            progress("reading", 0);
            var rates = FeedFiles.Funding(Parts(host, parsed.GetValue(funding)));
            var inputs = CandleFiles.Pick(Parts(host, parsed.GetValue(candles)));
            var feeds = SelectorFeed.Of(FeedFiles.Candles(inputs.Parts, funding: rates));
            var files = new SelectorFiles(options);
            var result = SelectorBacktest.Run(feeds, options, files.Add, time => progress(DataText.Time(time), 0), cancel);
            var folder = parsed.GetValue(output) is { } name ? Path.Combine(host.Folder, name) : null;
            if (folder is not null) files.Write(folder, result);
            return (DataExit.Clean, new { summary = SelectorFiles.Summary(result), inputs.Left, folder },
                () => SelectorView.Render(result, inputs.Left, folder is null ? null : Path.Combine(folder, "report.html")));
        }, cancel));
        return command;
    }

    private static int[] Numbers(string name, string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                throw BacktestInputs.Wrong($"{name} was '{text}'", "Expected whole numbers with commas between them, for example 1,4,24.");
        }
        return numbers;
    }

    private static List<TapePart> Parts(ConsoleHost host, string[]? paths) =>
        [.. DataPaths.Expand((paths ?? []).Select(path => Path.Combine(host.Folder, path))).SelectMany(TapePart.Of)];

    private static Option<string[]> Many(string name, string description) =>
        new(name) { Description = description, HelpName = "PATH", AllowMultipleArgumentsPerToken = true };
}
