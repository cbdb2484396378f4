using System.Net;

namespace Granary.Exchange.Hosting;

/// <summary>Reads the URL to serve on.</summary>
internal static class LoopbackUrl
{
    /// <summary>The end point of a loopback URL.</summary>
    /// <exception cref="ArgumentException">The URL is malformed, not http, or not a loopback address.</exception>
    public static IPEndPoint Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/")
        {
            throw new ArgumentException($"Exchange:Url was '{url}': it must look like http://127.0.0.1:8089", nameof(url));
        }
        var address = uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(uri.Host.Trim('[', ']'), out var parsed) ? parsed : null;
        if (address is null || !IPAddress.IsLoopback(address))
        {
            throw new ArgumentException(
                $"Exchange:Url was '{url}': the built-in exchange has no encryption and serves loopback addresses only; use http://127.0.0.1:{uri.Port}",
                nameof(url));
        }
        return new IPEndPoint(address, uri.Port);
    }
}
