using System.Net;
using System.Text.Json;
using Granary.Client.Cli;

namespace Granary.Client.Tests.Cli;

public sealed class SiloCommandsTests : IDisposable
{
    private const string Token = "0123456789abcdef";

    private const string Alerts = """
        {"active":[{"state":"Firing","rule":"Drawdown","scope":"account main","severity":"Warning","text":"drawdown 6 %","count":1,"sinceMs":1723161600000,"timeMs":1723161600000}],
         "recent":[{"state":"Resolved","rule":"Disconnect","scope":"market data","severity":"Warning","text":"lost","count":1,"sinceMs":1,"timeMs":1723161600000}]}
        """;

    private readonly ConsoleBench _bench = new();

    [Fact]
    public async Task Alerts_are_shown()
    {
        _bench.Silo.On("GET /api/v1/alerts", Alerts);

        (await _bench.RunAsync("alerts")).ShouldBe(ExitCode.Ok, _bench.Error);
        foreach (var word in new[] { "Drawdown", "drawdown 6 %", "Disconnect", "Resolved" }) _bench.Output.ShouldContain(word);
    }

    [Fact]
    public async Task A_trial_of_the_channels_needs_the_token()
    {
        (await _bench.RunAsync("alerts", "test")).ShouldBe(ExitCode.NotAuthorised);
        _bench.Silo.Requests.ShouldBeEmpty();

        _bench.WriteToken(Token);
        _bench.Silo.On("POST /api/v1/alerts/test", Alerts);
        (await _bench.RunAsync("alerts", "test")).ShouldBe(ExitCode.Ok, _bench.Error);
        _bench.Silo.Authorization.ShouldBe($"Bearer {Token}");
    }

    [Fact]
    public async Task A_level_is_changed_and_shown()
    {
        _bench.WriteToken(Token);
        _bench.Silo.On("PUT /api/v1/log-level?source=Granary.Grains&level=Debug", """{"levels":{"Default":"Information","Granary.Grains":"Debug"}}""");

        (await _bench.RunAsync("log-level", "Granary.Grains", "Debug", "--reason", "a hunt")).ShouldBe(ExitCode.Ok, _bench.Error);
        JsonElement.Parse(_bench.Silo.Bodies.Single()).GetProperty("reason").GetString().ShouldBe("a hunt");
        _bench.Output.ShouldContain("Granary.Grains");
    }

    [Fact]
    public async Task Levels_are_shown_and_half_a_change_sends_nothing()
    {
        (await _bench.RunAsync("log-level", "Granary.Grains")).ShouldBe(ExitCode.Usage);
        _bench.Silo.Requests.ShouldBeEmpty();

        _bench.Silo.On("GET /api/v1/log-level", """{"levels":{"Default":"Information"}}""");
        (await _bench.RunAsync("log-level")).ShouldBe(ExitCode.Ok, _bench.Error);
        _bench.Output.ShouldContain("Information");
    }

    [Fact]
    public async Task Where_reading_needs_a_token_it_is_found_and_sent_but_not_in_clear_text_to_others()
    {
        _bench.WriteToken(Token);
        _bench.Silo.On("GET /api/v1/alerts", "{}", HttpStatusCode.Unauthorized).On("GET /api/v1/alerts", Alerts);
        (await _bench.RunAsync("alerts", "--url", "https://granary.example:8443")).ShouldBe(ExitCode.Ok, _bench.Error);
        _bench.Silo.Authorization.ShouldBe($"Bearer {Token}");
        _bench.Silo.Requests.Count.ShouldBe(2);

        using var other = new ConsoleBench();
        other.WriteToken(Token);
        other.Silo.On("GET /api/v1/alerts", "{}", HttpStatusCode.Unauthorized);
        (await other.RunAsync("alerts", "--url", "http://granary.example:8088")).ShouldBe(ExitCode.Usage);
        other.Silo.Authorization.ShouldBeNull();
    }

    public void Dispose() => _bench.Dispose();
}
