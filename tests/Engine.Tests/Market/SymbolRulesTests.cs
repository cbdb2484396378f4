using Granary.Engine.Market;

namespace Granary.Engine.Tests.Market;

public sealed class SymbolRulesTests
{
    private static readonly SymbolRules Rules = new(
        "BTCUSDT", "TRADING", 0.1m, 0.001m, 0.001m, 1000m, 120m, 5m, 0.1m, 1_000_000m, 1.05m, 0.95m, 200, 2, 3);

    [Theory]
    [InlineData("0.0029", "0.002")]
    [InlineData("0.002", "0.002")]
    [InlineData("0.0009", "0")]
    [InlineData("0", "0")]
    [InlineData("-1", "0")]
    public void Quantities_are_cut_to_the_step(string quantity, string expected) => Rules.FloorQuantity(Parse(quantity)).ShouldBe(Parse(expected));

    [Theory]
    [InlineData("67000.19", "67000.1", "67000.2")]
    [InlineData("67000.1", "67000.1", "67000.1")]
    public void Prices_go_to_the_tick_on_either_side(string price, string floor, string ceiling)
    {
        Rules.FloorPrice(Parse(price)).ShouldBe(Parse(floor));
        Rules.CeilingPrice(Parse(price)).ShouldBe(Parse(ceiling));
    }

    [Fact]
    public void Only_the_status_trading_accepts_orders()
    {
        Rules.IsTrading.ShouldBeTrue();
        (Rules with { Status = "SETTLING" }).IsTrading.ShouldBeFalse();
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
