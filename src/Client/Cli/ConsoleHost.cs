using Spectre.Console;

namespace Granary.Client.Cli;

/// <summary>Everything the console touches outside itself, so that a test can stand in for it.</summary>
public sealed record ConsoleHost
{
    /// <summary>Columns of tables when the output is not a terminal.</summary>
    public const int WidthRedirected = 100;

    /// <summary>Where tables are drawn.</summary>
    public required IAnsiConsole Screen { get; init; }

    /// <summary>Plain output, for JSON and single lines.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Errors and hints.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person can be asked: input and output are terminals.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>Makes the handler that carries requests; called once per command.</summary>
    public required Func<HttpMessageHandler> CreateHandler { get; init; }

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Folder that relative file names start from.</summary>
    public required string Folder { get; init; }

    /// <summary>Paces the live screen.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The process's own terminal, environment and network. Colours are off when the output is redirected or NO_COLOR is set.</summary>
    public static ConsoleHost ForProcess()
    {
        var plain = Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = Console.IsOutputRedirected || Console.IsInputRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (Console.IsOutputRedirected) screen.Profile.Width = WidthRedirected;
        return new ConsoleHost
        {
            Screen = screen,
            Output = Console.Out,
            Error = Console.Error,
            IsInteractive = !Console.IsOutputRedirected && !Console.IsInputRedirected,
            // Loopback traffic must not wander through a proxy, and a redirect must not carry the token elsewhere.
            CreateHandler = () => new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(3) },
            Variable = Environment.GetEnvironmentVariable,
            Folder = Environment.CurrentDirectory,
            Time = TimeProvider.System,
        };
    }
}
