using Granary.Client.Cli;
using Spectre.Console;

namespace Granary.Client.Data;

/// <summary>How far a command is. On a terminal a bar appears on the error stream when the work takes longer than two seconds; elsewhere nothing does.</summary>
public sealed class DataProgress(ConsoleHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Refresh = TimeSpan.FromMilliseconds(100);

    private double _share;
    private string _name = "";

    /// <summary>Says what is read, as share of all (0 to 1).</summary>
    public void Report(string name, double share)
    {
        Volatile.Write(ref _name, name);
        Volatile.Write(ref _share, share);
    }

    /// <summary>Does the work beside the terminal and shows how far it is.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var task = Task.Run(work, cancellationToken);
        if (!host.IsInteractive || Console.IsErrorRedirected) return await task;
        await Task.WhenAny(task, Task.Delay(Patience, host.Time, cancellationToken));
        if (task.IsCompleted) return await task;
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Error) });
        await screen.Progress().AutoClear(true).StartAsync(async context =>
        {
            var bar = context.AddTask("reading", maxValue: 1);
            while (!task.IsCompleted)
            {
                bar.Description = Markup.Escape(Volatile.Read(ref _name));
                bar.Value = Volatile.Read(ref _share);
                await Task.WhenAny(task, Task.Delay(Refresh, host.Time, cancellationToken));
            }
        });
        return await task;
    }
}
