using System.Net;
using System.Net.Http.Headers;
using Granary.Journal.Records;
using Granary.Silo.Configuration.Loading;
using Granary.Silo.Hosting;
using Granary.Silo.Tests.Hosting;

namespace Granary.Silo.Tests.Logging;

/// <summary>What a whole silo writes while everything talks as much as it can.</summary>
public sealed class LogOfASiloTests : IDisposable
{
    private readonly SiloBench _bench = new();
    private readonly HttpClient _http = new();

    [Fact]
    public async Task At_the_most_talkative_level_nothing_of_keys_tokens_listen_keys_and_addresses_is_written()
    {
        var folder = Path.Combine(_bench.Folder, "log");
        _bench.Environment["GRANARY_ALERT_URL_OPS"] = "http://127.0.0.1:9/planted-hook-address";
        _bench.Environment["GRANARY_ALERT_SECRET_OPS"] = "SECplanted-signing-key";
        string[] secrets;
        await using (var silo = await _bench.StartActiveAsync(
            "--Serilog:Using:0", "Serilog.Sinks.File", "--Serilog:MinimumLevel:Default", "Verbose", "--Serilog:MinimumLevel:Override:Microsoft", "Verbose",
            "--Serilog:MinimumLevel:Override:System", "Verbose", "--Serilog:WriteTo:0:Name", "File", "--Serilog:WriteTo:0:Args:path", Path.Combine(folder, "all.log"),
            "--Alerts:Channels:0:Name", "ops", "--Alerts:Channels:0:Kind", "DingTalk"))
        {
            var data = Path.Combine(_bench.Folder, "data");
            var token = (await File.ReadAllTextAsync(Path.Combine(data, "operator.token"))).Trim();
            secrets =
            [
                token, (await File.ReadAllTextAsync(Path.Combine(data, "view.token"))).Trim(), AccountCredentials.BuiltInKey, AccountCredentials.BuiltInSecret,
                "planted-hook-address", "planted-signing-key",
            ];
            (await SendAsync(silo, HttpMethod.Get, $"/api/v1/nothing?token={token}", token)).ShouldBe(HttpStatusCode.NotFound);
            (await SendAsync(silo, HttpMethod.Post, "/api/v1/alerts/test", token)).ShouldBe(HttpStatusCode.OK);
            (await SendAsync(silo, HttpMethod.Post, "/api/v1/accounts/main/halt", token + "0")).ShouldBe(HttpStatusCode.Unauthorized);
            (await SendAsync(silo, HttpMethod.Post, "/api/v1/accounts/main/reconcile", token)).ShouldBe(HttpStatusCode.OK);
            using (await _http.DeleteAsync(silo.Exchange!.Url + "/granary/v1/sessions", _bench.Timeout)) { }

            // The receiver is not there; the log hears of the channel by its name.
            await _bench.UntilAsync(async () => (await _http.GetStringAsync(silo.OperatorUrl + "/metrics")).Contains("granary_alert_send_failures_total{channel=\"ops\"} 1", StringComparison.Ordinal));
        }

        var text = string.Concat(await Task.WhenAll(Directory.GetFiles(folder).Select(f => File.ReadAllTextAsync(f))));
        text.ShouldContain("alert channel ops");
        text.Length.ShouldBeGreaterThan(5_000);
        foreach (var secret in secrets) text.ShouldNotContain(secret);
        text.ShouldNotMatch("(?<![A-Za-z0-9])[A-Za-z0-9]{64}(?![A-Za-z0-9])");
    }

    [Fact]
    public async Task A_level_is_changed_with_the_token_alone_and_recorded()
    {
        await using var silo = await _bench.StartActiveAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(_bench.Folder, "data", "operator.token"))).Trim();
        const string path = "/api/v1/log-level?source=granary.grains&level=debug";

        (await SendAsync(silo, HttpMethod.Put, path, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(silo, HttpMethod.Put, "/api/v1/log-level?source=nobody&level=debug", token)).ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(silo, HttpMethod.Put, "/api/v1/log-level?level=loud", token)).ShouldBe(HttpStatusCode.BadRequest);
        (await _http.GetStringAsync(silo.OperatorUrl + "/api/v1/log-level")).ShouldNotContain("Debug");
        (await SendAsync(silo, HttpMethod.Put, path, token)).ShouldBe(HttpStatusCode.OK);

        (await _http.GetStringAsync(silo.OperatorUrl + "/api/v1/log-level")).ShouldContain("\"Granary.Grains\":\"Debug\"");
        var record = (await SiloBench.Journal(silo).GetIncidentsAsync(100)).Single(i => i.Kind == IncidentKinds.OperatorCommand);
        (record.Scope, record.Done, record.Result).ShouldBe(("log Granary.Grains", "carried out", "level Debug, was Information"));
    }

    public void Dispose()
    {
        _http.Dispose();
        _bench.Dispose();
    }

    private async Task<HttpStatusCode> SendAsync(SiloApplication silo, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, silo.OperatorUrl + path) { Content = method == HttpMethod.Get ? null : new StringContent("{}") };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, _bench.Timeout);
        return response.StatusCode;
    }
}
