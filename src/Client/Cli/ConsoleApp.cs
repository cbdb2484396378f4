using System.CommandLine;
using System.Text.Json;
using Granary.Client.Backtests;
using Granary.Client.Data;
using Granary.Client.Selection;

namespace Granary.Client.Cli;

/// <summary>The console program: commands, errors and exit codes.</summary>
public sealed class ConsoleApp
{
    /// <summary>What a command gets after Ctrl-C to end in order; the exchange closes its sockets with a handshake.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly ConsoleHost _host;
    private readonly CommonOptions _options = new();
    private readonly RootCommand _root;

    /// <summary>Creates the program.</summary>
    public ConsoleApp(ConsoleHost host)
    {
        _host = host;
        _root = new RootCommand("""
            Granary's console: looks at a running silo and gives it orders; checks, imports and
            computes features of market data files (data --help); runs and judges backtests;
            computes the golden tables; serves the built-in exchange alone (exchange --help).

            Exit codes: 0 done, 1 refused or failed, 2 wrong command line, 3 no silo reachable, 4 not authorised.
            Examples:
              status                     is all well?
              decisions BTCUSDT --limit 20
              data check downloads/      are the files whole?
              halt main --reason "venue maintenance" --yes
            """);
        _options.AddTo(_root);
        foreach (var command in QueryCommands.Create(Run)) _root.Add(command);
        _root.Add(GridCommands.Create(Run));
        _root.Add(WatchCommand.Create(Run));
        foreach (var command in OperatorCommands.Create(Run)) _root.Add(command);
        foreach (var command in SiloCommands.Create(Run)) _root.Add(command);
        _root.Add(ConformanceCommand.Create(Run));
        _root.Add(DataCommands.Create(_host, _options));
        _root.Add(ExchangeCommand.Create(Run));
        foreach (var command in BacktestCommands.Create(_host, _options)) _root.Add(command);
        _root.Add(SelectorCommands.Create(_host, _options));
    }

    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken = default)
    {
        var parsed = _root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Report(parsed, new ConsoleFailure(ExitCode.Usage, string.Join(' ', parsed.Errors.Select(e => e.Message)), "Use --help for the commands and options."));
            return ExitCode.Usage;
        }
        var invocation = new InvocationConfiguration
        {
            Output = _host.Output,
            Error = _host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopTime,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    private async Task<int> Run(ParseResult parsed, Func<CommandContext, CancellationToken, Task> command, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(_host.CreateHandler());
        try
        {
            await command(new CommandContext(_host, _options, parsed, http), cancellationToken);
            return ExitCode.Ok;
        }
        catch (ConsoleFailure failure)
        {
            Report(parsed, failure);
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Report(parsed, new ConsoleFailure(ExitCode.Refused, "stopped before the silo had answered", "A command that was under way may have been carried out: look at status."));
            return ExitCode.Refused;
        }
    }

    /// <summary>Failures go to the error stream, as a sentence or as one JSON object, so that the output stream holds answers only.</summary>
    private void Report(ParseResult parsed, ConsoleFailure failure)
    {
        if (parsed.GetValue(_options.Json))
        {
            _host.Error.WriteLine(JsonSerializer.Serialize(new { error = failure.Message, hint = failure.Hint, exitCode = failure.ExitCode }));
            return;
        }
        _host.Error.WriteLine($"error: {failure.Message}");
        if (failure.Hint.Length > 0) _host.Error.WriteLine(failure.Hint);
    }
}
