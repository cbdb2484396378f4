using System.CommandLine;
using System.Globalization;
using Granary.Backtest;
using Granary.Backtest.Configuration;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Client.Cli;
using Granary.Client.Data;
using Granary.Tape;

namespace Granary.Client.Backtests;

/// <summary>The options that all backtest commands share: the data, the span, the configuration.</summary>
internal sealed class BacktestInputs
{
    private readonly Option<string[]> _trades = Many("--trades", "Trades: csv, csv.gz, zip or tape files in the order of time, or folders", "FILE");
    private readonly Option<string[]> _tape = Many("--tape", "Folders of columnar tapes, as data import writes them", "DIR");
    private readonly Option<string[]> _klines = Many("--klines", "Candles, where there are no trades", "FILE");
    private readonly Option<string[]> _books = Many("--book", "Captured sockets with depth and trades, in the order of time: orders meet the book", "CAPTURE");
    private readonly Option<string[]> _funding = Many("--funding", "Funding rates", "FILE");
    private readonly Option<string[]> _symbols = new("--symbol")
    {
        Description = "Only this symbol, may be given again; or the one of a file that does not tell it",
        HelpName = "NAME",
    };
    private readonly Option<string?> _from = new("--from") { Description = "First day or moment, UTC", HelpName = "TIME" };
    private readonly Option<string?> _to = new("--to") { Description = "End, exclusive, UTC", HelpName = "TIME" };
    private readonly Option<string?> _config = new("--config")
    {
        Description = "Configuration as JSON; each run writes the one it used to config.json",
        HelpName = "FILE",
    };
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "One number of the configuration, for example momentum.ofiThreshold=0.2; may be given again",
        HelpName = "NAME=VALUE",
    };
    private readonly Option<StrategyKind?> _strategy = new("--strategy")
    {
        Description = "signals (default), cross, hold, coin, or over a book quote",
        HelpName = "NAME",
    };
    private readonly Option<FillModel?> _fill = new("--fill")
    {
        Description = "When resting orders are filled: through (default, cautious), queue (by their place in it, over a book the recorded one), touch (hopeful)",
        HelpName = "MODEL",
    };
    private readonly Option<string?> _volume = new("--volume-threshold")
    {
        Description = "Volume that closes a bar, base units; default: a guess from the first trades",
        HelpName = "N",
    };
    private readonly Option<string?> _quantity = new("--quantity")
    {
        Description = "Base units that cross, hold, coin and quote trade. Default: 1",
        HelpName = "N",
    };
    private readonly Option<string?> _cash = new("--cash") { Description = "Wallet at the start, quote units. Default: 100000", HelpName = "N" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            _trades, _tape, _klines, _books, _funding, _symbols, _from, _to, _config, _set, _strategy, _fill, _volume, _quantity, _cash,
        ];
        foreach (var option in options) command.Add(option);
    }

    /// <summary>The markets that a command line names.</summary>
    /// <exception cref="ConsoleFailure">None is named, or a name cannot be used.</exception>
    public IReadOnlyList<MarketFeed> Feeds(ConsoleHost host, ParseResult parsed)
    {
        var symbols = parsed.GetValue(_symbols) ?? [];
        var fallback = symbols.Length == 1 ? symbols[0] : null;
        var wanted = symbols.Length == 0 ? null : symbols.ToHashSet(StringComparer.Ordinal);
        try
        {
            var funding = FeedFiles.Funding(Parts(host, parsed.GetValue(_funding)), fallback);
            var trades = Parts(host, [.. parsed.GetValue(_trades) ?? [], .. parsed.GetValue(_tape) ?? []])
                .Where(p => p.Kind is null or Tape.Columnar.TapeKind.AggTrades or Tape.Columnar.TapeKind.Trades)
                .Where(p => wanted is null || p.Symbol.Length == 0 || wanted.Contains(p.Symbol));
            var candles = Parts(host, parsed.GetValue(_klines));
            List<MarketFeed> feeds = [.. FeedFiles.Trades(trades, fallback, funding), .. FeedFiles.Candles(candles, fallback, funding, wanted)];
            string[] books = [.. (parsed.GetValue(_books) ?? []).Select(p => Path.Combine(host.Folder, p))];
            if (books.Length > 0) feeds.AddRange(FeedFiles.Books(books, funding, wanted));
            return feeds.Count > 0 ? feeds : throw Wrong("no trades, candles or books were named", "Name files with --trades, --tape, --klines or --book.");
        }
        catch (ArgumentException e)
        {
            throw Wrong(e.Message);
        }
    }

    /// <summary>The configuration: the file, then the options that change it.</summary>
    /// <exception cref="ConsoleFailure">A value cannot be used.</exception>
    public RunConfig Config(ConsoleHost host, ParseResult parsed)
    {
        try
        {
            var config = parsed.GetValue(_config) is { } file ? RunConfig.Load(Path.Combine(host.Folder, file)) : new RunConfig();
            if (parsed.GetValue(_strategy) is { } strategy) config = config with { Strategy = strategy };
            if (parsed.GetValue(_fill) is { } fill) config = config with { Execution = config.Execution with { FillModel = fill } };
            if (parsed.GetValue(_volume) is { } volume) config = config with { VolumeThreshold = Number("--volume-threshold", volume) };
            if (parsed.GetValue(_quantity) is { } quantity) config = config with { Quantity = Number("--quantity", quantity) };
            if (parsed.GetValue(_cash) is { } cash) config = config with { Cash = Number("--cash", cash) };
            foreach (var pair in parsed.GetValue(_set) ?? [])
            {
                var at = pair.IndexOf('=', StringComparison.Ordinal);
                if (at <= 0 || !double.TryParse(pair[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                    throw Wrong($"--set was '{pair}'", "Expected NAME=VALUE with a number, for example momentum.ofiThreshold=0.2.");
                config = Parameters.Set(config, pair[..at], value);
            }
            config.ToOptions().Validate();
            return config;
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException)
        {
            throw Wrong(e.Message);
        }
    }

    /// <summary>What a run takes, with the span of the command line.</summary>
    public BacktestOptions Options(ParseResult parsed, RunConfig config) => config.ToOptions() with { FromMs = From(parsed), ToMs = To(parsed) };

    /// <summary>First moment; long.MinValue without one.</summary>
    public long From(ParseResult parsed) => parsed.GetValue(_from) is { } text ? Time("--from", text) : long.MinValue;

    /// <summary>End; long.MaxValue without one.</summary>
    public long To(ParseResult parsed) => parsed.GetValue(_to) is { } text ? Time("--to", text) : long.MaxValue;

    /// <summary>A wrong command line.</summary>
    public static ConsoleFailure Wrong(string message, string hint = "") => new(ExitCode.Usage, hint.Length == 0 ? message : $"{message}. {hint}");

    /// <summary>A moment of the command line, milliseconds since the Unix epoch, UTC.</summary>
    public static long Time(string name, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw Wrong($"{name} was '{text}'", "Expected a day or a moment in UTC, for example 2025-05-04 or 2025-05-04T12:00.");

    private static decimal Number(string name, string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw Wrong($"{name} was '{text}'", "Expected a number above 0.");

    private static IEnumerable<TapePart> Parts(ConsoleHost host, string[]? paths) =>
        DataPaths.Expand((paths ?? []).Select(p => Path.Combine(host.Folder, p))).SelectMany(TapePart.Of);

    private static Option<string[]> Many(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, AllowMultipleArgumentsPerToken = true };
}
