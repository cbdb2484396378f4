using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Journal.Records;

namespace Granary.Silo.Tests.Operator;

/// <summary>Views and records with every field set.</summary>
public static class Views
{
    public const long NowMs = 1_723_161_600_000;

    public static RiskView Account(string name, string state = "Active", int unknown = 0) => new(
        name, state, "", 100_050.25m, 100_050.25m, 100_000m, 60.5m, 10.25m, 0m, -5.125m, 6_000m, -6_000m, 50.25m, 2, unknown, 100m, 7,
        new Dictionary<string, long> { ["StaleData"] = 3 },
        [new PositionView(name, "BTCUSDT", -0.1m, 60_000.5m, 60_050m, -5.125m, 60.5m, 10.25m, 60_900m, "momentum")], NowMs);

    public static EngineStop Stop { get; } = new("Halt", "ann", "a drill", NowMs);

    public static RiskReport Risk(string name) => new(
        name, "Halted", "ann: a drill", "Halt", "Engine", false, 100_000.5m, 6_000m, 0m, 100m, 0.0015m, 16.5m, 0.01m, 0.02m, 3, 0.5m, null, NowMs, false, 1, 600,
        [new RiskTail("Historical", 0.95, 12.5, 15.25)], [new RiskScenario("all -20%", -1_200m)], [new RiskLimitUse("LeverageMax", 0.06m, 1.5m)],
        [new SymbolRisk("BTCUSDT", 6_000m, 0.45, null, 0.0002m, -0.6m, NowMs + 1)], 0.0002m, 0.0005m, NowMs);

    public static SymbolView Symbol(string name, long ageMs = 5) => new(
        name, 1001, 1000, new Dictionary<string, long> { ["outlier"] = 1 }, 25, "ab12", 60_000.1m, 60_000m, 60_000.1m, 60_000.05m, NowMs - ageMs, ageMs, 0,
        """{"ofi":0.25}""", """{"side":"Buy"}""", "stop 60900", 2.5m, """{"rollVol":0.5}""", null);

    public static OrderRecord Order(string account, string symbol, long sequence, string status = "Filled") => new(
        account, $"g1-{account}-{sequence}", sequence, symbol, "momentum", "i", "Entry", "Buy", "Market", "Gtc", 0.1m, null, false, 12.5, 59_000m, status, sequence,
        0.1m, "", NowMs, NowMs + sequence);

    public static FillRecord Fill(string account, string symbol, long position) => new(
        position, account, symbol, position, "c", 1, "momentum", "Buy", 60_000m, 0.1m, 2.4m, "USDT", 0m, false, NowMs);

    public static OrderCostRecord OrderCost(string account, string symbol) => new(
        account, "c", symbol, "momentum", "Entry", "Buy", 0.1m, 60_000m, 59_990m, 1.5, "Book", 0.1m, 60_010m, 1.67, 1m, 1m, 0m, 0m, 2.4m, true, [], NowMs);

    public static SlippageView Slippage(string key) => new(
        key.Split('/')[0], key.Split('/')[1], "momentum", "Entry", 3, 1, 1.5, 1.25, 1, 4, 3, 1, 0.5, 6_000m, 0.9m, 0.1m, 0.5m, 0.4m, 0.2m, 7.2m);

    public static DecisionRecord Decision(string account, string symbol, long bar) => new(
        account, symbol, "momentum", $"i{bar}", "Entry", "Buy", double.NaN, bar, "Refused", "StaleData", "age=9000", """{"a":1}""", "not json", NowMs, NowMs);
}
