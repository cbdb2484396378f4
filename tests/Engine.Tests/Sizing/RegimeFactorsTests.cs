using Granary.Engine.Signals;
using Granary.Engine.Sizing;

namespace Granary.Engine.Tests.Sizing;

public sealed class RegimeFactorsTests
{
    [Theory]
    [InlineData(MarketRegime.High, 0.5)]
    [InlineData(MarketRegime.Normal, 1)]
    [InlineData(MarketRegime.Low, 0.7)]
    [InlineData(MarketRegime.Unknown, 0)]
    [InlineData(MarketRegime.Extreme, 0)]
    public void A_regime_has_its_factor(MarketRegime regime, decimal factor) => new RegimeFactors().Of(regime).ShouldBe(factor);

    [Fact]
    public void A_wrong_factor_is_named()
    {
        Should.Throw<ArgumentException>(() => new RegimeFactors { Low = -1 }.Validate()).Message.ShouldContain("Low was -1, expected 0 to 10");
        Should.Throw<ArgumentException>(() => new RegimeFactors { Normal = 10.1m }.Validate()).Message.ShouldContain("Normal was 10.1");
        Should.Throw<ArgumentException>(() => new RegimeFactors { High = -0.1m }.Validate()).Message.ShouldContain("High was -0.1");
        new RegimeFactors { High = 0, Normal = 10, Low = 10 }.Validate();
    }
}
