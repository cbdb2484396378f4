namespace Granary.Silo.Operator.Access;

/// <summary>What every answer tells a browser, whoever makes the answer.</summary>
internal static class SecurityHeaders
{
    /// <summary>An answer of the API is no page: nothing in it may load or run. The dashboard's files say otherwise for themselves.</summary>
    private const string NothingRuns = "default-src 'none'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = NothingRuns;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(http);
    }
}
