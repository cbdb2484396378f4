using System.CommandLine;
using System.Text.Json;
using Granary.Client.Serving;
using Granary.Exchange;
using Granary.Exchange.Hosting;
using Granary.Exchange.Protocol;
using Granary.Exchange.State;
using Granary.Tape;
using Microsoft.Extensions.Logging;

namespace Granary.Client.Cli;

/// <summary>Serves the built-in exchange alone, until Ctrl-C.</summary>
public static class ExchangeCommand
{
    private const int PortDefault = 8089;

    /// <summary>Requests wait for the exchange's gate on pool threads; with one a core they would hold up each other while a fast market runs.</summary>
    private const int WorkersMin = 16;

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner run)
    {
        var port = new Option<int>("--port")
        {
            Description = $"Port on 127.0.0.1; 0 picks a free one. Default: {PortDefault}",
            HelpName = "PORT",
            DefaultValueFactory = _ => PortDefault,
        };
        var symbols = Many("--symbols", "Symbols to list, parted by commas. Default: BTCUSDT,ETHUSDT,SOLUSDT", "LIST");
        var replay = Many("--replay", "Recorded trades or a socket capture to play, FILE or SYMBOL=FILE; may be given again for another symbol", "FILE");
        var synthetic = new Option<ulong?>("--synthetic") { Description = "Seed of a synthetic market. Default: 1", HelpName = "SEED" };
        var speed = new Option<double>("--speed")
        {
            Description = "Market seconds per second; 0 is as fast as it goes. Default: 1",
            HelpName = "X",
            DefaultValueFactory = _ => 1,
        };
        var faults = new Option<string?>("--faults") { Description = "Script of faults, in force from the start", HelpName = "FILE" };
        var account = Many(
            "--account", "Who may trade; may be given again. Default: key granary-test-key, secret granary-test-secret, 100,000 USDT",
            "name=A,key=K,secret=S,balance=10000");
        var brackets = new Option<string?>("--brackets")
        {
            Description = "Leverage brackets: the venue's leverageBracket answer as JSON, or .gz",
            HelpName = "FILE",
        };
        var funding = new Option<int>("--funding-hours")
        {
            Description = "Hours between funding times, 1 to 24. Default: 8",
            HelpName = "HOURS",
            DefaultValueFactory = _ => 8,
        };
        var data = new Option<string?>("--data") { Description = "Folder to keep wallets and orders in. Default: none, memory only", HelpName = "DIR" };
        var command = new Command("exchange", """
            Serves a Binance-compatible USDⓈ-M futures exchange on a loopback address, until Ctrl-C. Needs no silo.

            GET /granary/v1/state and /granary/v1/audit tell everything as JSON; POST /granary/v1/market?speed=X changes the market's speed;
            /granary/faults breaks things.
            Examples:
              exchange --port 8089 --synthetic 7
              exchange --symbols BTCUSDT --replay BTCUSDT-aggTrades-2024-10-18.zip --speed 10
              exchange --account name=a,key=k1,secret=s1,balance=10000 --account name=b,key=k2,secret=s2
            """)
        {
            port, symbols, replay, synthetic, speed, faults, account, brackets, funding, data,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(replay) is { Implicit: false } && result.GetResult(synthetic) is { Implicit: false })
                result.AddError("--replay and --synthetic exclude each other.");
        });
        command.SetAction((parsed, cancel) => run(
            parsed,
            (context, token) =>
            {
                var arguments = new ExchangeArguments
                {
                    Symbols = parsed.GetValue(symbols) ?? [],
                    Replays = parsed.GetValue(replay) ?? [],
                    Accounts = parsed.GetValue(account) ?? [],
                    Seed = parsed.GetValue(synthetic) ?? 1,
                    Speed = parsed.GetValue(speed),
                    Brackets = parsed.GetValue(brackets),
                    FundingHours = parsed.GetValue(funding),
                    Data = parsed.GetValue(data),
                    Folder = context.Host.Folder,
                };
                var script = parsed.GetValue(faults) is { } file ? Path.GetFullPath(file, context.Host.Folder) : null;
                return ServeAsync(context, arguments, parsed.GetValue(port), script, token);
            },
            cancel));
        return command;
    }

    private static async Task ServeAsync(CommandContext context, ExchangeArguments arguments, int port, string? script, CancellationToken cancellationToken)
    {
        try
        {
            var options = arguments.ToOptions();
            ThreadPool.GetMinThreads(out var workers, out var ports);
            ThreadPool.SetMinThreads(Math.Max(workers, WorkersMin), ports);
            using var log = new ErrorLog(context.Host.Error);
            using var loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
            await using var exchange = await BuiltInExchange.OpenAsync(
                options, $"http://127.0.0.1:{port}", context.Host.Time, loggers, new StreamOptions { FaultScriptPath = script }, cancellationToken);
            Tell(context, options, exchange.Url);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Host.Time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how it is left.
        }
        catch (ArgumentException wrong)
        {
            throw new ConsoleFailure(ExitCode.Usage, wrong.Message);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or StateException or TapeException)
        {
            throw new ConsoleFailure(ExitCode.Refused, e.Message);
        }
    }

    private static void Tell(CommandContext context, ExchangeOptions options, string url)
    {
        var symbols = options.Symbols.Select(rules => rules.Symbol).ToArray();
        var accounts = options.Accounts.Select(account => new { account.Name, account.ApiKey, balance = account.InitialBalance });
        if (context.IsJson)
        {
            context.Host.Output.WriteLine(JsonSerializer.Serialize(
                new { url, market = options.Market.ToString(), speed = options.Speed, symbols, accounts }, JsonSerializerOptions.Web));
            return;
        }
        var output = context.Host.Output;
        output.WriteLine($"The exchange listens at {url} (Binance's protocol, no real money). Stop: Ctrl-C.");
        output.WriteLine($"  market    {options.Market}, speed {options.Speed.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        output.WriteLine($"  symbols   {string.Join(", ", symbols)}");
        foreach (var account in accounts) output.WriteLine($"  account   {account.Name}, key {account.ApiKey}, {account.balance} USDT");
        output.WriteLine($"  look at   {url}/granary/v1/state and {url}/granary/v1/audit");
    }

    private static Option<string[]> Many(string name, string description, string help) => new(name) { Description = description, HelpName = help };
}
