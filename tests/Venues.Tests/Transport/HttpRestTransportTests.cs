using System.Net;
using System.Net.Sockets;
using System.Text;
using Granary.Venues.Tests.Support;
using Granary.Venues.Transport;

namespace Granary.Venues.Tests.Transport;

public sealed class HttpRestTransportTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ManualTimeProvider _time = new();
    private readonly HttpRestTransport _transport;

    public HttpRestTransportTests()
    {
        _listener.Start();
        _transport = new HttpRestTransport(new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"), _time);
    }

    public void Dispose()
    {
        _transport.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task Request_and_answer_with_the_headers_that_count()
    {
        var answering = AnswerAsync("HTTP/1.1 429 Too Many\r\nX-MBX-USED-WEIGHT-1M: 2401\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}");
        var response = await _transport.SendAsync(Request("POST", "", "a=1&b=2"), default);
        (response.Status, response.UsedWeight1m, response.RetryAfterS, Encoding.UTF8.GetString(response.Body.Span)).ShouldBe((429, 2401, 7, "{}"));
        var text = await answering;
        text.ShouldStartWith("POST /fapi/v1/order HTTP/1.1\r\n");
        text.ShouldContain("X-MBX-APIKEY: key\r\n");
        text.ShouldContain("Content-Type: application/x-www-form-urlencoded\r\n");
        text.ShouldEndWith("\r\n\r\na=1&b=2");
    }

    [Fact]
    public async Task A_query_goes_as_it_is_and_redirects_are_not_followed()
    {
        var answering = AnswerAsync("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        var response = await _transport.SendAsync(Request("GET", "symbol=A%2FB&x=%E5%B8%81", "") with { ApiKey = null }, default);
        (response.Status, response.UsedWeight1m, response.RetryAfterS).ShouldBe((302, -1, -1));
        var text = await answering;
        text.ShouldStartWith("GET /fapi/v1/order?symbol=A%2FB&x=%E5%B8%81 HTTP/1.1\r\n");
        text.ShouldNotContain("APIKEY");
    }

    [Theory]
    [InlineData("GET"), InlineData("POST"), InlineData("DELETE")]
    public async Task A_refused_connection_was_not_sent(string method)
    {
        _listener.Stop();
        var e = await Should.ThrowAsync<RestTransportException>(async () => await _transport.SendAsync(Request(method, "", method == "GET" ? "" : "a=1"), default));
        e.MaybeSent.ShouldBeFalse();
    }

    /// <summary>A pooled connection that breaks after the request was written: HttpClient would repeat a request without a body by itself.</summary>
    [Theory]
    [InlineData("POST"), InlineData("DELETE")]
    public async Task A_connection_that_breaks_after_writing_is_unknown_and_nothing_is_sent_again(string method)
    {
        var requests = 0;
        var serving = Task.Run(async () =>
        {
            using var first = await _listener.AcceptTcpClientAsync();
            await ReadRequestAsync(first.GetStream());
            requests++;
            await first.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray());
            await ReadRequestAsync(first.GetStream());
            requests++;
            first.Close();
        });
        (await _transport.SendAsync(Request(method, "", "a=1"), default)).Status.ShouldBe(200);
        var e = await Should.ThrowAsync<RestTransportException>(async () => await _transport.SendAsync(Request(method, "", "a=2"), default));
        e.MaybeSent.ShouldBeTrue();
        await serving;
        requests.ShouldBe(2);
        _listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task No_answer_in_time_is_unknown()
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var serving = Task.Run(async () =>
        {
            using var client = await _listener.AcceptTcpClientAsync();
            await ReadRequestAsync(client.GetStream());
            read.SetResult();
            await Should.ThrowAsync<IOException>(() => ReadRequestAsync(client.GetStream()));
        });
        var sending = _transport.SendAsync(Request("POST", "", "a=1"), default).AsTask();
        await read.Task;
        _time.Advance(TimeSpan.FromSeconds(4), static () => { });
        sending.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1), static () => { });
        var e = await Should.ThrowAsync<RestTransportException>(() => sending);
        (e.MaybeSent, e.Message).ShouldBe((true, "no answer within 5 s"));
        await serving;
    }

    [Fact]
    public async Task Cancelling_is_cancelling()
    {
        using var cancel = new CancellationTokenSource();
        var sending = _transport.SendAsync(Request("POST", "", "a=1"), cancel.Token).AsTask();
        using var client = await _listener.AcceptTcpClientAsync();
        await ReadRequestAsync(client.GetStream());
        cancel.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => sending);
    }

    private static RestRequest Request(string method, string query, string body) => new(method, "/fapi/v1/order", query, body, "key", TimeSpan.FromSeconds(5));

    private static async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var head = text.ToString();
            var end = head.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?.Split(':')[1];
                if (head.Length - end - 4 >= int.Parse(length ?? "0")) return head;
            }
            var read = await stream.ReadAsync(buffer);
            if (read == 0) throw new IOException("the client closed");
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }

    private async Task<string> AnswerAsync(string answer)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var text = await ReadRequestAsync(client.GetStream());
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer));
        return text;
    }
}
