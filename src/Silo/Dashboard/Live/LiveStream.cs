using Granary.Silo.Operator;

namespace Granary.Silo.Dashboard.Live;

/// <summary>The answer to a client that watches: an endless stream of server-sent events.</summary>
internal sealed partial class LiveStream(
    LiveHub hub, IReadOnlyList<string> topics, LivePump pump, CancellationToken stopping, ILogger<LiveHub> logger) : IResult
{
    /// <summary>Topics that a client may watch.</summary>
    public const int TopicsMax = 9;

    /// <summary>The topics that a request asks for, each once.</summary>
    /// <exception cref="OperatorProblem">400 when there are none, too many, or an unknown one.</exception>
    public static IReadOnlyList<string> TopicsOf(IQueryCollection query, LiveHub hub)
    {
        string[] topics = [.. query["topics"].SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];
        if (topics.Length is 0 or > TopicsMax) throw OperatorProblem.BadRequest($"topics named {topics.Length}; name 1 to {TopicsMax}, separated by commas");
        return topics.FirstOrDefault(t => !hub.Topics.Contains(t)) is { } unknown
            ? throw OperatorProblem.BadRequest($"there is no topic '{OperatorProblem.Echo(unknown)}'; there are {string.Join(", ", hub.Topics)}")
            : topics;
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (hub.Join(topics) is not { } client)
        {
            httpContext.Response.Headers.RetryAfter = "5";
            await new OperatorProblem(
                StatusCodes.Status503ServiceUnavailable, "Too many viewers", $"{LiveHub.ClientsMax} dashboards are open already; close one").ToResult().ExecuteAsync(httpContext);
            return;
        }

        var isStalled = false;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        try
        {
            httpContext.Response.ContentType = "text/event-stream; charset=utf-8";
            httpContext.Response.Headers.ContentEncoding = "identity";
            isStalled = !await pump.RunAsync(client, httpContext.Response.Body, end.Token);
            if (!isStalled) return;
            LogStalled(client.Conflated);
            httpContext.Abort();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The browser went, or the silo stops: the two ordinary ends.
        }
        finally
        {
            hub.Leave(client, isStalled);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "a dashboard that took nothing any more was disconnected; {Conflated} snapshots were passed over")]
    private partial void LogStalled(long conflated);
}
