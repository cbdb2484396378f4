using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Granary.Silo.Tests.Alerts;

/// <summary>A receiver of webhooks on loopback.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(string PathAndQuery, string Body)> _received = [];

    private Receiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public int Status { get; set; } = 200;

    public string Answer { get; set; } = "ok";

    public Action<HttpResponse>? OnAnswer { get; set; }

    public IReadOnlyList<(string PathAndQuery, string Body)> Received
    {
        get
        {
            lock (_received) return [.. _received];
        }
    }

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        lock (_received) _received.Add(($"{http.Request.Path}{http.Request.QueryString}", body));
        http.Response.StatusCode = Status;
        OnAnswer?.Invoke(http.Response);
        await http.Response.WriteAsync(Answer);
    }
}
