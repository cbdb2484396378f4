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

    private static bool IsLoopback(string host) => host is "127.0.0.1" or "[::1]" or "::1" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(Exception exception, string method, string path);
}
