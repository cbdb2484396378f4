using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Operator;

/// <summary>Grids of the operator API: all of them, one, and the two commands to one.</summary>
internal static class GridEndpoints
{
    private static readonly string[] Commands = ["pause", "resume"];

    /// <summary>Maps the queries and the commands.</summary>
    public static void MapGrids(this RouteGroupBuilder api)
    {
        api.MapGet("/grids", async (GridObserver observer, CancellationToken cancel) => new ItemsBody<GridView>([.. await observer.GetGridsAsync(cancel)]));
        api.MapGet("/accounts/{account}/grids/{symbol}", async (string account, string symbol, OperatorNames names, GridObserver observer, CancellationToken cancel) =>
            await observer.GetGridAsync(names.Account(account), names.Symbol(symbol), cancel));
        foreach (var command in Commands)
        {
            api.MapPost($"/accounts/{{account}}/grids/{{symbol}}/{command}", async (
                string account, string symbol, HttpContext http, OperatorNames names, GridObserver observer) =>
            {
                var (name, listed) = (names.Account(account), names.Symbol(symbol));
                return await observer.ControlAsync(name, listed, command, await CommandRequest.ReadAsync(http.Request, http.RequestAborted));
            });
        }
    }

    /// <summary>The accounts and symbols that have a grid, in the order of the configuration.</summary>
    public static IEnumerable<(string Account, string Symbol)> Grids(EngineSettings settings) =>
        settings.Symbols.Where(s => s.Grid.Enabled).SelectMany(s => s.Accounts.Select(account => (account, s.Symbol)));
}
