using System.CommandLine;
using Granary.Client.Cli;

namespace Granary.Client.Backtests;

/// <summary>The commands that run strategies over recorded markets and judge what comes of it; they need no silo.</summary>
public static class BacktestCommands
{
    /// <summary>Creates them.</summary>
    /// <param name="host">The world outside.</param>
    /// <param name="common">The options that every command takes.</param>
    public static IEnumerable<Command> Create(ConsoleHost host, CommonOptions common) =>
    [
        BacktestCommand.Create(host, common), WalkForwardCommand.Create(host, common), OptimizeCommand.Create(host, common),
        MonteCarloCommand.Create(host, common), RobustnessCommand.Create(host, common), CompareCommand.Create(host, common), ReportCommand.Create(host, common),
    ];
}
