using System.Net;
using System.Text.Json;
using Granary.Client.Cli;

namespace Granary.Client.Tests.Cli;

public sealed class QueryCommandsTests : IDisposable
{
    private readonly ConsoleBench _bench = new();

    public static TheoryData<string, string, string> Queries => new()
    {
        { "status", "GET /api/v1/status", Samples.Status },
        { "symbols", "GET /api/v1/symbols", $$"""{"items":[{{Samples.Symbol}}]}""" },
        { "symbol btcusdt", "GET /api/v1/symbols/BTCUSDT", Samples.Symbol },
        { "account main", "GET /api/v1/accounts/main", Samples.Account },
        { "orders", "GET /api/v1/orders?limit=20", Samples.Orders },
        { "orders btcusdt --account main --limit 5 --open", "GET /api/v1/orders?limit=5&symbol=BTCUSDT&account=main&open=true", Samples.Orders },
        { "positions", "GET /api/v1/positions", Samples.Positions },
        { "fills ETHUSDT", "GET /api/v1/fills?limit=20&symbol=ETHUSDT", Samples.Fills },
        { "slippage BTCUSDT", "GET /api/v1/slippage?limit=20&symbol=BTCUSDT", Samples.Slippage },
        { "slippage --orders --account main", "GET /api/v1/slippage/orders?limit=20&account=main", Samples.OrderCosts },
        { "decisions --limit 1000", "GET /api/v1/decisions?limit=1000", Samples.Decisions },
        { "incidents --limit 3", "GET /api/v1/incidents?limit=3", Samples.Incidents },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_query_prints_a_table_of_at_most_100_columns_without_escape_codes(string command, string request, string answer)
    {
        _bench.Silo.On(request, answer);

        (await _bench.RunAsync(command.Split(' '))).ShouldBe(ExitCode.Ok, _bench.Error);

        _bench.Silo.Requests.ShouldBe([request]);
        _bench.Output.Length.ShouldBeGreaterThan(40);
        _bench.Output.ShouldNotContain("\u001b");
        foreach (var line in _bench.Lines) line.TrimEnd().Length.ShouldBeLessThanOrEqualTo(ConsoleHost.WidthRedirected, line);
        _bench.Output.ShouldNotContain("…");
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Json_is_the_answer_with_the_fields_that_the_console_does_not_know(string command, string request, string answer)
    {
        _bench.Silo.On(request, answer);

        (await _bench.RunAsync([.. command.Split(' '), "--json"])).ShouldBe(ExitCode.Ok, _bench.Error);

        JsonElement.DeepEquals(JsonElement.Parse(_bench.Output), JsonElement.Parse(answer)).ShouldBeTrue(_bench.Output);
    }

    [Fact]
    public async Task Status_says_what_is_wrong_what_runs_and_whether_money_is_real()
    {
        _bench.Silo.On("GET /api/v1/status", Samples.Status);

        await _bench.RunAsync("status");

        _bench.Output.ShouldContain("unhealthy");
        _bench.Output.ShouldContain("problem: symbol SOLUSDT: no data for 31 s");
        _bench.Output.ShouldContain("note: account main is halted: [test]");
        _bench.Output.ShouldContain("venue built-in (no real money), synthetic market");
        _bench.Output.ShouldContain("actors on Orleans.Embedded");
        _bench.Output.ShouldContain("up 60 min");
        var account = _bench.Lines.Single(l => l.Contains("99,984.25"));
        foreach (var text in new[] { "main", "Active", "100,013.55", "-15.75", "7,625.01", "1,234", "15" }) account.ShouldContain(text);
        _bench.Lines.Single(l => l.TrimStart().StartsWith("BTCUSDT", StringComparison.Ordinal)).ShouldContain("1,234,567");
        _bench.Lines.Single(l => l.TrimStart().StartsWith("SOLUSDT", StringComparison.Ordinal)).ShouldContain("no answer");
    }

    [Fact]
    public async Task A_symbol_shows_the_conditions_of_its_last_decision_as_rows()
    {
        _bench.Silo.On("GET /api/v1/symbols/BTCUSDT", Samples.Symbol);

        await _bench.RunAsync("symbol", "BTCUSDT");

        var row = _bench.Lines.Single(l => l.Contains("ema_ofi"));
        foreach (var text in new[] { "yes", "0.21234568", "0.15" }) row.ShouldContain(text);
        _bench.Lines.Single(l => l.Contains("z_large")).ShouldContain("-");
    }

    [Fact]
    public async Task An_account_shows_how_its_wallet_adds_up_and_why_proposals_were_refused()
    {
        _bench.Silo.On("GET /api/v1/accounts/main", Samples.Account);

        await _bench.RunAsync("account", "main");

        _bench.Output.ShouldContain("100000 at the start, -12.5 realised, -3.25 fees, 0 other");
        _bench.Output.IndexOf("DailyLoss", StringComparison.Ordinal).ShouldBeLessThan(_bench.Output.IndexOf("StaleData", StringComparison.Ordinal));
        _bench.Output.ShouldContain("61900.5");
    }

    [Fact]
    public async Task Control_characters_of_an_answer_do_not_reach_the_terminal()
    {
        _bench.Silo.On("GET /api/v1/incidents?limit=20", Samples.Incidents);

        await _bench.RunAsync("incidents");

        _bench.Output.ShouldNotContain('\u001b');
        _bench.Output.ShouldContain("StreamLost");
    }

    [Fact]
    public async Task Empty_lists_say_so()
    {
        _bench.Silo.On("GET /api/v1/positions", """{"items":[]}""");

        (await _bench.RunAsync("positions")).ShouldBe(ExitCode.Ok);

        _bench.Output.ShouldBe("No open position.\n");
    }

    [Fact]
    public async Task A_refusal_is_exit_code_1_with_the_silos_words()
    {
        _bench.Silo.On("GET /api/v1/symbols/DOGEUSDT", Samples.Problem("Not found", "there is no symbol DOGEUSDT; there are BTCUSDT, ETHUSDT"), HttpStatusCode.NotFound);

        (await _bench.RunAsync("symbol", "DOGEUSDT")).ShouldBe(ExitCode.Refused);

        _bench.Output.ShouldBeEmpty();
        _bench.Error.ShouldContain("the silo answered 404: there is no symbol DOGEUSDT; there are BTCUSDT, ETHUSDT");
    }

    [Fact]
    public async Task No_silo_is_exit_code_3_and_says_what_was_tried_and_how_to_start_one()
    {
        _bench.Silo.Fail("GET /api/v1/status", new HttpRequestException("Connection refused (127.0.0.1:8088)"));

        (await _bench.RunAsync("status")).ShouldBe(ExitCode.NoSilo);

        _bench.Output.ShouldBeEmpty();
        _bench.Error.ShouldContain("no silo answers at http://127.0.0.1:8088: Connection refused");
        _bench.Error.ShouldContain("dotnet run --project src/Silo");
    }

    [Fact]
    public async Task Failures_under_json_are_one_object_on_the_error_stream()
    {
        _bench.Silo.Fail("GET /api/v1/status", new HttpRequestException("Connection refused"));

        (await _bench.RunAsync("status", "--json")).ShouldBe(ExitCode.NoSilo);

        _bench.Output.ShouldBeEmpty();
        var error = JsonElement.Parse(_bench.Error);
        error.GetProperty("exitCode").GetInt32().ShouldBe(ExitCode.NoSilo);
        error.GetProperty("error").GetString()!.ShouldContain("127.0.0.1:8088");
    }

    [Fact]
    public async Task A_stranger_at_the_address_is_named()
    {
        _bench.Silo.On("GET /api/v1/status", "<html>hello</html>");

        (await _bench.RunAsync("status")).ShouldBe(ExitCode.Refused);

        _bench.Error.ShouldContain("Is this a Granary silo");
    }

    [Fact]
    public async Task An_error_page_without_a_problem_body_is_still_a_refusal()
    {
        _bench.Silo.On("GET /api/v1/status", "oops", HttpStatusCode.InternalServerError);

        (await _bench.RunAsync("status")).ShouldBe(ExitCode.Refused);

        _bench.Error.ShouldContain("500");
    }

    [Theory]
    [InlineData("")]
    [InlineData("stats")]
    [InlineData("symbol")]
    [InlineData("orders --limit 0")]
    [InlineData("orders --limit 1001")]
    [InlineData("orders --limit many")]
    [InlineData("status --nonsense")]
    [InlineData("status --url ftp://x")]
    [InlineData("status --url http://127.0.0.1:8088/path")]
    [InlineData("status --url nonsense")]
    [InlineData("watch --interval 0")]
    public async Task A_wrong_command_line_is_exit_code_2_and_sends_nothing(string command)
    {
        (await _bench.RunAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(ExitCode.Usage);

        _bench.Silo.Requests.ShouldBeEmpty();
        _bench.Error.ShouldStartWith("error: ");
    }

    [Fact]
    public async Task The_address_comes_from_the_argument_then_the_environment()
    {
        _bench.Variables["GRANARY_URL"] = "http://127.0.0.1:1";
        _bench.Silo.Fail("GET /api/v1/status", new HttpRequestException("refused"));

        await _bench.RunAsync("status");
        await _bench.RunAsync("status", "--url", "http://127.0.0.1:2");

        _bench.Error.ShouldContain("http://127.0.0.1:1:");
        _bench.Error.ShouldContain("http://127.0.0.1:2:");
    }

    [Fact]
    public async Task Help_lists_every_command_and_the_exit_codes()
    {
        (await _bench.RunAsync("--help")).ShouldBe(ExitCode.Ok);

        foreach (var command in "status symbols symbol account orders positions fills slippage decisions incidents watch halt reduce-only resume flatten reconcile".Split(' '))
            _bench.Lines.ShouldContain(l => l.TrimStart().StartsWith(command + " ", StringComparison.Ordinal), command);
        _bench.Output.ShouldContain("3 no silo reachable");
    }

    public void Dispose() => _bench.Dispose();
}
