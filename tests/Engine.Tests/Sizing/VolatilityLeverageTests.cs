using Granary.Engine.Sizing;

namespace Granary.Engine.Tests.Sizing;

public sealed class VolatilityLeverageTests
{
    private static readonly VolatilityLeverage Rule = new() { TargetVolatility = 1.5 };

    [Theory]
    [InlineData(0.5, 3, LeverageBound.None)]
    [InlineData(0.51, 2, LeverageBound.None)]
    [InlineData(0.15, 10, LeverageBound.None)]
    [InlineData(0.1, 10, LeverageBound.Largest)]
    [InlineData(1e-320, 10, LeverageBound.Largest)]
    [InlineData(1.5, 1, LeverageBound.None)]
    [InlineData(3.0, 1, LeverageBound.Smallest)]
    [InlineData(0.0, 1, LeverageBound.VolatilityZero)]
    [InlineData(null, 1, LeverageBound.VolatilityUnknown)]
    [InlineData(double.NaN, 1, LeverageBound.VolatilityUnknown)]
    [InlineData(double.PositiveInfinity, 1, LeverageBound.VolatilityUnknown)]
    [InlineData(-0.2, 1, LeverageBound.VolatilityUnknown)]
    public void Leverage_is_target_over_realised_volatility_within_bounds(double? realized, int leverage, LeverageBound bound)
    {
        var decision = Rule.Of(realized);
        (decision.Leverage, decision.Bound).ShouldBe((leverage, bound));
    }

    [Fact]
    public void It_never_rises_with_volatility()
    {
        var leverages = Enumerable.Range(1, 400).Select(i => Rule.Of(i / 100.0).Leverage).ToArray();
        leverages.ShouldBe(leverages.OrderDescending());
        leverages.Distinct().Count().ShouldBe(10);
    }

    [Fact]
    public void A_ratio_beyond_every_number_is_the_largest_leverage_and_no_ratio()
    {
        Rule.Of(1e-320).Wanted.ShouldBeNull();
        Rule.Of(0.1).Wanted!.Value.ShouldBe(15, 1e-12);
    }

    [Fact]
    public void Parameters_are_checked_before_a_leverage_is_given()
    {
        Should.Throw<ArgumentException>(() => new VolatilityLeverage { TargetVolatility = 100.1 }.Of(null)).Message.ShouldContain("TargetVolatility was 100.1");
        new VolatilityLeverage { TargetVolatility = 100, LeverageMin = 125, LeverageMax = 125 }.Of(1).Leverage.ShouldBe(125, "100 is below the smallest");
    }

    [Theory]
    [InlineData(0, 1, 10, "TargetVolatility was 0")]
    [InlineData(double.NaN, 1, 10, "TargetVolatility was NaN")]
    [InlineData(1, 0, 10, "LeverageMin was 0, expected 1 to 125")]
    [InlineData(1, 5, 4, "LeverageMax was 4, expected 5 to 125")]
    public void A_wrong_parameter_is_named(double target, int min, int max, string message) =>
        Should.Throw<ArgumentException>(() => new VolatilityLeverage { TargetVolatility = target, LeverageMin = min, LeverageMax = max }.Validate())
            .Message.ShouldContain(message);
}
