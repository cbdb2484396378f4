using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Granary.Venues.Transport;

/// <summary>
/// REST over HttpClient: HTTP/1.1, pooled connections, no redirects, no cookies. Whether a request with a body may have reached the venue is known
/// exactly: not before the first byte of the body was asked for, and a server cannot act on a body that it does not have.
/// </summary>
public sealed class HttpRestTransport : IRestTransport, IDisposable
{
    /// <summary>Longest answer that is read, in bytes; a longer one is an error.</summary>
    public const int AnswerLengthMax = 64 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue _formType = new("application/x-www-form-urlencoded");
    private readonly HttpClient _client;
    private readonly Uri _baseUrl;
    private readonly TimeProvider _time;

    /// <summary>Makes a transport; connects when it is first used.</summary>
    /// <param name="baseUrl">http or https address without path.</param>
    /// <param name="time">The clock of the time limits.</param>
    /// <param name="connectionsMax">Most connections at a time, 1 or more; further requests wait inside their time limit.</param>
    public HttpRestTransport(Uri baseUrl, TimeProvider time, int connectionsMax = 32)
    {
        _baseUrl = baseUrl;
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !baseUrl.IsLoopback,
            AutomaticDecompression = DecompressionMethods.GZip,
            MaxConnectionsPerServer = connectionsMax,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(55),
            PooledConnectionLifetime = TimeSpan.FromMinutes(30),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = AnswerLengthMax,
            DefaultRequestVersion = HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    /// <inheritdoc />
    public async ValueTask<RestResponse> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var url = new Uri(_baseUrl, request.Query.Length == 0 ? request.Path : $"{request.Path}?{request.Query}");
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (request.ApiKey is not null) message.Headers.Add("X-MBX-APIKEY", request.ApiKey);
        TrackedFormContent? content = null;
        if (request.Method != "GET")
        {
            content = new TrackedFormContent(request.Body);
            content.Headers.ContentType = _formType;
            message.Content = content;
        }
        using var timeout = new CancellationTokenSource(request.Timeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseContentRead, limit.Token);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return new RestResponse((int)response.StatusCode, body, Header(response, "X-MBX-USED-WEIGHT-1M"), RetryAfterS(response));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            var what = e.InnerException is TimeoutException ? "could not connect in time" : $"no answer within {request.Timeout.TotalSeconds:0.###} s";
            throw new RestTransportException(what, MaybeSent(content, null));
        }
        catch (HttpRequestException e)
        {
            // HttpClient's texts name host and port but neither query nor headers.
            throw new RestTransportException($"{e.HttpRequestError}: {e.Message}", MaybeSent(content, e), e);
        }
        catch (IOException e)
        {
            throw new RestTransportException($"the connection broke: {e.Message}", MaybeSent(content, null), e);
        }
    }

    /// <summary>Closes the pooled connections.</summary>
    public void Dispose() => _client.Dispose();

    private static bool MaybeSent(TrackedFormContent? content, HttpRequestException? e) => content?.IsStarted
        ?? e?.HttpRequestError is not (HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError);

    private static int Header(HttpResponseMessage response, string name)
    {
        if (!response.Headers.TryGetValues(name, out var values)) return -1;
        return int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
    }

    private int RetryAfterS(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } retryAfter) return -1;
        var wait = retryAfter.Delta ?? (retryAfter.Date - _time.GetUtcNow());
        return wait is null ? -1 : (int)Math.Clamp(Math.Ceiling(wait.Value.TotalSeconds), 0, int.MaxValue);
    }
}
