using Granary.Engine.Margin;

namespace Granary.Engine.Tests.Margin;

public sealed class LeverageBracketsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(50_000, 200)]
    [InlineData(250_000, 1_000)]
    [InlineData(500_000, 2_250)]
    [InlineData(1_000_000, 4_750)]
    [InlineData(2_000_000, 14_750)]
    public void Maintenance_margin_follows_the_ladder(decimal notional, decimal maintenance) => Ladders.Btc.Maintenance(notional).ShouldBe(maintenance);

    /// <summary>The venue's example: 500,000 USDT of BTCUSDT are in the third step, whose cumulative amount is 1,300.</summary>
    [Fact]
    public void The_venues_example_comes_out()
    {
        var ladder = new LeverageBrackets("BTCUSDT", [new(0, 50_000, 125, 0.004m), new(50_000, 250_000, 100, 0.005m), new(250_000, 1_000_000, 50, 0.01m)]);
        ladder.Cumulative(ladder.IndexOf(500_000)).ShouldBe(1_300);
        ladder.Maintenance(500_000).ShouldBe(3_700);
    }

    [Fact]
    public void The_margin_has_no_jumps_and_never_falls()
    {
        foreach (var bracket in Ladders.Btc.Steps.Take(3))
        {
            var at = Ladders.Btc.Maintenance(bracket.NotionalCap);
            (Ladders.Btc.Maintenance(bracket.NotionalCap + 0.0001m) - at).ShouldBeInRange(0, 0.00001m);
        }
    }

    [Fact]
    public void A_step_holds_up_to_its_cap_and_the_last_one_for_ever()
    {
        (Ladders.Btc.IndexOf(50_000), Ladders.Btc.IndexOf(50_000.01m), Ladders.Btc.IndexOf(1e15m)).ShouldBe((0, 1, 3));
        Ladders.Btc.LeverageMaxAt(50_000).ShouldBe(125);
        Ladders.Btc.LeverageMaxAt(50_001).ShouldBe(100);
        Ladders.Btc.NotionalMaxAt(125).ShouldBe(50_000);
        Ladders.Btc.NotionalMaxAt(60).ShouldBe(250_000);
        Ladders.Btc.NotionalMaxAt(126).ShouldBe(0);
        LeverageBrackets.Flat("X", 0.01m).Maintenance(5_000).ShouldBe(50);
    }

    [Fact]
    public void A_ladder_that_does_not_hold_together_is_refused_by_step_and_field()
    {
        Wrong().ShouldContain("expected 1 to 64");
        Wrong(new LeverageBracket(1, 10, 5, 0.1m)).ShouldContain("bracket 1: NotionalFloor was 1, expected 0");
        Wrong(new(0, 10, 5, 0.1m), new(9, 20, 5, 0.1m)).ShouldContain("bracket 2: NotionalFloor was 9, expected 10");
        Wrong(new(0, 10, 5, 0.1m), new(10, 10, 5, 0.1m)).ShouldContain("bracket 2: NotionalCap was 10, expected above 10");
        Wrong(new(0, 10, 5, 0.1m), new(10, 20, 5, 0.09m)).ShouldContain("bracket 2: MaintenanceRate was 0.09, expected 0.1");
        Wrong(new LeverageBracket(0, 10, 5, 1)).ShouldContain("MaintenanceRate was 1");
        Wrong(new(0, 10, 5, 0.1m), new(10, 20, 6, 0.1m)).ShouldContain("bracket 2: LeverageMax was 6, expected 1 to 5");
        Wrong(new LeverageBracket(0, 10, 0, 0.1m)).ShouldContain("LeverageMax was 0");
    }

    private static string Wrong(params LeverageBracket[] brackets) =>
        Should.Throw<ArgumentException>(() => new LeverageBrackets("BTCUSDT", brackets)).Message;
}
