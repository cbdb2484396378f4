using System.CommandLine;
using Granary.Client.Cli;

namespace Granary.Client.Selection;

/// <summary>The commands of the neutral selector that need no silo.</summary>
public static class SelectorCommands
{
    /// <summary>Creates them.</summary>
    /// <param name="host">The world outside.</param>
    /// <param name="common">The options that every command takes.</param>
    public static Command Create(ConsoleHost host, CommonOptions common) =>
        new("selector", "Neutral coin selection: its backtest over stored candles.") { SelectorBacktestCommand.Create(host, common) };
}
