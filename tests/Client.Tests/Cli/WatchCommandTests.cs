using System.Text.Json;
using Granary.Client.Cli;

namespace Granary.Client.Tests.Cli;

public sealed class WatchCommandTests : IDisposable
{
    private readonly ConsoleBench _bench = new();

    [Fact]
    public async Task Redirected_it_prints_a_line_for_each_look()
    {
        Script();

        (await _bench.RunAsync("watch", "--count", "3")).ShouldBe(ExitCode.Ok, _bench.Error);

        var lines = _bench.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[0].ShouldContain("08-09 00:00:00 unhealthy | main Active equity 100,013.55");
        _bench.Time.Waits.ShouldBe(2);
    }

    [Fact]
    public async Task Under_json_each_line_is_a_status()
    {
        Script();

        (await _bench.RunAsync("watch", "--count", "2", "--json")).ShouldBe(ExitCode.Ok);

        var lines = _bench.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        foreach (var line in lines) JsonElement.DeepEquals(JsonElement.Parse(line), JsonElement.Parse(Samples.Status)).ShouldBeTrue();
    }

    [Fact]
    public async Task On_a_terminal_the_whole_picture_is_drawn()
    {
        Script();
        _bench.IsInteractive = true;

        (await _bench.RunAsync("watch", "--count", "2")).ShouldBe(ExitCode.Ok);

        foreach (var text in new[] { "Positions", "Decisions", "Incidents", "DailyLoss", "StreamLost", "-0.125", "Ctrl-C leaves." }) _bench.Output.ShouldContain(text);
    }

    [Fact]
    public async Task Ctrl_C_leaves_with_0()
    {
        Script();
        using var stop = new CancellationTokenSource();
        _bench.Time.OnWait = n =>
        {
            if (n == 3) stop.Cancel();
        };

        (await _bench.RunAsync(stop.Token, "watch")).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task A_silo_that_goes_away_later_is_waited_for()
    {
        _bench.Silo.On("GET /api/v1/status", Samples.Status).Fail("GET /api/v1/status", new HttpRequestException("refused")).On("GET /api/v1/status", Samples.Status);
        ScriptRest();

        (await _bench.RunAsync("watch", "--count", "3")).ShouldBe(ExitCode.Ok);

        var lines = _bench.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[1].ShouldContain("old: no silo answers");
        lines[2].ShouldContain("unhealthy | main");
    }

    [Fact]
    public async Task A_silo_that_is_not_there_at_first_is_exit_code_3()
    {
        _bench.Silo.Fail("GET /api/v1/status", new HttpRequestException("refused"));

        (await _bench.RunAsync("watch")).ShouldBe(ExitCode.NoSilo);
    }

    [Fact]
    public async Task A_failed_look_under_json_is_an_object_too()
    {
        _bench.Silo.On("GET /api/v1/status", """{"status":"healthy"}""").Fail("GET /api/v1/status", new HttpRequestException("refused"));
        ScriptRest();

        await _bench.RunAsync("watch", "--count", "2", "--json");

        var lines = _bench.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonElement.Parse(lines[0]).GetProperty("status").GetString().ShouldBe("healthy");
        JsonElement.Parse(lines[1]).GetProperty("error").GetString()!.ShouldContain("no silo answers");
    }

    public void Dispose() => _bench.Dispose();

    private void Script()
    {
        _bench.Silo.On("GET /api/v1/status", Samples.Status);
        ScriptRest();
    }

    private void ScriptRest() => _bench.Silo
        .On("GET /api/v1/positions", Samples.Positions)
        .On("GET /api/v1/decisions?limit=8", Samples.Decisions)
        .On("GET /api/v1/incidents?limit=5", Samples.Incidents);
}
