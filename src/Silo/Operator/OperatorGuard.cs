namespace Granary.Silo.Operator;

/// <summary>What every request passes: the address it was meant for, and what its failure is answered with.</summary>
internal sealed partial class OperatorGuard(ILogger<OperatorGuard> logger) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        try
        {
            // A page elsewhere can point its own name at this machine and so have a browser read the answers; the name then gives it away.
            if (!IsLoopback(http.Request.Host.Host))
                throw OperatorProblem.BadRequest($"the host was '{OperatorProblem.Echo(http.Request.Host.Host)}'; only 127.0.0.1, [::1] and localhost are served");
            if (IsFromElsewhere(http.Request.Headers))
                throw new OperatorProblem(StatusCodes.Status403Forbidden, "Not from here", "a page of another origin asked for this; open the address itself");
            return await next(context);
        }
        catch (OperatorProblem problem)
        {
            return problem.ToResult();
        }
        catch (BadHttpRequestException e)
        {
            return new OperatorProblem(e.StatusCode, "Bad request", e.Message).ToResult();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (Exception e)
        {
            LogFailed(e, http.Request.Method, http.Request.Path);
            return new OperatorProblem(StatusCodes.Status500InternalServerError, "Failed", "the request failed; the silo's log says why").ToResult();
        }
    }

    /// <summary>Whether a browser says that another origin's page sends the request; opening the address from there is allowed, that page cannot read it.</summary>
    private static bool IsFromElsewhere(IHeaderDictionary headers) =>
        headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none") && headers["Sec-Fetch-Mode"] != "navigate";

    private static bool IsLoopback(string host) => host is "127.0.0.1" or "[::1]" or "::1" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(Exception exception, string method, string path);
}
