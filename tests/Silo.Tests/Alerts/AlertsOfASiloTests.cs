using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Granary.Silo.Alerts.Rules;
using Granary.Silo.Hosting;
using Granary.Silo.Tests.Hosting;

namespace Granary.Silo.Tests.Alerts;

/// <summary>A silo, its built-in exchange that misbehaves, and a receiver: from the fault to the message and back.</summary>
public sealed class AlertsOfASiloTests : IAsyncLifetime
{
    private readonly SiloBench _bench = new();
    private readonly HttpClient _http = new();
    private Receiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        _bench.Dispose();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_lost_stream_is_told_and_so_is_its_return_and_the_trial_needs_the_token()
    {
        await using var silo = await StartAsync(_receiver.Url + "/planted-hook");
        var token = (await File.ReadAllTextAsync(Path.Combine(_bench.Folder, "data", "operator.token"))).Trim();

        (await PostAsync(silo, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(silo, token)).ShouldBe(HttpStatusCode.OK);
        await ToldAsync(AlertRules.Test, "Firing");

        using (var closed = await _http.DeleteAsync(silo.Exchange!.Url + "/granary/v1/sessions", _bench.Timeout)) closed.EnsureSuccessStatusCode();
        await ToldAsync(AlertRules.Disconnect, "Firing");
        await ToldAsync(AlertRules.Disconnect, "Resolved");

        var alerts = await _http.GetStringAsync(silo.OperatorUrl + "/api/v1/alerts", _bench.Timeout);
        alerts.ShouldContain(AlertRules.Disconnect);
        alerts.ShouldNotContain("planted-hook");
        var metrics = await _http.GetStringAsync(silo.OperatorUrl + "/metrics", _bench.Timeout);
        metrics.ShouldContain("granary_alert_notices_sent_total{channel=\"ops\"}");
        metrics.ShouldContain("granary_journal_append_seconds_count");
    }

    private async Task ToldAsync(string rule, string state) => await _bench.UntilAsync(() => Task.FromResult(_receiver.Received.Any(told =>
    {
        var json = JsonElement.Parse(told.Body);
        return json.GetProperty("rule").GetString() == rule && json.GetProperty("state").GetString() == state;
    })));

    private async Task<HttpStatusCode> PostAsync(SiloApplication silo, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, silo.OperatorUrl + "/api/v1/alerts/test");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, _bench.Timeout);
        return response.StatusCode;
    }

    private async Task<SiloApplication> StartAsync(string hook)
    {
        _bench.Environment["GRANARY_ALERT_URL_OPS"] = hook;
        return await _bench.StartActiveAsync(
            "--Alerts:Channels:0:Name", "ops", "--Alerts:Channels:0:Kind", "Webhook", "--Alerts:ResolveAfterSeconds", "2", "--Alerts:Channels:0:SeverityMin", "Info");
    }
}
