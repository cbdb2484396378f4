using Granary.Engine.Factors;

namespace Granary.Engine.Tests.Factors;

public sealed class StepRewardTests
{
    [Theory]
    [InlineData(1, 0.0001, 49.9)]
    [InlineData(-1, 0.0001, 50.1)]
    [InlineData(0.5, -0.0002, 50.1)]
    [InlineData(0, 0.01, 50)]
    public void Longs_pay_funding_and_shorts_receive_it(double action, double rate, double reward) =>
        StepReward.Of(1_000, 1_050, action, rate).ShouldBe(reward, 1e-12);

    [Fact]
    public void What_is_no_action_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => StepReward.Of(1, 1, 1.01, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => StepReward.Of(1, 1, double.NaN, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => StepReward.Of(1, double.PositiveInfinity, 1, 0));
    }
}
