namespace Granary.Exchange.Protocol;

/// <summary>An HTTP request as the protocol sees it: raw text, because signatures are taken over the raw text.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">Path with its leading slash, without query.</param>
/// <param name="Query">Raw query text without the question mark; may be empty.</param>
/// <param name="Body">Raw body text, read as form parameters whatever its content type; may be empty.</param>
/// <param name="ApiKey">Value of the X-MBX-APIKEY header, or null.</param>
/// <param name="ClientAddress">Whom request weight is charged to, for example an IP address.</param>
public sealed record RestCall(string Method, string Path, string Query, string Body, string? ApiKey, string ClientAddress)
{
    /// <summary>A text that the client may have signed in place of the query and body as they stand here; null where there is none.</summary>
    public string? SignedText { get; init; }
}
