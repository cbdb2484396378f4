using System.Net;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>The path and query of a WebSocket request, taken apart.</summary>
/// <param name="Prefix">Which root.</param>
/// <param name="IsWrapped">True for /stream ({"stream":...,"data":...}), false for /ws (bare events).</param>
/// <param name="Streams">Streams named in the path or query, in order.</param>
/// <param name="Events">User event types wanted, or null for all.</param>
internal sealed record StreamPath(StreamPrefix Prefix, bool IsWrapped, IReadOnlyList<string> Streams, IReadOnlySet<string>? Events)
{
    /// <exception cref="ExchangeException">404 when no stream endpoint has this path.</exception>
    public static StreamPath Parse(string pathAndQuery, bool acceptsLegacyPaths)
    {
        var question = pathAndQuery.IndexOf('?');
        var path = question < 0 ? pathAndQuery : pathAndQuery[..question];
        var query = question < 0 ? "" : pathAndQuery[(question + 1)..];
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var prefix = segments.Length == 0 ? StreamPrefix.Any : segments[0] switch
        {
            "public" => StreamPrefix.Public,
            "market" => StreamPrefix.Market,
            "private" => StreamPrefix.Private,
            "ws-fapi" => StreamPrefix.Api,
            _ => StreamPrefix.Any,
        };
        var at = prefix == StreamPrefix.Any ? 0 : 1;
        if (segments.Length <= at || (prefix == StreamPrefix.Any && !acceptsLegacyPaths)) throw VenueErrors.UnknownPath(path, "GET");
        if (prefix == StreamPrefix.Api) return segments is [_, "v1"] ? new StreamPath(prefix, false, [], null) : throw VenueErrors.UnknownPath(path, "GET");
        var isWrapped = segments[at] switch
        {
            "stream" when segments.Length == at + 1 => true,
            "ws" => false,
            _ => throw VenueErrors.UnknownPath(path, "GET"),
        };
        var streams = segments.Skip(at + 1).Select(WebUtility.UrlDecode).OfType<string>().ToList();
        HashSet<string>? events = null;
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var value = equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]) ?? "";
            switch (equals < 0 ? pair : pair[..equals])
            {
                case "streams":
                    streams.AddRange(value.Split('/', StringSplitOptions.RemoveEmptyEntries));
                    break;
                case "listenKey" when value.Length > 0:
                    streams.Add(value);
                    break;
                case "events" when value.Length > 0:
                    events = [.. value.Split(['/', ','], StringSplitOptions.RemoveEmptyEntries)];
                    break;
            }
        }
        return new StreamPath(prefix, isWrapped, streams, events);
    }
}
