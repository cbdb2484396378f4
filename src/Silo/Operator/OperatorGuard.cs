namespace Granary.Silo.Operator;

/// <summary>What the failure of a request is answered with.</summary>
internal sealed partial class OperatorGuard(ILogger<OperatorGuard> logger) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
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

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(Exception exception, string method, string path);
}
