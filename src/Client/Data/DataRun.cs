using System.CommandLine;
using Granary.Client.Cli;
using Granary.Tape;
using Spectre.Console.Rendering;

namespace Granary.Client.Data;

/// <summary>What the data commands have in common: progress, output, failures.</summary>
internal static class DataRun
{
    public static Option<TapeLayout?> LayoutOption() => new("--layout")
    {
        Description = $"The layout, when a file without header does not tell it: {string.Join(", ", Enum.GetNames<TapeLayout>())}",
        HelpName = "LAYOUT",
    };

    /// <summary>Does the work with a bar for who waits, and prints what comes of it.</summary>
    public static async Task<int> RunAsync(
        ConsoleHost host, bool isJson, Func<Action<string, double>, (int Code, object Body, Func<IRenderable> View)> work, CancellationToken cancellationToken)
    {
        var progress = new DataProgress(host);
        try
        {
            var (code, body, view) = await progress.RunAsync(() => work(progress.Report), cancellationToken);
            if (isJson) host.Output.WriteLine(DataText.Json(body));
            else host.Screen.Write(view());
            return code;
        }
        catch (ConsoleFailure error)
        {
            return Fail(host, isJson, error.Message, error.ExitCode);
        }
        catch (Exception error) when (error is TapeException or IOException or UnauthorizedAccessException)
        {
            return Fail(host, isJson, error.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(host, isJson, "stopped before the files were read");
        }
    }

    private static int Fail(ConsoleHost host, bool isJson, string message, int exitCode = DataExit.Unreadable)
    {
        host.Error.WriteLine(isJson ? DataText.Json(new { error = message, exitCode }) : "error: " + message);
        return exitCode;
    }
}
