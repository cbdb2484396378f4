using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Granary.Exchange.Hosting;

/// <summary>Gives Kestrel's requests to a delegate.</summary>
internal sealed class HttpApplication(RequestDelegate handle, ILogger logger) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            await handle(context);
        }
        catch (Exception lost) when (lost is ConnectionResetException or ConnectionAbortedException || context.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug("a client went away during {Method} {Path}", context.Request.Method, context.Request.Path);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = bad.StatusCode;
        }
        catch (Exception defect) when (!context.Response.HasStarted)
        {
            // The client cannot know whether its request took effect; 500 says so. The query holds a signature, so only the path is logged.
            logger.LogError(defect, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"code":-1000,"msg":"An unknown error occurred while processing the request."}""");
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }
}
