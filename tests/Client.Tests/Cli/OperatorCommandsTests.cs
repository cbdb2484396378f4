using System.Net;
using System.Text.Json;
using Granary.Client.Cli;

namespace Granary.Client.Tests.Cli;

public sealed class OperatorCommandsTests : IDisposable
{
    private const string Token = "0123456789abcdef";
    private readonly ConsoleBench _bench = new();

    [Theory]
    [InlineData("halt")]
    [InlineData("reduce-only")]
    [InlineData("resume")]
    [InlineData("flatten")]
    [InlineData("reconcile")]
    public async Task A_command_posts_the_reason_with_the_token_and_shows_the_account(string command)
    {
        _bench.WriteToken(Token);
        _bench.Silo.On($"POST /api/v1/accounts/main/{command}", Samples.Halted.Replace("\"halt\"", $"\"{command}\""));

        (await _bench.RunAsync(command, "main", "--reason", "maintenance \"x\"", "--yes")).ShouldBe(ExitCode.Ok, _bench.Error);

        _bench.Silo.Authorization.ShouldBe($"Bearer {Token}");
        JsonElement.Parse(_bench.Silo.Bodies.Single()).GetProperty("reason").GetString().ShouldBe("maintenance \"x\"");
        _bench.Output.ShouldContain($"done: {command} main");
        _bench.Output.ShouldNotContain(Token);
    }

    [Theory]
    [InlineData("halt", "Halt", "its stop is Halt")]
    [InlineData("reduce-only", "ReduceOnly", "its stop is ReduceOnly")]
    [InlineData("flatten", "Flatten", "its stop is Flatten")]
    [InlineData("resume", "None", "no stop of the engine is in force")]
    public async Task A_command_to_the_engine_says_which_stop_is_in_force_and_who_has_not_heard(string command, string action, string words)
    {
        _bench.WriteToken(Token);
        _bench.Silo.On(
            $"POST /api/v1/engine/{command}",
            $$"""{"command":"{{command}}","recorded":true,"stop":{"action":"{{action}}"},"untold":["alt"],"accounts":[{{Samples.Account}}]}""");

        (await _bench.RunAsync(command, "--engine", "--reason", "a drill", "--yes")).ShouldBe(ExitCode.Ok, _bench.Error);

        JsonElement.Parse(_bench.Silo.Bodies.Single()).GetProperty("reason").GetString().ShouldBe("a drill");
        _bench.Output.ShouldContain($"done: {command} of the whole engine; {words}; not told yet: alt");
        _bench.Output.ShouldContain("main");
    }

    [Theory]
    [InlineData("reconcile", "--engine")]
    [InlineData("halt", "--account")]
    public async Task An_option_that_a_command_does_not_have_is_no_account(string command, string option)
    {
        _bench.WriteToken(Token);

        (await _bench.RunAsync(command, option, "--yes")).ShouldBe(ExitCode.Usage);

        _bench.Error.ShouldContain($"{option} is no option of {command}");
        _bench.Silo.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("halt")]
    [InlineData("halt", "main", "--engine")]
    public async Task A_command_without_one_clear_target_sends_nothing(params string[] command)
    {
        _bench.WriteToken(Token);

        (await _bench.RunAsync([.. command, "--yes"])).ShouldBe(ExitCode.Usage);

        _bench.Silo.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_person_and_without_yes_nothing_is_sent()
    {
        _bench.WriteToken(Token);

        (await _bench.RunAsync("halt", "main")).ShouldBe(ExitCode.Usage);

        _bench.Silo.Requests.ShouldBeEmpty();
        _bench.Error.ShouldContain("--yes");
    }

    [Theory]
    [InlineData("y", ExitCode.Ok, 1)]
    [InlineData("n", ExitCode.Usage, 0)]
    [InlineData("", ExitCode.Usage, 0)]
    public async Task A_person_is_asked_and_only_yes_goes_on(string typed, int exitCode, int requests)
    {
        _bench.WriteToken(Token);
        _bench.IsInteractive = true;
        _bench.Typed.Enqueue(typed);
        _bench.Silo.On("POST /api/v1/accounts/main/flatten", Samples.Halted);

        (await _bench.RunAsync("flatten", "main")).ShouldBe(exitCode);

        _bench.Output.ShouldContain("Cancel every order and close every position of account main at market?");
        _bench.Silo.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task No_token_is_exit_code_4_and_names_the_places()
    {
        (await _bench.RunAsync("halt", "main", "--yes")).ShouldBe(ExitCode.NotAuthorised);

        _bench.Silo.Requests.ShouldBeEmpty();
        _bench.Error.ShouldContain("data/operator.token");
        _bench.Error.ShouldContain(_bench.Folder);
        _bench.Error.ShouldContain("GRANARY_TOKEN");
    }

    [Fact]
    public async Task A_refused_token_is_exit_code_4()
    {
        _bench.WriteToken(Token);
        _bench.Silo.On("POST /api/v1/accounts/main/halt", Samples.Problem("Not authorised", "the token is wrong"), HttpStatusCode.Unauthorized);

        (await _bench.RunAsync("halt", "main", "--yes")).ShouldBe(ExitCode.NotAuthorised);

        _bench.Error.ShouldContain("the token is wrong");
        _bench.Error.ShouldNotContain(Token);
    }

    [Fact]
    public async Task The_argument_beats_the_environment_and_a_named_file_beats_both_defaults()
    {
        _bench.WriteToken("fromdefaultfile");
        _bench.Variables["GRANARY_TOKEN"] = "fromenvironment";
        _bench.WriteToken("fromnamedfile", "other.token");
        _bench.Silo.On("POST /api/v1/accounts/main/halt", Samples.Halted);

        await _bench.RunAsync("halt", "main", "--yes");
        _bench.Silo.Authorization.ShouldBe("Bearer fromenvironment");
        await _bench.RunAsync("halt", "main", "--yes", "--token-file", "other.token");
        _bench.Silo.Authorization.ShouldBe("Bearer fromnamedfile");
        await _bench.RunAsync("halt", "main", "--yes", "--token", "fromargument");
        _bench.Silo.Authorization.ShouldBe("Bearer fromargument");
    }

    [Fact]
    public async Task The_token_is_found_from_a_folder_below_the_repository()
    {
        _bench.WriteToken(Token);
        var top = _bench.Folder;
        _bench.Folder = Directory.CreateDirectory(Path.Combine(top, "src", "Client")).FullName;
        _bench.Silo.On("POST /api/v1/accounts/main/halt", Samples.Halted);

        (await _bench.RunAsync("halt", "main", "--yes")).ShouldBe(ExitCode.Ok);

        _bench.Folder = top;
    }

    [Fact]
    public async Task A_file_that_holds_no_token_is_named()
    {
        var path = _bench.WriteToken("not a token\r\nX-Header: 1");

        (await _bench.RunAsync("halt", "main", "--yes")).ShouldBe(ExitCode.NotAuthorised);

        _bench.Error.ShouldContain(path);
    }

    [Fact]
    public async Task The_token_is_not_sent_in_clear_text_to_another_machine()
    {
        _bench.WriteToken(Token);

        (await _bench.RunAsync("halt", "main", "--yes", "--url", "http://192.0.2.1:8088")).ShouldBe(ExitCode.Usage);

        _bench.Silo.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_the_journal_did_not_record_is_warned_of()
    {
        _bench.WriteToken(Token);
        _bench.Silo.On("POST /api/v1/accounts/main/halt", Samples.Halted.Replace("\"recorded\":true", "\"recorded\":false"));

        (await _bench.RunAsync("halt", "main", "--yes")).ShouldBe(ExitCode.Ok);

        _bench.Error.ShouldContain("journal could not record");
    }

    [Fact]
    public async Task An_account_name_cannot_leave_its_place_in_the_path()
    {
        _bench.WriteToken(Token);
        _bench.Silo.On("POST /api/v1/accounts/..%2F..%2Fx%3Fy/halt", Samples.Problem("Not found", "there is no such account"), HttpStatusCode.NotFound);

        (await _bench.RunAsync("halt", "../../x?y", "--yes")).ShouldBe(ExitCode.Refused);
    }

    public void Dispose() => _bench.Dispose();
}
