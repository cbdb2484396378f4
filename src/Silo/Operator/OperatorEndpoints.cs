using Granary.Journal;
using Granary.Journal.Records;
using Granary.Silo.Alerts;
using Granary.Silo.Dashboard;
using Granary.Silo.Logging;
using Granary.Silo.Metrics;
using Granary.Silo.Operator.Access;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Operator;

/// <summary>
/// The operator API. On loopback reading needs no token, elsewhere it needs one of the view or the operate role; commands need that of the operate role.
/// Lists have at most 1,000 rows. Everything under /api/v1 keeps its field names; fields may be added.
/// </summary>
public static class OperatorEndpoints
{
    /// <summary>Maps every endpoint. The host must have been given <see cref="OperatorBuilderExtensions.AddOperator"/>.</summary>
    public static void MapOperatorApi(this WebApplication app)
    {
        app.Use(SecurityHeaders.AddAsync);
        app.UseRateLimiter();
        app.UseMiddleware<AccessMiddleware>();
        IEndpointRouteBuilder endpoints = app;

        // Made now, not at the first request: "up" counts from here, and a counter counts from the moment that somebody listens.
        endpoints.ServiceProvider.GetRequiredService<SiloStart>();
        endpoints.ServiceProvider.GetRequiredService<MetricCollector>();
        var guard = endpoints.ServiceProvider.GetRequiredService<OperatorGuard>();
        var all = endpoints.MapGroup("").AddEndpointFilter(guard);
        all.MapGet("/health", HealthAsync);
        all.MapGet("/metrics", (MetricCollector collector) => Results.Text(PrometheusText.Write(collector), PrometheusText.ContentType));
        var api = all.MapGroup("/api/v1");
        MapQueries(api);
        MapCommands(api);
        api.MapGrids();
        api.MapLive();
        if (app.Services.GetService<AlertHub>() is not null) api.MapAlerts();
        if (app.Services.GetService<LogLevels>() is not null) api.MapLogLevels();
        all.MapPages();
        all.MapFallback(IResult (HttpRequest request) => throw new OperatorProblem(
            StatusCodes.Status404NotFound, "Not found", $"there is nothing at {OperatorProblem.Echo(request.Path)}; try /health, /metrics or /api/v1/status"));
    }

    private static async Task<IResult> HealthAsync(EngineObserver observer, CancellationToken cancellationToken)
    {
        var status = await observer.GetStatusAsync(cancellationToken);
        var body = new HealthBody(
            status.Status, status.Runtime, status.Venue, status.RealMoney, status.Accounts.ToDictionary(a => a.Account, a => a.State), status.Problems,
            status.Notes);
        return Results.Json(body, statusCode: status.Status == StatusBody.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static void MapQueries(RouteGroupBuilder api)
    {
        api.MapGet("/status", async (EngineObserver observer, CancellationToken cancel) => await observer.GetStatusAsync(cancel));
        api.MapGet("/symbols", async (EngineObserver observer, CancellationToken cancel) => Items(await observer.GetSymbolsAsync(cancel)));
        api.MapGet("/symbols/{symbol}", async (string symbol, OperatorNames names, EngineObserver observer, CancellationToken cancel) =>
            await observer.GetSymbolAsync(names.Symbol(symbol), cancel));
        api.MapGet("/accounts", async (EngineObserver observer, CancellationToken cancel) => Items(await observer.GetAccountsAsync(cancel)));
        api.MapGet("/accounts/{account}", async (string account, OperatorNames names, EngineObserver observer, CancellationToken cancel) =>
            await observer.GetAccountAsync(names.Account(account), cancel));
        api.MapGet("/accounts/{account}/risk", async (string account, OperatorNames names, EngineObserver observer, CancellationToken cancel) =>
            await observer.GetRiskAsync(names.Account(account), cancel));
        api.MapGet("/engine", async (EngineObserver observer, CancellationToken cancel) => await observer.GetEngineStopAsync(cancel));
        api.MapGet("/positions", async (HttpRequest request, OperatorNames names, EngineObserver observer, CancellationToken cancel) =>
        {
            var (account, symbol) = (names.AccountOf(request.Query), names.SymbolOf(request.Query));
            var accounts = account is null ? await observer.GetAccountsAsync(cancel) : [await observer.GetAccountAsync(account, cancel)];
            return Items(accounts.SelectMany(a => a.Positions).Where(p => p.Quantity != 0 && (symbol is null || p.Symbol == symbol)));
        });
        api.MapGet("/orders", OrdersAsync);
        api.MapGet("/fills", FillsAsync);
        api.MapGet("/decisions", async (HttpRequest request, OperatorNames names, IJournal journal, CancellationToken cancel) =>
        {
            var decisions = await journal.Reader.GetDecisionsAsync(
                names.AccountOf(request.Query), names.SymbolOf(request.Query), OperatorNames.LimitOf(request.Query), cancel);
            return Items(decisions.Select(DecisionBody.From));
        });
        api.MapGet("/slippage", async (HttpRequest request, OperatorNames names, EngineObserver observer, CancellationToken cancel) =>
            Items(await observer.GetSlippageAsync(names.AccountOf(request.Query), names.SymbolOf(request.Query), cancel)));
        api.MapGet("/slippage/orders", async (HttpRequest request, OperatorNames names, IJournal journal, CancellationToken cancel) =>
        {
            var costs = await journal.Reader.GetOrderCostsAsync(
                names.AccountOf(request.Query), names.SymbolOf(request.Query), OperatorNames.LimitOf(request.Query), cancel);
            return Items(costs.Select(OrderCostBody.From));
        });
        api.MapGet("/incidents", async (HttpRequest request, IJournal journal, CancellationToken cancel) =>
            Items(await journal.Reader.GetIncidentsAsync(OperatorNames.LimitOf(request.Query), cancel)));
        api.MapGet("/equity/{account}", async (string account, HttpRequest request, OperatorNames names, IJournal journal, CancellationToken cancel) =>
            Items(await journal.Reader.GetEquityAsync(names.Account(account), OperatorNames.LimitOf(request.Query), cancel)));
    }

    private static async Task<ItemsBody<OrderRecord>> OrdersAsync(HttpRequest request, OperatorNames names, IJournal journal, CancellationToken cancel)
    {
        var (account, symbol, limit) = (names.AccountOf(request.Query), names.SymbolOf(request.Query), OperatorNames.LimitOf(request.Query));
        if (!OperatorNames.FlagOf(request.Query, "open")) return Items(await journal.Reader.GetOrdersAsync(account, symbol, limit, cancel));
        var orders = new List<OrderRecord>();
        foreach (var name in account is null ? names.Accounts : [account]) orders.AddRange(await journal.Reader.GetLiveOrdersAsync(name, symbol, cancel));
        return Items(orders.OrderByDescending(o => o.TimeMs).Take(limit));
    }

    private static async Task<ItemsBody<FillRecord>> FillsAsync(HttpRequest request, OperatorNames names, IJournal journal, CancellationToken cancel)
    {
        var (account, symbol, limit) = (names.AccountOf(request.Query), names.SymbolOf(request.Query), OperatorNames.LimitOf(request.Query));
        var fills = new List<FillRecord>();
        foreach (var name in account is null ? names.Accounts : [account])
            fills.AddRange(await LatestFills.ReadAsync(journal.Reader, name, symbol, limit, cancel));
        return Items(fills.OrderByDescending(f => f.Position).Take(limit));
    }

    private static void MapCommands(RouteGroupBuilder api)
    {
        foreach (var command in OperatorCommands.Names)
        {
            api.MapPost($"/accounts/{{account}}/{command}", async (
                string account, HttpContext http, OperatorNames names, OperatorCommands commands) =>
            {
                var name = names.Account(account);
                return await commands.RunAsync(command, name, await CommandRequest.ReadAsync(http.Request, http.RequestAborted));
            });
        }
        foreach (var command in OperatorCommands.EngineNames)
        {
            api.MapPost($"/engine/{command}", async (HttpContext http, OperatorCommands commands) =>
                await commands.RunEngineAsync(command, await CommandRequest.ReadAsync(http.Request, http.RequestAborted)));
        }
    }

    private static ItemsBody<T> Items<T>(IEnumerable<T> items) => new([.. items]);
}
