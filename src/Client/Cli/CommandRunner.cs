using System.CommandLine;

namespace Granary.Client.Cli;

/// <summary>Runs a command's body and turns its failures into exit codes.</summary>
/// <param name="parsed">The parsed command line.</param>
/// <param name="command">What the command does.</param>
/// <param name="cancellationToken">Set by Ctrl-C.</param>
/// <returns>One of <see cref="ExitCode"/>.</returns>
public delegate Task<int> CommandRunner(ParseResult parsed, Func<CommandContext, CancellationToken, Task> command, CancellationToken cancellationToken);
