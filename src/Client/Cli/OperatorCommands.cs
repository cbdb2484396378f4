using System.CommandLine;
using Granary.Client.Views;
using Spectre.Console;

namespace Granary.Client.Cli;

/// <summary>The commands that change something. Each asks first, needs the operator token, and is recorded by the silo.</summary>
public static class OperatorCommands
{
    private static readonly (string Name, string Description, string Question, bool IsOfEngine)[] All =
    [
        ("halt", "Open nothing until resumed, also after a restart; positions stay, their stops and exits still pass", "Halt {0}?", true),
        ("reduce-only", "Wind down: open nothing, only orders that make positions smaller pass", "Set {0} to reduce-only?", true),
        ("resume", "Trade again after halt, reduce-only or flatten", "Let {0} trade again?", true),
        ("flatten", "Halt, cancel every order and close every position at market until flat", "Cancel every order and close every position of {0} at market?", true),
        ("reconcile", "Compare books and venue now", "Reconcile {0} with the venue now?", false),
    ];

    /// <summary>Creates the commands.</summary>
    public static IEnumerable<Command> Create(CommandRunner run)
    {
        foreach (var (name, description, question, isOfEngine) in All)
        {
            var account = new Argument<string?>("NAME")
            {
                Description = "Account name, for example main",
                Arity = isOfEngine ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
            };
            account.Validators.Add(result =>
            {
                // What is no option of this command would be taken for a name.
                if (result.Tokens.FirstOrDefault()?.Value is { } token && token.StartsWith('-'))
                    result.AddError($"{token} is no option of {name}, which takes an account's name. For example: {name} main. Nothing was sent.");
            });
            var engine = new Option<bool>("--engine") { Description = "The whole engine: every account, also those that start later; lifted by resume --engine alone" };
            var reason = new Option<string?>("--reason") { Description = "Why; kept in the journal, at most 200 characters", HelpName = "TEXT" };
            var who = new Option<string?>("--who") { Description = "Who gives it, default the user of this machine, at most 40 characters", HelpName = "NAME" };
            var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask" };
            var command = new Command(name, description) { account, reason, who, yes };
            if (isOfEngine) command.Add(engine);
            command.SetAction((parsed, cancel) => run(
                parsed,
                (context, token) => SendAsync(
                    context, new Order(name, question, Target(parsed.GetValue(account), isOfEngine && parsed.GetValue(engine)), parsed.GetValue(reason) ?? "",
                        parsed.GetValue(who) ?? context.Host.Variable("USER") ?? "", parsed.GetValue(yes)),
                    token),
                cancel));
            yield return command;
        }
    }

    private static string? Target(string? account, bool isEngine) => (account, isEngine) switch
    {
        (null, true) => null,
        (not null, false) => account,
        _ => throw new ConsoleFailure(ExitCode.Usage, "name an account, or --engine for all of them", "For example: halt main, or halt --engine. Nothing was sent."),
    };

    private static async Task SendAsync(CommandContext context, Order order, CancellationToken cancellationToken)
    {
        var operatorToken = context.FindToken();
        var target = order.Account is { } name ? $"account {name}" : "the whole engine";
        if (!order.Yes) await ConfirmAsync(context, string.Format(null, order.Question, target), cancellationToken);
        bool recorded;
        if (order.Account is { } account)
        {
            var answer = await context.Client.CommandAsync(account, order.Name, order.Reason, order.Who, operatorToken, cancellationToken);
            context.Show(answer, CommandView.Render);
            recorded = answer.Value.Recorded;
        }
        else
        {
            var answer = await context.Client.EngineCommandAsync(order.Name, order.Reason, order.Who, operatorToken, cancellationToken);
            context.Show(answer, CommandView.Render);
            recorded = answer.Value.Recorded;
        }
        if (!recorded) await context.Host.Error.WriteLineAsync("warning: the command was carried out, but the journal could not record it; look at the silo's log");
    }

    private static async Task ConfirmAsync(CommandContext context, string question, CancellationToken cancellationToken)
    {
        if (!context.Host.IsInteractive || context.IsJson)
        {
            throw new ConsoleFailure(
                ExitCode.Usage, "this command changes something and nobody can be asked here", "Add --yes to confirm. Nothing was sent.");
        }
        var prompt = new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false };
        if (!await prompt.ShowAsync(context.Host.Screen, cancellationToken)) throw new ConsoleFailure(ExitCode.Usage, "not confirmed; nothing was sent");
    }

    /// <summary>A command as it was typed; without an account it is to the whole engine.</summary>
    private sealed record Order(string Name, string Question, string? Account, string Reason, string Who, bool Yes);
}
