namespace Granary.Silo.Operator.Access;

/// <summary>What every request passes before an endpoint sees it: the address it was meant for, the page that sent it, and the role that it proves.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, AccessPolicy policy, AccessTokens tokens)
{
    public Task InvokeAsync(HttpContext http)
    {
        try
        {
            Check(http);
        }
        catch (OperatorProblem problem)
        {
            return problem.ToResult().ExecuteAsync(http);
        }

        return next(http);
    }

    private void Check(HttpContext http)
    {
        var request = http.Request;
        if (!policy.IsOwnHost(request.Host.Host))
            throw OperatorProblem.BadRequest($"the host was '{OperatorProblem.Echo(request.Host.Host)}'; served are {policy.HostsInWords}; Operator:HostNames adds others");
        var isRead = AccessPolicy.IsRead(request.Method);
        if (IsFromElsewhere(request, isRead))
            throw new OperatorProblem(StatusCodes.Status403Forbidden, "Not from here", "a page of another origin asked for this; open the address itself");
        var needed = policy.RoleFor(request.Method, http.GetEndpoint()?.Metadata.GetMetadata<PageMark>() is not null);
        if (needed == OperatorRole.None) return;
        var role = tokens.RoleOf(request.Headers.Authorization);
        if (role >= needed) return;
        if (role != OperatorRole.None)
            throw new OperatorProblem(StatusCodes.Status403Forbidden, "Not allowed", "this token may only read; commands need the operator token");
        http.Response.Headers.WWWAuthenticate = "Bearer";
        throw new OperatorProblem(
            StatusCodes.Status401Unauthorized, "Not authorised",
            isRead
                ? "reading needs the header 'Authorization: Bearer' with a token, which is in view.token or operator.token"
                : "commands need the header 'Authorization: Bearer' with the operator token, which is in operator.token");
    }

    /// <summary>
    /// Whether a browser says that another origin's page sends the request. A link to a page that is only read is followed, because the page that has it
    /// cannot see what comes; a command is never taken from elsewhere.
    /// </summary>
    private static bool IsFromElsewhere(HttpRequest request, bool isRead)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none") && !(isRead && request.Headers["Sec-Fetch-Mode"] == "navigate")) return true;
        return !isRead && request.Headers.Origin is { Count: > 0 } origin && origin != $"{request.Scheme}://{request.Host.Value}";
    }
}
