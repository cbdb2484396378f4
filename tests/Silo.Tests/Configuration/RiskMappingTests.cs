using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Grains.Configuration;
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

    [Fact]
    public void Protection_switch_and_foreign_orders_reach_the_engine()
    {
        _bench.WithFile("""
            {
              "Engine": {
                "DeadMansSwitch": { "TimeoutMs": 60000, "RefreshMs": 15000 }, "ForeignOrders": "Leave",
                "Symbols": [
                  { "Symbol": "BTCUSDT", "Signals": { "Guard": { "StopAtrMultiple": 2.5, "TrailWideAtrMultiple": 0.6 } } },
                  { "Symbol": "ETHUSDT", "Signals": { "Guard": { "StopPriceShare": 0.02 } } },
                  { "Symbol": "SOLUSDT" }
                ]
              },
              "Protection": { "AtVenue": false, "WorkingPrice": "Last", "OnRefused": "Hold", "RetryMs": 2500 },
              "Strategies": {
                "Guard": {
                  "StopAtrMultiple": 2, "TrailActivationAtrMultiple": 0.7, "TrailAtrMultiple": 0.4, "TrailWideAtrMultiple": 0.5, "FlowExitLevel": 0.3, "FlowExitBars": 4,
                  "HoldingBarsMax": 600, "HoldingEndsTrailing": true
                }
              }
            }
            """);
        var loaded = _bench.Load();
        loaded.Report().ShouldBe("");

        var settings = loaded.Options.ToEngineSettings();

        settings.Protection.ShouldBe(new ProtectionSettings { AtVenue = false, WorkingPrice = WorkingPrice.Last, OnRefused = StopRefusedAction.Hold, RetryMs = 2_500 });
        settings.DeadMansSwitch.ShouldBe(new DeadMansSwitchSettings { TimeoutMs = 60_000, RefreshMs = 15_000 });
        settings.ForeignOrders.ShouldBe(ForeignOrderPolicy.Leave);
        var all = new GuardParameters
        {
            StopAtrMultiple = 2,
            TrailActivationAtrMultiple = 0.7m,
            TrailAtrMultiple = 0.4m,
            TrailWideAtrMultiple = 0.5m,
            FlowExitLevel = 0.3,
            FlowExitBars = 4,
            HoldingBarsMax = 600,
            HoldingEndsTrailing = true,
        };
        settings.Symbols.Select(s => s.Guard).ShouldBe([
            all with { StopAtrMultiple = 2.5m, TrailWideAtrMultiple = 0.6m }, all with { StopPriceShare = 0.02m }, all,
        ]);
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
    [InlineData("""{"Protection":{"RetryMs":99}}""", "Protection:RetryMs was 99, expected 100 to 60000")]
    [InlineData("""{"Protection":{"RetryMs":60001}}""", "Protection:RetryMs was 60001")]
    [InlineData("""{"Protection":{"OnRefused":"Hope"}}""", "Protection:OnRefused was 'Hope'; allowed is Exit, Hold")]
    [InlineData("""{"Protection":{"WorkingPrice":"Index"}}""", "Protection:WorkingPrice was 'Index'; allowed is Last, Mark")]
    [InlineData("""{"Engine":{"ForeignOrders":"Cancel"}}""", "Engine:ForeignOrders was 'Cancel'; allowed is Adopt, Leave")]
    [InlineData("""{"Engine":{"DeadMansSwitch":{"TimeoutMs":9999}}}""", "Engine:DeadMansSwitch:TimeoutMs was 9999, expected 0 for no switch, or 10000 to 600000")]
    [InlineData("""{"Engine":{"DeadMansSwitch":{"TimeoutMs":20000}}}""", "Engine:DeadMansSwitch:RefreshMs was 30000, expected 1000 to 10000")]
    [InlineData("""{"Engine":{"DeadMansSwitch":{"RefreshMs":999}}}""", "Engine:DeadMansSwitch:RefreshMs was 999, expected 1000 to 60000")]
    [InlineData("""{"Watchdog":{"StuckMs":1999}}""", "Watchdog:StuckMs was 1999, expected 2000 to 600000")]
    [InlineData("""{"Watchdog":{"StuckMs":60000,"VenueStuckMs":50000}}""", "Watchdog:VenueStuckMs was 50000, expected 60000 to 3600000")]
    [InlineData("""{"Watchdog":{"StreamSilentMs":1999}}""", "Watchdog:StreamSilentMs was 1999, expected 0 for no watch, or 2000 to 600000")]
    [InlineData("""{"Watchdog":{"QueueAlertShare":1.1}}""", "Watchdog:QueueAlertShare was 1.1, expected 0.01 to 1")]
    [InlineData("""{"Strategies":{"Guard":{"StopAtrMultiple":0}}}""", "Strategies:Guard:StopAtrMultiple was 0, expected above 0 to 1000")]
    [InlineData("""{"Strategies":{"Guard":{"StopPriceShare":1}}}""", "Strategies:Guard:StopPriceShare was 1, expected above 0 and below 1")]
    [InlineData("""{"Strategies":{"Guard":{"TrailAtrMultiple":2}}}""", "Strategies:Guard:TrailWideAtrMultiple was 1.2, expected TrailAtrMultiple to 1000")]
    [InlineData("""{"Strategies":{"Guard":{"FlowExitLevel":1.1}}}""", "Strategies:Guard:FlowExitLevel was 1.1")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"BTCUSDT","Signals":{"Guard":{"HoldingBarsMax":0}}}]}}""", "Engine:Symbols:0:Signals:Guard:HoldingBarsMax was 0")]
    [InlineData("""{"Accounts":[{"Name":"main","Limits":{"StopAtrMultiple":2}}]}""", "Accounts:0:Limits:StopAtrMultiple is not an option")]
    public void What_is_wrong_is_named(string file, string complaint) =>
        _bench.WithFile(file).Errors().ShouldContain(e => e.StartsWith(complaint, StringComparison.Ordinal));

    public void Dispose() => _bench.Dispose();
}
