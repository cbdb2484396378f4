using System.Net;
using System.Net.Sockets;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Granary.Journal.Records;
using Granary.Silo.Operator;

namespace Granary.Silo.Tests.Operator;

public sealed class OperatorCommandsTests : IAsyncLifetime
{
    private readonly OperatorBench _bench = new();

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("halt", "SetState main Halted tired operator")]
    [InlineData("reduce-only", "SetState main ReduceOnly tired operator")]
    [InlineData("resume", "SetState main Active tired operator")]
    [InlineData("flatten", "Flatten main tired operator")]
    [InlineData("reconcile", "Reconcile main tired")]
    public async Task A_command_reaches_the_account_and_is_recorded(string command, string call)
    {
        var (status, body) = await _bench.PostAsync($"/api/v1/accounts/main/{command}", """{"reason":"tired"}""", _bench.Token);

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        _bench.Commands.ShouldBe([call]);
        body.GetProperty("recorded").GetBoolean().ShouldBeTrue();
        body.GetProperty("view").GetProperty("account").GetString().ShouldBe("main");
        var incident = _bench.Journal.Records.ShouldHaveSingleItem().ShouldBeOfType<IncidentRecord>();
        incident.ShouldBe(new IncidentRecord("account main", OperatorCommands.IncidentKind, $"{command}: tired", "carried out", "state Active", Views.NowMs));
    }

    [Theory]
    [InlineData("halt", "Halt")]
    [InlineData("reduce-only", "ReduceOnly")]
    [InlineData("resume", "None")]
    [InlineData("flatten", "Flatten")]
    public async Task A_command_to_the_whole_engine_names_who_and_why_and_whom_it_did_not_reach(string command, string action)
    {
        var path = $"/api/v1/engine/{command}";
        (await _bench.PostAsync(path, "{}", "wrong")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        _bench.Commands.ShouldBeEmpty();
        var (status, body) = await _bench.PostAsync(path, """{"reason":"fire","who":"ann"}""", _bench.Token);

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        _bench.Commands.ShouldBe([$"Set engine {action} fire ann"]);
        body.GetProperty("untold")[0].GetString().ShouldBe("alt");
        body.GetProperty("stop").GetProperty("action").GetString().ShouldBe("Halt");
        body.GetProperty("accounts").GetArrayLength().ShouldBe(2);
        _bench.Journal.Records.ShouldHaveSingleItem().ShouldBe(new IncidentRecord(
            "engine", OperatorCommands.IncidentKind, $"{command} by ann: fire", "carried out", "stop Halt, not told yet: alt", Views.NowMs));
    }

    [Fact]
    public async Task The_engines_stop_and_an_accounts_risk_can_be_read()
    {
        (await _bench.GetAsync("/api/v1/engine")).Body.GetProperty("who").GetString().ShouldBe("ann");
        var (status, risk) = await _bench.GetAsync("/api/v1/accounts/main/risk");
        status.ShouldBe(HttpStatusCode.OK);
        risk.GetProperty("tails")[0].GetProperty("valueAtRisk").GetDouble().ShouldBe(12.5);
        risk.GetProperty("scenarios")[0].GetProperty("profit").GetDecimal().ShouldBe(-1_200);
        risk.GetProperty("limits")[0].GetProperty("max").GetDecimal().ShouldBe(1.5m);
        (await _bench.GetAsync("/api/v1/accounts/other/risk")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"reason":null}""")]
    public async Task A_reason_is_not_needed(string body)
    {
        (await _bench.PostAsync("/api/v1/accounts/main/halt", body, _bench.Token)).Status.ShouldBe(HttpStatusCode.OK);

        _bench.Commands.ShouldBe(["SetState main Halted no reason given operator"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer 0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Without_the_token_nothing_happens(string? authorization)
    {
        foreach (var account in new[] { "main", "other" })
        {
            var (status, body) = await _bench.PostAsync($"/api/v1/accounts/{account}/flatten", "{}", authorization: authorization);
            status.ShouldBe(HttpStatusCode.Unauthorized);
            body.GetProperty("detail").GetString()!.ShouldContain("Bearer");
            body.ToString().ShouldNotContain(_bench.Token);
        }

        _bench.Commands.ShouldBeEmpty();
        _bench.Journal.Records.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"reason":5}""")]
    [InlineData("""{"reason":"a\nb"}""")]
    [InlineData("""{"reason":"\ud800"}""")]
    [InlineData("""{"a":{"b":{"c":{"d":{"e":1}}}}}""")]
    public async Task A_wrong_body_is_400_and_nothing_happens(string body)
    {
        (await _bench.PostAsync("/api/v1/accounts/main/halt", body, _bench.Token)).Status.ShouldBe(HttpStatusCode.BadRequest);

        _bench.Commands.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(201, HttpStatusCode.BadRequest)]
    [InlineData(5_000, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(20_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_long_body_is_refused(int chars, HttpStatusCode expected)
    {
        var (status, _) = await _bench.PostAsync("/api/v1/accounts/main/halt", $$"""{"reason":"{{new string('x', chars)}}"}""", _bench.Token);

        status.ShouldBe(expected);
        _bench.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_account_is_404() =>
        (await _bench.PostAsync("/api/v1/accounts/other/halt", "{}", _bench.Token)).Status.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task An_unknown_command_is_404_and_reading_is_no_command()
    {
        (await _bench.PostAsync("/api/v1/accounts/main/explode", "{}", _bench.Token)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _bench.GetAsync("/api/v1/accounts/main/halt")).Status.ShouldBe(HttpStatusCode.NotFound);

        _bench.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_of_the_account_is_409_and_recorded()
    {
        _bench.OnCommand = _ => throw new InvalidOperationException("still recovering");

        var (status, body) = await _bench.PostAsync("/api/v1/accounts/main/resume", "{}", _bench.Token);

        status.ShouldBe(HttpStatusCode.Conflict);
        body.GetProperty("detail").GetString().ShouldBe("account main refuses to resume: still recovering");
        _bench.Journal.Records.OfType<IncidentRecord>().Single().Done.ShouldBe("refused");
    }

    [Fact]
    public async Task A_command_without_an_answer_has_an_unknown_outcome_and_is_recorded_as_such()
    {
        _bench.OnCommand = _ => throw new TimeoutException("30 s");

        var (status, body) = await _bench.PostAsync("/api/v1/accounts/main/flatten", "{}", _bench.Token);

        status.ShouldBe(HttpStatusCode.GatewayTimeout);
        body.GetProperty("detail").GetString()!.ShouldContain("may still be carried out");
        _bench.Journal.Records.OfType<IncidentRecord>().Single().Done.ShouldBe("outcome unknown");
    }

    [Fact]
    public async Task A_broken_journal_does_not_keep_an_operator_from_halting()
    {
        _bench.Journal.IsBroken = true;

        var (status, body) = await _bench.PostAsync("/api/v1/accounts/main/halt", "{}", _bench.Token);

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("recorded").GetBoolean().ShouldBeFalse();
        _bench.Commands.Count.ShouldBe(1);
    }

    [Fact]
    public void Mutated_requests_never_have_an_effect_and_never_a_5xx()
    {
        var request = Encoding.ASCII.GetBytes(
            "POST /api/v1/accounts/main/halt HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer 00\r\nContent-Length: 16\r\nConnection: close\r\n\r\n{\"reason\":\"why\"}");
        var mutations = Gen.Choose(0, request.Length - 1).Zip(Gen.Choose(0, 255)).ArrayOf().Where(m => m.Length is > 0 and < 12);
        var port = _bench.Http.BaseAddress!.Port;

        Prop.ForAll(mutations.ToArbitrary(), changes =>
        {
            var bytes = request.ToArray();
            foreach (var (at, value) in changes) bytes[at] = (byte)value;
            var answer = Exchange(port, bytes);
            return (answer.Length == 0 || !answer.StartsWith("HTTP/1.1 5", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal)) && _bench.Commands.Count == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static string Exchange(int port, byte[] request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 200 };
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(request);
        // Half-closed: a request that lost its end is over, too.
        socket.Shutdown(SocketShutdown.Send);
        var buffer = new byte[4_096];
        try
        {
            var length = socket.Receive(buffer);
            return Encoding.ASCII.GetString(buffer, 0, length);
        }
        catch (SocketException)
        {
            return "";
        }
    }
}
