using Microsoft.Net.Http.Headers;

namespace Granary.Silo.Dashboard;

/// <summary>Answers with a file of the dashboard, or with 304 when the browser has it.</summary>
internal sealed class PageResult(PageFile file) : IResult
{
    /// <summary>Nothing but the dashboard's own files runs, and nobody may put it into a frame.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";

        // Kept, and asked about every time: after an upgrade no page runs with half of the old one.
        response.Headers.CacheControl = "no-cache";
        response.Headers.ETag = file.ETag;
        if (EntityTagHeaderValue.TryParseList([.. request.Headers.IfNoneMatch.OfType<string>()], out var known) && known.Any(tag => tag.Tag == file.ETag || tag.Tag == "*"))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = file.Bytes.Length;
        if (!HttpMethods.IsHead(request.Method)) await response.Body.WriteAsync(file.Bytes, httpContext.RequestAborted);
    }
}
