using System.CommandLine;
using Granary.Client.Views;

namespace Granary.Client.Cli;

/// <summary>The commands that only look.</summary>
public static class QueryCommands
{
    /// <summary>Rows that a list shows unless told otherwise.</summary>
    public const int LimitDefault = 20;

    /// <summary>The most rows that the silo gives at once.</summary>
    public const int LimitMax = 1_000;

    /// <summary>Creates the commands.</summary>
    public static IEnumerable<Command> Create(CommandRunner run)
    {
        yield return Make(run, "status", "Is all well? Runtime, venue, accounts and symbols at a glance",
            async (context, cancel) => context.Show(await context.Client.GetStatusAsync(cancel), StatusView.Render));
        yield return Make(run, "symbols", "All symbols: prices, data age, trades and bars",
            async (context, cancel) => context.Show(await context.Client.GetSymbolsAsync(cancel), list => SymbolView.RenderList(list.Items)));

        var symbol = new Argument<string>("SYMBOL") { Description = "For example BTCUSDT" };
        yield return Make(run, "symbol", "One symbol: last bar's features, last decision, position's protection",
            async (context, cancel) => context.Show(await context.Client.GetSymbolAsync(context.Parsed.GetRequiredValue(symbol), cancel), SymbolView.Render), symbol);

        var name = new Argument<string>("NAME") { Description = "Account name, for example main" };
        yield return Make(run, "account", "One account: state, wallet, exposure, positions, refusals by reason",
            async (context, cancel) => context.Show(await context.Client.GetAccountAsync(context.Parsed.GetRequiredValue(name), cancel), AccountView.Render), name);

        var risked = new Argument<string>("NAME") { Description = "Account name, default main", DefaultValueFactory = _ => "main" };
        yield return Make(run, "risk", "Risk of an account: value at risk, scenarios, margin, use of the limits, costs",
            async (context, cancel) => context.Show(await context.Client.GetRiskAsync(context.Parsed.GetRequiredValue(risked), cancel), RiskView.Render), risked);

        var (ordersFilter, openOnly) = (new ListFilter(), new Option<bool>("--open") { Description = "Only orders that are not final" });
        yield return Make(run, "orders", "The latest orders, newest first",
            async (context, cancel) => context.Show(
                await context.Client.GetOrdersAsync(ordersFilter.Read(context.Parsed), context.Parsed.GetValue(openOnly), cancel),
                list => OrdersView.Render(list.Items)),
            [.. ordersFilter.Symbols, openOnly]);
        yield return Make(run, "positions", "Open positions of all accounts",
            async (context, cancel) => context.Show(await context.Client.GetPositionsAsync(cancel), list => PositionsView.Render(list.Items)));

        var fillsFilter = new ListFilter();
        yield return Make(run, "fills", "The latest fills, newest first",
            async (context, cancel) => context.Show(
                await context.Client.GetFillsAsync(fillsFilter.Read(context.Parsed), cancel), list => FillsView.Render(list.Items)),
            [.. fillsFilter.Symbols]);

        var (slippageFilter, byOrder) = (new ListFilter(), new Option<bool>("--orders") { Description = "The latest orders one by one, newest first" });
        yield return Make(run, "slippage", "What orders cost against their arrival prices, and what was expected of them",
            async (context, cancel) =>
            {
                var query = slippageFilter.Read(context.Parsed);
                if (context.Parsed.GetValue(byOrder)) context.Show(await context.Client.GetOrderCostsAsync(query, cancel), list => SlippageView.RenderOrders(list.Items));
                else context.Show(await context.Client.GetSlippageAsync(query, cancel), list => SlippageView.Render(list.Items));
            },
            [.. slippageFilter.Symbols, byOrder]);

        var decisionsFilter = new ListFilter();
        yield return Make(run, "decisions", "What the strategies proposed and what the risk gate said, newest first",
            async (context, cancel) => context.Show(
                await context.Client.GetDecisionsAsync(decisionsFilter.Read(context.Parsed), cancel), list => DecisionsView.Render(list.Items)),
            [.. decisionsFilter.Symbols]);

        var limit = ListFilter.CreateLimit();
        yield return Make(run, "incidents", "Anomalies and operator commands, newest first",
            async (context, cancel) => context.Show(
                await context.Client.GetIncidentsAsync(context.Parsed.GetValue(limit), cancel), list => IncidentsView.Render(list.Items)),
            limit);
    }

    private static Command Make(
        CommandRunner run, string name, string description, Func<CommandContext, CancellationToken, Task> body, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) command.Add(argument);
            else if (symbol is Option option) command.Add(option);
        }
        command.SetAction((parsed, cancel) => run(parsed, body, cancel));
        return command;
    }
}
