using Granary.Client.Cli;

namespace Granary.Client.Data;

/// <summary>What the data commands return to the shell; the numbers are those of <see cref="ExitCode"/>, the words those of files.</summary>
public static class DataExit
{
    /// <summary>Everything was read and nothing is wrong; notes may be there.</summary>
    public const int Clean = ExitCode.Ok;

    /// <summary>Everything was read and something is wrong.</summary>
    public const int Findings = ExitCode.Refused;

    /// <summary>A file could not be read, or the command line was wrong.</summary>
    public const int Unreadable = ExitCode.Usage;
}
