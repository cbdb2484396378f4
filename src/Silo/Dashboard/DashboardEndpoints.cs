using Granary.Silo.Dashboard.Bars;
using Granary.Silo.Dashboard.Live;
using Granary.Silo.Operator;
using Granary.Silo.Operator.Access;

namespace Granary.Silo.Dashboard;

/// <summary>The dashboard: its files at the root, the live stream and the bars that it draws under /api/v1.</summary>
internal static class DashboardEndpoints
{
    private static readonly string[] Readers = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the files; the group must carry the operator API's guard.</summary>
    public static void MapPages(this IEndpointRouteBuilder all)
    {
        var pages = all.MapGroup("").WithMetadata(PageMark.Instance).DisableRateLimiting();
        pages.MapMethods("/", Readers, (PageFiles files) => Page(files, "index.html"));
        pages.MapMethods("/dashboard/{**name}", Readers, (string name, PageFiles files) => Page(files, name));
    }

    /// <summary>Maps the stream and the bars.</summary>
    public static void MapLive(this IEndpointRouteBuilder api)
    {
        api.MapGet("/live", (HttpRequest request, LiveHub hub, LivePump pump, IHostApplicationLifetime lifetime, ILogger<LiveHub> logger) =>
            new LiveStream(hub, LiveStream.TopicsOf(request.Query, hub), pump, lifetime.ApplicationStopping, logger));
        api.MapGet("/symbols/{symbol}/bars", async (string symbol, HttpRequest request, OperatorNames names, EngineObserver observer) =>
        {
            var name = names.Symbol(symbol);
            return BarsBody.From(name, await observer.GetBarsAsync(name, OperatorNames.LimitOf(request.Query), request.HttpContext.RequestAborted));
        });
    }

    private static PageResult Page(PageFiles files, string name) => files.TryGet(name, out var file)
        ? new PageResult(file)
        : throw new OperatorProblem(StatusCodes.Status404NotFound, "Not found", $"the dashboard has no file '{OperatorProblem.Echo(name)}'");
}
