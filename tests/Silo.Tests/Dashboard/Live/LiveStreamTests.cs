using System.Net;
using System.Text.Json;
using Granary.Silo.Dashboard.Live;
using Granary.Silo.Tests.Operator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Granary.Silo.Tests.Dashboard.Live;

/// <summary>The stream over a real socket.</summary>
public sealed class LiveStreamTests : IAsyncLifetime
{
    private readonly OperatorBench _bench = new() { Clock = TimeProvider.System };

    private LiveHub Hub => _bench.Services.GetRequiredService<LiveHub>();

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_client_is_told_every_topic_that_it_asks_for()
    {
        string[] wanted = ["status", "risk/main", "symbol/ETHUSDT", "orders", "fills", "decisions", "incidents", "cluster"];
        using var response = await _bench.Http.GetAsync($"/api/v1/live?topics={string.Join(',', wanted)}", HttpCompletionOption.ResponseHeadersRead);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream; charset=utf-8");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var told = new Dictionary<string, JsonElement>();
        while (told.Count < wanted.Length)
        {
            var line = await reader.ReadLineAsync();
            if (line is null || !line.StartsWith("event: ", StringComparison.Ordinal)) continue;
            var data = await reader.ReadLineAsync();
            data.ShouldStartWith("data: ");
            told[line["event: ".Length..]] = JsonElement.Parse(data!["data: ".Length..]);
            (await reader.ReadLineAsync()).ShouldBe("");
        }

        told.Keys.ShouldBe(wanted, ignoreOrder: true);
        foreach (var (topic, data) in told) data.TryGetProperty("body", out _).ShouldBeTrue($"{topic}: {data}");
        told["status"].GetProperty("body").GetProperty("stop").GetProperty("action").GetString().ShouldBe("Halt");
        told["symbol/ETHUSDT"].GetProperty("body").GetProperty("symbol").GetProperty("lastPrice").GetDecimal().ShouldBe(60_000.1m);
        told["risk/main"].GetProperty("body").GetProperty("limits")[0].GetProperty("name").GetString().ShouldBe("LeverageMax");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?topics=")]
    [InlineData("?topics=symbol/DOGEUSDT")]
    [InlineData("?topics=status,nothing")]
    [InlineData("?topics=status,cluster,orders,fills,decisions,incidents,risk/main,risk/alt,symbol/BTCUSDT,symbol/ETHUSDT")]
    public async Task Wrong_topics_are_refused(string query)
    {
        var (status, body) = await _bench.GetAsync($"/api/v1/live{query}");

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("detail").GetString()!.ShouldContain("topic");
        Hub.ClientCount.ShouldBe(0);
    }

    [Fact]
    public async Task Too_many_viewers_are_refused_by_name_and_come_again_when_one_has_gone()
    {
        var others = Enumerable.Range(0, LiveHub.ClientsMax).Select(_ => Hub.Join(["status"])!).ToList();

        using (var refused = await _bench.Http.GetAsync("/api/v1/live?topics=status"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
            JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("title").GetString().ShouldBe("Too many viewers");
        }

        Hub.Leave(others[0]);
        using var response = await _bench.Http.GetAsync("/api/v1/live?topics=status", HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_silo_that_stops_ends_the_streams()
    {
        using var response = await _bench.Http.GetAsync("/api/v1/live?topics=status", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync()).ShouldBe("retry: 2000");
        Hub.ClientCount.ShouldBe(1);

        _bench.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        try
        {
            await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            // A frame that was being written is cut off, and the connection with it: an end as well.
        }

        SpinWait.SpinUntil(() => Hub.ClientCount == 0, TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_host_name_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/live?topics=status") { Headers = { Host = "rebound.example" } };

        using var response = await _bench.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Hub.ClientCount.ShouldBe(0);
    }
}
