using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Statistics;

public sealed class NormalDistributionTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-1, 0.15865525393145707)]
    [InlineData(1.959963984540054, 0.975)]
    [InlineData(-3, 0.0013498980316300933)]
    [InlineData(-6, 9.865876450376946e-10)]
    [InlineData(-10, 7.619853024160527e-24)]
    public void Probabilities_are_those_of_the_tables(double z, double p)
    {
        NormalDistribution.Cumulative(z).ShouldBe(p, p * 1e-10);
        NormalDistribution.Quantile(p).ShouldBe(z, 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void There_is_no_quantile_of_certainty(double p) => Should.Throw<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(p));
}
