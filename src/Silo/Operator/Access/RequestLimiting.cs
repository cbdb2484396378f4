using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Granary.Silo.Configuration.Sections;
using Microsoft.AspNetCore.RateLimiting;

namespace Granary.Silo.Operator.Access;

/// <summary>
/// How many requests an address may send. Queries and commands are counted apart, and commands with the operator token apart from those without: neither a
/// script that asks too often nor one that guesses tokens keeps an operator from halting. The dashboard's files are not counted.
/// </summary>
internal static class RequestLimiting
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public static void Configure(RateLimiterOptions limiter, OperatorSection options)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Sender>(http => RateLimitPartition.GetTokenBucketLimiter(
            SenderOf(http), sender => Bucket(sender.IsCommand ? options.CommandsPerSecondMax : options.QueriesPerSecondMax)));
        limiter.OnRejected = static async (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Period;
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await new OperatorProblem(StatusCodes.Status429TooManyRequests, "Too many requests", "this address asks too often; wait a second")
                .ToResult().ExecuteAsync(context.HttpContext);
        };
    }

    private static Sender SenderOf(HttpContext http)
    {
        var isCommand = !AccessPolicy.IsRead(http.Request.Method);
        var tokens = http.RequestServices.GetRequiredService<AccessTokens>();
        return new Sender(http.Connection.RemoteIpAddress, isCommand, isCommand && tokens.RoleOf(http.Request.Headers.Authorization) == OperatorRole.Operate);
    }

    private static TokenBucketRateLimiterOptions Bucket(int perSecond) => new()
    {
        TokenLimit = perSecond * 2,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = Period,
        QueueLimit = 0,
    };

    private readonly record struct Sender(IPAddress? Address, bool IsCommand, bool IsOperator);
}
