using System.Net.Http.Json;
using System.Text.Json;
using Granary.Client.Cli;
using Spectre.Console;

namespace Granary.Client.Tests.Cli;

public sealed class ExchangeCommandTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_exchange_is_served_until_it_is_stopped_and_tells_its_state_and_audit()
    {
        var output = new FirstLine();
        using var stop = new CancellationTokenSource();
        var run = new ConsoleApp(Host(output)).RunAsync(
            ["exchange", "--port", "0", "--symbols", "BTCUSDT", "--account", "name=a,key=k,secret=s,balance=500", "--json"], stop.Token);
        var told = JsonDocument.Parse(await output.Line.WaitAsync(Bound)).RootElement;
        told.GetProperty("symbols")[0].GetString().ShouldBe("BTCUSDT");

        using var http = new HttpClient { BaseAddress = new Uri(told.GetProperty("url").GetString()!) };
        var state = await http.GetFromJsonAsync<JsonElement>("/granary/v1/state");
        state.GetProperty("accounts")[0].GetProperty("wallet").GetProperty("balance").GetString().ShouldBe("500");
        (await http.GetFromJsonAsync<JsonElement>("/granary/v1/audit"))[0].GetProperty("account").GetString().ShouldBe("a");
        using var paced = await http.PostAsync("/granary/v1/market?speed=50", null);
        (await paced.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("speed").GetDecimal().ShouldBe(50);
        using var refused = await http.PostAsync("/granary/v1/market?speed=-1", null);
        ((int)refused.StatusCode).ShouldBe(400);

        stop.Cancel();
        (await run.WaitAsync(Bound)).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task Replay_and_synthetic_exclude_each_other()
    {
        using var bench = new ConsoleBench();

        (await bench.RunAsync("exchange", "--replay", "x.csv", "--synthetic", "1")).ShouldBe(ExitCode.Usage);

        bench.Error.ShouldContain("exclude each other");
    }

    [Fact]
    public async Task An_option_out_of_its_range_is_named()
    {
        using var bench = new ConsoleBench();

        (await bench.RunAsync("exchange", "--port", "0", "--speed", "-2")).ShouldBe(ExitCode.Usage);

        bench.Error.ShouldContain("Speed was -2");
    }

    private static ConsoleHost Host(TextWriter output) => new()
    {
        Screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }),
        Output = output,
        Error = TextWriter.Null,
        IsInteractive = false,
        CreateHandler = () => new SocketsHttpHandler(),
        Variable = _ => null,
        Folder = Path.GetTempPath(),
        Time = TimeProvider.System,
    };

    /// <summary>Hands out the first line that is written.</summary>
    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task;

        public override void WriteLine(string? value) => _line.TrySetResult(value ?? "");
    }
}
