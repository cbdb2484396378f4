using System.CommandLine;
using Granary.Client.Views;

namespace Granary.Client.Cli;

/// <summary>The commands about the silo itself: its alerts and the levels of its log. What changes nothing in trading is not asked about twice.</summary>
public static class SiloCommands
{
    private const string LevelNames = "Verbose, Debug, Information, Warning, Error or Fatal";

    /// <summary>Creates the commands.</summary>
    public static IEnumerable<Command> Create(CommandRunner run)
    {
        yield return Alerts(run);
        yield return LogLevel(run);
    }

    private static Command Alerts(CommandRunner run)
    {
        var alerts = new Command("alerts", "Alerts that stand, and the latest that were told");
        alerts.SetAction((parsed, cancel) => run(
            parsed, async (context, token) => context.Show(await context.Client.GetAlertsAsync(token), AlertsView.Render), cancel));
        var test = new Command("test", "Tell a trial alert on every channel; needs the operator token");
        test.SetAction((parsed, cancel) => run(
            parsed, async (context, token) => context.Show(await context.Client.TestAlertsAsync(context.Host.Variable("USER") ?? "", context.FindToken(), token), AlertsView.Render), cancel));
        alerts.Add(test);
        return alerts;
    }

    private static Command LogLevel(CommandRunner run)
    {
        var source = new Argument<string?>("SOURCE") { Description = "For example Granary.Grains, or Default", Arity = ArgumentArity.ZeroOrOne };
        var level = new Argument<string?>("LEVEL") { Description = LevelNames, Arity = ArgumentArity.ZeroOrOne };
        var reason = new Option<string?>("--reason") { Description = "Why; kept in the journal, at most 200 characters", HelpName = "TEXT" };
        var command = new Command("log-level", "Levels of the silo's log; with a source and a level, change one until the next start") { source, level, reason };
        command.SetAction((parsed, cancel) => run(parsed, async (context, token) =>
        {
            var (named, wanted) = (parsed.GetValue(source), parsed.GetValue(level));
            if (named is not null && wanted is null) throw new ConsoleFailure(ExitCode.Usage, $"to what level? {LevelNames}", "For example: log-level Granary.Grains Debug. Nothing was sent.");
            var answer = named is null
                ? await context.Client.GetLogLevelsAsync(token)
                : await context.Client.SetLogLevelAsync(named, wanted!, parsed.GetValue(reason) ?? "", context.Host.Variable("USER") ?? "", context.FindToken(), token);
            context.Show(answer, LogLevelsView.Render);
        }, cancel));
        return command;
    }
}
