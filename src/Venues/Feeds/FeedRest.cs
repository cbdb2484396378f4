using System.Text.Json;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Granary.Venues.Transport;

namespace Granary.Venues.Feeds;

/// <summary>Public queries of a backup feed: repeated after transient failures, refused by the code in the body.</summary>
/// <param name="options">Patience and repetitions.</param>
/// <param name="transport">Carries the requests.</param>
/// <param name="time">The clock of the waits.</param>
/// <param name="codeField">The field that is 0 in a good answer.</param>
/// <param name="messageField">The field that says why it is not.</param>
internal sealed class FeedRest(FeedOptions options, IRestTransport transport, TimeProvider time, string codeField, string messageField)
{
    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), options.Seed);

    /// <summary>Asks until there is an answer, a refusal or no patience left.</summary>
    /// <param name="path">Path with its leading slash.</param>
    /// <param name="query">Query text, may be empty.</param>
    /// <param name="decode">Reads a good answer; throws <see cref="FormatException"/> when it is not what was asked for.</param>
    /// <param name="cancellationToken">Ends every wait.</param>
    /// <exception cref="VenueException">No answer, a refusal, or an answer that could not be read.</exception>
    public async ValueTask<T> QueryAsync<T>(string path, string query, Func<JsonElement, T> decode, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            VenueException failure;
            try
            {
                var response = await transport.SendAsync(new RestRequest("GET", path, query, "", null, options.RequestTimeout), cancellationToken);
                using var document = JsonDocument.Parse(response.Body);
                var root = document.RootElement;
                var code = (int)Math.Clamp(root.IntegerOrZero(codeField), int.MinValue, int.MaxValue);
                if (response.Status is >= 200 and < 300 && code == 0) return decode(root);
                failure = new VenueException($"{options.Name} {path}: HTTP {response.Status}, code {code}: {root.TextOrEmpty(messageField)}", code,
                    response.Status);
                if (response.Status is >= 400 and < 500 and not 429 || (response.Status < 300 && code != 0)) throw failure;
            }
            catch (Exception e) when (e is RestTransportException or JsonException or FormatException)
            {
                failure = new VenueException($"{options.Name} {path}: {(e is RestTransportException ? "no answer" : "the answer was not understood")}: {e.Message}", innerException: e);
            }
            if (failures >= options.QueryRetries) throw failure;
            await Task.Delay(_backoff.After(failures), time, cancellationToken);
        }
    }
}
