using System.Buffers;
using System.Globalization;
using System.Text;
using Granary.Exchange.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Granary.Exchange.Hosting;

/// <summary>Maps HTTP requests to the REST protocol.</summary>
internal sealed class RestMiddleware(RestProtocol rest, ExchangeServerOptions options, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var body = await ReadBodyAsync(context);
        if (body is null)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }
        // The raw target, because signatures are taken over the text as it was sent.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?');
        var reply = rest.Handle(new RestCall(
            context.Request.Method,
            question < 0 ? target : target[..question],
            question < 0 ? "" : target[(question + 1)..],
            body,
            context.Request.Headers["X-MBX-APIKEY"],
            context.Connection.RemoteIpAddress?.ToString() ?? "unknown"));
        if (reply.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(reply.DelayMs), time, context.RequestAborted);
        if (reply.IsLost)
        {
            context.Abort();
            return;
        }
        Write(context.Response, reply);
        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }

    private static void Write(HttpResponse response, RestReply reply)
    {
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        Header("X-MBX-USED-WEIGHT-1M", reply.UsedWeight1m);
        Header("X-MBX-ORDER-COUNT-10S", reply.OrderCount10s);
        Header("X-MBX-ORDER-COUNT-1M", reply.OrderCount1m);
        Header("Retry-After", reply.RetryAfterS);

        void Header(string name, int value)
        {
            if (value >= 0) response.Headers[name] = value.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The body as text, or null when it is too long.</summary>
    private async Task<string?> ReadBodyAsync(HttpContext context)
    {
        var (length, headers) = (context.Request.ContentLength, context.Request.Headers);
        if (length is 0 || (length is null && !headers.ContainsKey("Transfer-Encoding"))) return "";
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.Buffer.Length > options.RequestBodyBytesMax) return null;
            if (result.IsCompleted)
            {
                var text = Encoding.UTF8.GetString(result.Buffer);
                reader.AdvanceTo(result.Buffer.End);
                return text;
            }
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
