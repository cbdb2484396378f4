using System.CommandLine;

namespace Granary.Client.Cli;

/// <summary>The options that every command takes.</summary>
public sealed class CommonOptions
{
    /// <summary>Where a silo listens unless it was told otherwise.</summary>
    public const string UrlDefault = "http://127.0.0.1:8088";

    /// <summary>Where a silo that was started from the repository leaves the operator token.</summary>
    public const string TokenFileDefault = "data/operator.token";

    /// <summary>Address of the silo's operator API.</summary>
    public Option<string?> Url { get; } = new("--url")
    {
        Description = $"Address of the silo's operator API. Environment: GRANARY_URL. Default: {UrlDefault}",
        HelpName = "URL",
        Recursive = true,
    };

    /// <summary>The operator token itself.</summary>
    public Option<string?> Token { get; } = new("--token")
    {
        Description = "Operator token. Environment: GRANARY_TOKEN. Prefer --token-file: arguments are visible to other users",
        HelpName = "TOKEN",
        Recursive = true,
    };

    /// <summary>A file with the operator token.</summary>
    public Option<string?> TokenFile { get; } = new("--token-file")
    {
        Description = $"File with the operator token. Default: ./{TokenFileDefault}, also looked for in the folders above",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Machine-readable output.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print JSON instead of tables",
        Recursive = true,
    };

    /// <summary>Adds the options to a command and all commands below it.</summary>
    public void AddTo(Command command)
    {
        command.Add(Url);
        command.Add(Token);
        command.Add(TokenFile);
        command.Add(Json);
    }
}
