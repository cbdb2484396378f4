using Granary.Engine.Positions;
using Granary.Engine.Reconciliation;

namespace Granary.Engine.Tests.Reconciliation;

public sealed class InferredPriceTests
{
    [Theory]
    [InlineData(0, 0, 3, 110, 0, 110)] // opens
    [InlineData(5, 500, 8, 110, 0, 126.66666667)] // adds: 500 + 3 * price = 880
    [InlineData(-5, -500, -8, 90, 0, 73.33333333)] // adds to a short position
    [InlineData(5, 500, 8, 20, 0, 20)] // the books' cost cannot be right
    [InlineData(5, 500, 2, 100, 130, 130)] // reduces at the mark
    [InlineData(5, 500, 2, 120, 0, 100)] // reduces without a mark
    [InlineData(5, 500, -2, 120, 130, 120)] // turns
    [InlineData(5, 500, 0, 0, 0, 100)] // closes
    public void The_books_end_with_the_venues_entry(double quantity, double cost, double target, double entry, double mark, double price) =>
        InferredPrice.Of((decimal)quantity, (decimal)cost, new PositionReport("BTCUSDT", (decimal)target, (decimal)entry, (decimal)mark, 0, 0, 0))
            .ShouldBe((decimal)price);

    [Fact]
    public void A_position_that_is_not_listed_is_flat() => InferredPrice.Of(-4, -480, null).ShouldBe(120);

    [Fact]
    public void Without_any_price_there_is_none() =>
        Should.Throw<ArgumentException>(() => InferredPrice.Of(0, 0, new PositionReport("BTCUSDT", 1, 0, 0, 0, 0, 0)));
}
