using Granary.Backtest.Parity;
using Granary.Engine.Market;

namespace Granary.Backtest.Tests.Parity;

public sealed class TradeRangeTests
{
    // Time, price, and whether a seller took it.
    private static readonly TradeRange Range = new([Trade(10, 7, true), Trade(20, 9, false), Trade(20, 8, false), Trade(30, 10, false), Trade(40, 12, false)]);

    [Theory]
    [InlineData(20, 20, 7, 10)]
    [InlineData(21, 29, 7, 10)]
    [InlineData(30, 30, 7, 12)]
    [InlineData(40, 99, 7, 12)]
    [InlineData(99, 99, 7, 12)]
    [InlineData(0, 5, 7, 7)]
    public void The_touch_before_and_the_next_trade_are_part_of_it(long fromMs, long toMs, int low, int high) =>
        Range.Between(fromMs, toMs).ShouldBe((low, high));

    [Fact]
    public void A_market_without_trades_shows_nothing() => new TradeRange([]).Between(0, 1).ShouldBeNull();

    private static AggTrade Trade(long timeMs, long price, bool isSell) => new(timeMs, timeMs, price * Fixed8.One, Fixed8.One, timeMs, 1, isSell);
}
