using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Sizing;

namespace Granary.Engine.Tests.Sizing;

public sealed class RiskParityTests
{
    [Fact]
    public void Shares_are_inverse_to_volatility()
    {
        var weights = RiskParity.Weights([0.1, 0.2, 0.4]);
        weights.Select(weight => weight.Weight).ShouldBe([4 / 7.0, 2 / 7.0, 1 / 7.0], 1e-15);
        weights.ShouldAllBe(weight => weight.Exclusion == ParityExclusion.None);
    }

    [Fact]
    public void A_volatility_that_says_nothing_has_no_share_and_a_name()
    {
        var weights = RiskParity.Weights([null, 0.0, -0.1, double.NaN, double.PositiveInfinity, 0.3]);
        weights.Select(weight => weight.Exclusion).ShouldBe([
            ParityExclusion.VolatilityUnknown, ParityExclusion.VolatilityZero, ParityExclusion.VolatilityInvalid, ParityExclusion.VolatilityInvalid,
            ParityExclusion.VolatilityInvalid, ParityExclusion.None]);
        weights.Select(weight => weight.Weight).ShouldBe([0, 0, 0, 0, 0, 1]);
        RiskParity.Weights([null, 0.0]).ShouldAllBe(weight => weight.Weight == 0);
        RiskParity.Weights([]).ShouldBeEmpty();
    }

    [Fact]
    public void Tiny_and_huge_volatilities_do_not_overflow()
    {
        var weights = RiskParity.Weights([1e-320, double.MaxValue, 1e-320]);
        weights.Select(weight => weight.Weight).ShouldBe([0.5, 0, 0.5]);
    }

    [Fact]
    public void Shares_add_up_to_one_and_equal_the_risk_whatever_the_unit() => Prop.ForAll(
        Arb.From(Gen.Choose(1, 1_000_000).NonEmptyListOf()),
        items =>
        {
            var volatilities = items.Select(item => (double?)(item / 1e6)).ToArray();
            var weights = RiskParity.Weights(volatilities);
            weights.Sum(weight => weight.Weight).ShouldBe(1, 1e-12);
            for (var i = 1; i < weights.Length; i++)
                (weights[i].Weight * volatilities[i]!.Value).ShouldBe(weights[0].Weight * volatilities[0]!.Value, 1e-12);
            RiskParity.Weights([.. volatilities.Select(value => value * 365)]).Zip(weights).ShouldAllBe(
                pair => Math.Abs(pair.First.Weight - pair.Second.Weight) < 1e-12);
        }).QuickCheckThrowOnFailure();
}
