using Granary.Client.Cli;
using Spectre.Console;

namespace Granary.Client.Tests;

/// <summary>Runs the console program against a scripted silo and keeps what it printed.</summary>
public sealed class ConsoleBench : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public ScriptedHandler Silo { get; } = new();

    public Dictionary<string, string> Variables { get; } = [];

    public StepTimeProvider Time { get; } = new();

    public string Folder { get; set; } = Directory.CreateTempSubdirectory("granary-client").FullName;

    public bool IsInteractive { get; set; }

    /// <summary>What a person types when asked.</summary>
    public Queue<string> Typed { get; } = [];

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public string[] Lines => Output.Split('\n');

    public async Task<int> RunAsync(params string[] args) => await RunAsync(CancellationToken.None, args);

    public async Task<int> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = IsInteractive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(_output),
        });
        screen.Profile.Width = ConsoleHost.WidthRedirected;
        var host = new ConsoleHost
        {
            Screen = IsInteractive ? new TypedConsole(screen, Typed) : screen,
            Output = _output,
            Error = _error,
            IsInteractive = IsInteractive,
            CreateHandler = () => Silo,
            Variable = Variables.GetValueOrDefault,
            Folder = Folder,
            Time = Time,
        };
        return await new ConsoleApp(host).RunAsync(args, cancellationToken);
    }

    public string WriteToken(string token, string name = "data/operator.token")
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, token + "\n");
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
