using Granary.Silo.Configuration.Loading;
using Granary.Silo.Configuration.Mapping;

namespace Granary.Silo.Tests.Configuration;

/// <summary>What the configuration says about risk arrives, and what is wrong with it is named.</summary>
public sealed class RiskMappingTests : IDisposable
{
    private readonly ConfigurationBench _bench = new();

    [Fact]
    public void Scenarios_maintenance_confirmation_parity_and_brackets_reach_the_engine()
    {
        File.WriteAllText(
            Path.Combine(_bench.Folder, "brackets.json"),
            """
            {"BTC/USDT:USDT":[{"tier":2.0,"minNotional":5000.0,"maxNotional":10000.0,"maintenanceMarginRate":0.015,"maxLeverage":50.0},
             {"tier":1.0,"minNotional":0.0,"maxNotional":5000.0,"maintenanceMarginRate":0.01,"maxLeverage":75.0}],"BTC/USDT:USDT-261225":[]}
            """);
        _bench.WithFile("""
            {
              "Engine": {
                "ReturnPeriodMinutes": 60, "ReturnPeriods": 720, "VolatilityMinutes": 30,
                "Symbols": [ { "Symbol": "BTCUSDT", "ConfirmedBy": "ETHUSDT" }, { "Symbol": "ETHUSDT" } ],
                "Scenarios": [ { "Name": "decoupled", "Shock": -0.1, "Symbols": [ { "Symbol": "ETHUSDT", "Shock": 0.3 } ] } ]
              },
              "Accounts": [ { "Name": "main", "RiskParity": true, "Leverage": { "LeverageMax": 4 } } ],
              "Strategies": { "ExitsAreMaker": true },
              "Venue": {
                "LeverageBracketsFile": "brackets.json",
                "Maintenance": [ { "Name": "upgrade", "Start": "2026-11-24T06:00Z", "End": "2026-11-24T06:30:15Z" } ]
              }
            }
            """);
        var loaded = _bench.Load();
        loaded.Report().ShouldBe("");

        var settings = loaded.Options.ToEngineSettings();

        (settings.ReturnPeriodMinutes, settings.ReturnPeriods).ShouldBe((60, 720));
        settings.Symbols.Select(s => (s.ConfirmedBy, s.VolatilityMinutes, s.ExitsAreMaker)).ShouldBe([("ETHUSDT", 30, true), (null, 30, true)]);
        var scenario = settings.Scenarios.Single();
        (scenario.Name, scenario.Shock, scenario.Shocks["ETHUSDT"]).ShouldBe(("decoupled", -0.1m, 0.3m));
        var account = settings.Accounts.Single();
        (account.RiskParity, account.Leverage.LeverageMax).ShouldBe((true, 4));
        var window = account.Limits.MaintenanceWindows.Single();
        (window.Name, window.StartMs, window.EndMs - window.StartMs).ShouldBe(("upgrade", 1_795_500_000_000, 1_815_000));
        var ladder = settings.LeverageBrackets.Single();
        (ladder.Symbol, ladder.Steps.Count, ladder.Maintenance(10_000)).ShouldBe(("BTCUSDT", 2, 125));
    }

    [Theory]
    [InlineData("""[{"symbol":"BTCUSDT","brackets":[{"bracket":1,"initialLeverage":75,"notionalCap":10000,"notionalFloor":0,"maintMarginRatio":0.005}]}]""", "")]
    [InlineData("""[{"symbol":"BTCUSDT"}]""", "cannot be used as leverage brackets")]
    [InlineData("""[{"symbol":"BTCUSDT","brackets":[]}]""", "BTCUSDT has 0 leverage brackets")]
    [InlineData("nonsense", "cannot be used as leverage brackets")]
    [InlineData("5", "cannot be used as leverage brackets")]
    public void A_file_of_brackets_is_used_or_named(string content, string complaint)
    {
        var file = Path.Combine(_bench.Folder, "brackets.json");
        File.WriteAllText(file, content);
        if (complaint.Length == 0) BracketFile.Read(file, ["BTCUSDT"]).Single().Symbol.ShouldBe("BTCUSDT");
        else Should.Throw<InvalidDataException>(() => BracketFile.Read(file, ["BTCUSDT"])).Message.ShouldContain(complaint);
    }

    [Theory]
    [InlineData("""{"Venue":{"Maintenance":[{"Name":"a","Start":"2026-11-24T06:00Z","End":"2026-11-24T06:00Z"}]}}""", "Venue:Maintenance:0:End was '2026-11-24T06:00Z'")]
    [InlineData("""{"Venue":{"Maintenance":[{"Name":"a","Start":"2026-02-30T06:00Z","End":"2026-11-24T06:00Z"}]}}""", "Venue:Maintenance:0:Start was '2026-02-30T06:00Z'")]
    [InlineData("""{"Venue":{"Maintenance":[{"Name":"a","Start":"tomorrow"}]}}""", "Venue:Maintenance:0:Start was 'tomorrow'")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"BTCUSDT","ConfirmedBy":"BTCUSDT"}]}}""", "Engine:Symbols:0:ConfirmedBy was 'BTCUSDT'")]
    [InlineData("""{"Venue":{"LeverageBracketsFile":"absent.json"}}""", "Venue:LeverageBracketsFile: ")]
    public void What_is_wrong_is_named(string file, string complaint) =>
        _bench.WithFile(file).Errors().ShouldContain(e => e.StartsWith(complaint, StringComparison.Ordinal));

    public void Dispose() => _bench.Dispose();
}
