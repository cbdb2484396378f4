namespace Granary.Venues.Transport;

/// <summary>An HTTP request.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">Path with its leading slash, without query, for example /fapi/v1/order.</param>
/// <param name="Query">Raw query text without the question mark; may be empty.</param>
/// <param name="Body">Raw form body text; may be empty.</param>
/// <param name="ApiKey">Value of the X-MBX-APIKEY header, or null.</param>
/// <param name="Timeout">How long to wait for the whole answer.</param>
public sealed record RestRequest(string Method, string Path, string Query, string Body, string? ApiKey, TimeSpan Timeout)
{
    /// <summary>Method and path only: the rest holds the key and the signature, which must not reach a log.</summary>
    public override string ToString() => $"{Method} {Path}";
}
