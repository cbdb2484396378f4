using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Statistics;

public sealed class LogRatioTests
{
    [Theory]
    [InlineData("100", "100", 0)]
    [InlineData("271.82818284590452", "100", 1)]
    [InlineData("100", "271.82818284590452", -1)]
    [InlineData("100.00000001", "100", 9.9999999995000000e-11)]
    [InlineData("0.00001235", "0.00001234", 8.1004459674444766e-4)]
    public void It_is_the_logarithm_to_the_last_digits(string price, string previous, double expected) =>
        LogRatio.Of(Parse(price), Parse(previous)).ShouldBe(expected, (1e-15 * Math.Abs(expected)) + double.Epsilon);

    [Fact]
    public void It_agrees_with_the_one_of_scaled_integers()
    {
        var random = new Random(6);
        for (var i = 0; i < 1_000; i++)
        {
            long price = random.Next(1, 1_000_000), previous = random.Next(3) == 0 ? random.Next(1, 1_000_000) : Math.Max(1, price + random.Next(-20, 20));
            var expected = LogReturn.Of(price * 1_000_000, previous * 1_000_000);
            LogRatio.Of(price / 100m, previous / 100m).ShouldBe(expected, 1e-15 * Math.Max(1, Math.Abs(expected)));
        }
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
