using System.CommandLine;
using System.Text.Json;
using Granary.Client.Api;
using Granary.Client.Views;
using Spectre.Console;

namespace Granary.Client.Cli;

/// <summary>The live screen: status, positions, decisions and incidents, redrawn until Ctrl-C.</summary>
public static class WatchCommand
{
    private const int DecisionsMax = 8;
    private const int IncidentsMax = 5;

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner run)
    {
        var interval = new Option<int>("--interval")
        {
            Description = "Seconds between two looks, 1 to 60. Default: 1",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 1,
        };
        interval.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var s) && s is < 1 or > 60)
                result.AddError($"--interval was {s}; allowed are 1 to 60.");
        });
        var count = new Option<int>("--count") { Description = "Stop after this many looks; 0 goes on until Ctrl-C. Default: 0", HelpName = "LOOKS" };
        var command = new Command("watch", "Live screen, redrawn each second until Ctrl-C; with --json one object a line") { interval, count };
        command.SetAction((parsed, cancel) => run(
            parsed,
            (context, token) => WatchAsync(context, TimeSpan.FromSeconds(parsed.GetValue(interval)), parsed.GetValue(count), token),
            cancel));
        return command;
    }

    private static async Task WatchAsync(CommandContext context, TimeSpan interval, int count, CancellationToken cancellationToken)
    {
        // The first look decides whether there is a silo at all; later failures are shown and waited out.
        var first = await LookAsync(context, cancellationToken);
        try
        {
            if (context.IsJson || !context.Host.IsInteractive)
            {
                await LoopAsync(context, first, interval, count, look => Print(context, look), cancellationToken);
                return;
            }
            await context.Host.Screen.Live(WatchView.Render(first)).AutoClear(false).StartAsync(async live =>
                await LoopAsync(context, first, interval, count, look =>
                {
                    live.UpdateTarget(WatchView.Render(look));
                    live.Refresh();
                }, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how the screen is left.
        }
    }

    private static async Task LoopAsync(
        CommandContext context, WatchLook look, TimeSpan interval, int count, Action<WatchLook> show, CancellationToken cancellationToken)
    {
        for (var done = 1; ; done++)
        {
            show(look);
            if (done == count) return;
            await Task.Delay(interval, context.Host.Time, cancellationToken);
            try
            {
                look = await LookAsync(context, cancellationToken);
            }
            catch (ConsoleFailure failure)
            {
                look = look with { Failure = failure.Message };
            }
        }
    }

    private static async Task<WatchLook> LookAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var status = await context.Client.GetStatusAsync(cancellationToken);
        var positions = await context.Client.GetPositionsAsync(cancellationToken);
        var decisions = await context.Client.GetDecisionsAsync(new ListQuery(null, null, DecisionsMax), cancellationToken);
        var incidents = await context.Client.GetIncidentsAsync(IncidentsMax, cancellationToken);
        return new WatchLook(status, positions.Value.Items, decisions.Value.Items, incidents.Value.Items, "");
    }

    private static void Print(CommandContext context, WatchLook look)
    {
        if (context.IsJson)
            context.Host.Output.WriteLine(look.Failure.Length > 0 ? JsonSerializer.Serialize(new { error = look.Failure }) : JsonSerializer.Serialize(look.Status.Json));
        else context.Host.Output.WriteLine(WatchView.Line(look));
    }
}
