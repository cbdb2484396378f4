using System.Net;
using System.Net.Http.Headers;

namespace Granary.Silo.Alerts.Channels;

/// <summary>Tells alerts to a receiver over HTTP. Neither its address nor its answers reach a log.</summary>
/// <param name="name">Its configured name.</param>
/// <param name="kind">What the receiver is.</param>
/// <param name="address">Where it is.</param>
/// <param name="chat">Telegram's chat, else empty.</param>
/// <param name="engine">Name of the engine that tells.</param>
/// <param name="http">Sends; follows no redirection.</param>
/// <param name="time">The clock that DingTalk's signature is made by.</param>
public sealed class WebhookChannel(
    string name, AlertChannelKind kind, AlertAddress address, string chat, string engine, HttpMessageInvoker http, TimeProvider time) : IAlertChannel
{
    private const int AnswerBytesMax = 64 * 1024;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public async Task SendAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        try
        {
            var url = kind == AlertChannelKind.DingTalk ? WebhookMessages.Signed(address, time.GetUtcNow().ToUnixTimeMilliseconds()) : address.Url;
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(WebhookMessages.Body(kind, notice, engine, chat)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            using var response = await http.SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            if (!response.IsSuccessStatusCode)
            {
                // What the receiver does not understand today it will not understand in a minute.
                var isFinal = status is >= 300 and < 500 && response.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
                throw new AlertChannelException($"it answered {status}", isFinal, response.Headers.RetryAfter?.Delta);
            }
            if (WebhookMessages.Complaint(kind, await ReadAsync(response.Content, cancellationToken)) is { } complaint) throw new AlertChannelException(complaint);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The exception's own message may name the address.
            throw new AlertChannelException(e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http ? $"{http.HttpRequestError}" : "the connection failed");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[AnswerBytesMax];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer.AsMemory(0, length);
    }
}
