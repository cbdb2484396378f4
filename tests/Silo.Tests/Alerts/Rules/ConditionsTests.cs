using Granary.Silo.Alerts;
using Granary.Silo.Alerts.Rules;
using Granary.Silo.Operator.Bodies;
using Granary.Silo.Tests.Operator;

namespace Granary.Silo.Tests.Alerts.Rules;

public sealed class ConditionsTests
{
    private static readonly AlertThresholds Thresholds = new(StaleMs: 30_000, LimitUse: 0.9m, Drawdown: 0.05m, LiquidationDistance: 0.15m, DiskFreeBytes: 1_000);

    [Fact]
    public void When_all_is_well_every_condition_says_so() =>
        Conditions.Of(Sight(), Thresholds).ShouldAllBe(signal => signal.Kind == AlertSignalKind.Clear);

    [Fact]
    public void A_lost_connection() => Raised(Sight() with { IsConnected = false }).ShouldBe([(AlertRules.Disconnect, "market data")]);

    [Fact]
    public void A_full_disk() => Raised(Sight() with { DiskFreeBytes = 999 }).ShouldBe([(AlertRules.Disk, "journal")]);

    [Fact]
    public void A_disk_that_cannot_be_seen_says_nothing() => Raised(Sight() with { DiskFreeBytes = null }).ShouldBeEmpty();

    [Fact]
    public void Unknown_orders_and_a_halt() =>
        Raised(Sight(AccountBody.From(Views.Account("main", "Halted", unknown: 2)))).ShouldBe([(AlertRules.UnknownOrder, "account main"), (AlertRules.Stopped, "account main")]);

    [Fact]
    public void A_grain_that_does_not_answer() => Raised(Sight(AccountBody.Silent("main", "no answer within 2000 ms", 0))).ShouldBe([(AlertRules.StuckGrain, "account main")]);

    [Fact]
    public void Old_data_unless_the_market_is_recorded()
    {
        var sight = Sight(symbol: SymbolBody.From(Views.Symbol("BTCUSDT", ageMs: 30_001)));

        Raised(sight).ShouldBe([(AlertRules.StaleStream, "symbol BTCUSDT data")]);
        Raised(sight with { IsRecorded = true }).ShouldBeEmpty();
    }

    [Fact]
    public void Measures_of_risk_at_their_thresholds()
    {
        var risk = Views.Risk("main");

        Raised(Sight() with { Risks = [risk with { Drawdown = 0.05m }] }).ShouldBe([(AlertRules.Drawdown, "account main")]);
        Raised(Sight() with { Risks = [risk with { LiquidationDistance = 0.149m }] }).ShouldBe([(AlertRules.LiquidationDistance, "account main")]);
        Raised(Sight() with { Risks = [risk with { LiquidationDistance = null }] }).ShouldBeEmpty();
        Raised(Sight() with { Risks = [risk with { Limits = [new("LeverageMax", 1.35m, 1.5m), new("Zero", 0m, 0m)] }] }).ShouldBe([(AlertRules.LimitHit, "account main LeverageMax")]);
    }

    private static IEnumerable<(string Rule, string Scope)> Raised(EngineSight sight) =>
        Conditions.Of(sight, Thresholds).Where(s => s.Kind == AlertSignalKind.Raise).Select(s => (s.Rule, s.Scope));

    private static EngineSight Sight(AccountBody? account = null, SymbolBody? symbol = null) => new(
        new StatusBody(
            "g1", "", "", "", false, "", 0, 0, StatusBody.Healthy, [], [], [account ?? AccountBody.From(Views.Account("main"))],
            [symbol ?? SymbolBody.From(Views.Symbol("BTCUSDT"))]),
        [Views.Risk("main") with { Drawdown = 0, Limits = [] }], true, "", false, 1_000);
}
