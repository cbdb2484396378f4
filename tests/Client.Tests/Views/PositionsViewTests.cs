using Granary.Client.Cli;

namespace Granary.Client.Tests.Views;

/// <summary>An operator sees of every position whether a stop rests at the venue, where, and why not.</summary>
public sealed class PositionsViewTests : IDisposable
{
    private readonly ConsoleBench _bench = new();

    [Theory]
    [InlineData("positions")]
    [InlineData("account main")]
    public async Task A_resting_stop_is_shown_with_its_price(string command)
    {
        Answer(Samples.Position);

        (await _bench.RunAsync(command.Split(' '))).ShouldBe(ExitCode.Ok, _bench.Error);

        Row("BTCUSDT").ShouldContain(" 61900.5 ");
        _bench.Output.ShouldContain("main BTCUSDT: the stop rests at the venue");
    }

    [Theory]
    [InlineData("positions")]
    [InlineData("account main")]
    public async Task A_position_without_a_stop_says_why(string command)
    {
        Answer(Samples.Position
            .Replace("\"stopPrice\":61900.5,\"stopState\":\"Resting\",\"stopReason\":\"\"", "\"stopPrice\":null,\"stopState\":\"None\",\"stopReason\":\"the entry has no ATR\""));

        (await _bench.RunAsync(command.Split(' '))).ShouldBe(ExitCode.Ok, _bench.Error);

        _bench.Output.ShouldContain("main BTCUSDT: no stop at the venue: the entry has no ATR");
    }

    [Fact]
    public async Task A_stop_that_has_not_been_confirmed_is_named_by_its_state()
    {
        Answer(Samples.Position.Replace("\"Resting\"", "\"Unknown\""));

        await _bench.RunAsync("positions");

        _bench.Output.ShouldContain("main BTCUSDT: the stop at the venue is Unknown");
    }

    [Fact]
    public async Task A_flat_position_has_no_stop_and_needs_none()
    {
        Answer(Samples.Position.Replace("-0.125", "0").Replace("\"Resting\"", "\"\""));

        await _bench.RunAsync("positions");

        Row("BTCUSDT").ShouldNotContain("61900.5");
        _bench.Output.ShouldNotContain("at the venue");
    }

    public void Dispose() => _bench.Dispose();

    private void Answer(string position)
    {
        _bench.Silo.On("GET /api/v1/positions", $$"""{"items":[{{position}}]}""");
        _bench.Silo.On("GET /api/v1/accounts/main", Samples.Account.Replace(Samples.Position, position));
    }

    private string Row(string symbol) => _bench.Output.Split('\n').First(line => line.Contains(symbol));
}
