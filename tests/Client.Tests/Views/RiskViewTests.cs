using Granary.Client.Cli;

namespace Granary.Client.Tests.Views;

public sealed class RiskViewTests : IDisposable
{
    private const string Tails = """[{"method":"Historical","confidence":0.95,"valueAtRisk":12.5,"expectedShortfall":15.25}]""";
    private readonly ConsoleBench _bench = new();

    [Fact]
    public async Task Value_at_risk_says_how_many_returns_it_rests_on()
    {
        await ShowAsync(periods: 1_440, Tails);

        _bench.Output.ShouldMatch(@"Historical +95% +12\.50 +15\.25");
        _bench.Output.ShouldContain("from 1,440 returns of 1 min");
    }

    [Theory]
    [InlineData(0, "none yet from 0 returns of 1 min; 95 % needs 20")]
    [InlineData(1, "none yet from 1 return of 1 min; 95 % needs 20")]
    [InlineData(19, "none yet from 19 returns of 1 min; 95 % needs 20")]
    public async Task Without_enough_returns_there_is_none(int periods, string words)
    {
        await ShowAsync(periods, "[]");

        _bench.Output.ShouldContain(words);
        _bench.Output.ShouldNotContain("Shortfall");
    }

    [Fact]
    public async Task Limits_have_their_share_and_notionals_their_thousands()
    {
        await ShowAsync(periods: 0, "[]");

        _bench.Output.ShouldMatch(@"GrossNotionalMax +750,000 +1,000,000 +75\.0%");
        _bench.Output.ShouldMatch(@"DailyLossMax +0\.0004 +0\.03 +1\.2%");
        _bench.Output.ShouldContain("Halt of the engine");
    }

    public void Dispose() => _bench.Dispose();

    private async Task ShowAsync(int periods, string tails)
    {
        _bench.Silo.On("GET /api/v1/accounts/main/risk", $$"""
            {"account":"main","state":"Halted","stateReason":"ann: a drill","stop":"Halt","stopScope":"Engine","equity":100000,"marginRatio":0,"dayLossRatio":0,
             "drawdown":0,"sizeMultiplier":1,"periodMinutes":1,"periods":{{periods}},"tails":{{tails}},"scenarios":[{"name":"all -20%","profit":-1200}],
             "limits":[{"name":"GrossNotionalMax","used":750000,"max":1000000},{"name":"DailyLossMax","used":0.00035,"max":0.03}],"symbols":[]}
            """);
        (await _bench.RunAsync("risk", "main")).ShouldBe(ExitCode.Ok, _bench.Error);
    }
}
