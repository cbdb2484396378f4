namespace Granary.Exchange.Protocol;

/// <summary>An endpoint.</summary>
/// <param name="Security">What it demands.</param>
/// <param name="Weight">Request weight, from the parameters.</param>
/// <param name="IsOrder">Whether it counts against the order limits.</param>
/// <param name="Answer">Writes the body of a 200 answer, or throws the refusal.</param>
internal sealed record RestRoute(RestSecurity Security, Func<RequestParameters, int> Weight, bool IsOrder, Action<RestRequestContext> Answer)
{
    /// <summary>Orders that a request counts for; null for one.</summary>
    public Func<RequestParameters, int>? OrderCount { get; init; }
}
