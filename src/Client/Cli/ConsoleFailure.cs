namespace Granary.Client.Cli;

/// <summary>Ends a command with an exit code and words for the operator.</summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="message">What went wrong, in one sentence.</param>
/// <param name="hint">What to do about it, or empty.</param>
public sealed class ConsoleFailure(int exitCode, string message, string hint = "") : Exception(message)
{
    /// <summary>One of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What to do about it, or empty.</summary>
    public string Hint { get; } = hint;
}
