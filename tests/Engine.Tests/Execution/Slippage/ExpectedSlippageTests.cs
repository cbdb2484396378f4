using Granary.Engine.Book;
using Granary.Engine.Execution.Placement;
using Granary.Engine.Execution.Slippage;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Tests.Risk;

namespace Granary.Engine.Tests.Execution.Slippage;

public sealed class ExpectedSlippageTests
{
    private static readonly MarketDepth Book = new(Levels((99, 2), (98, 2)), Levels((101, 2), (103, 2)), null);

    [Fact]
    public void The_book_is_walked_from_its_mid_price()
    {
        ExpectedSlippage.Of(OrderSide.Buy, 1, 50, Book, 7).ShouldBe(new ExpectedSlippage(0.01m, SlippageBasis.Book));
        ExpectedSlippage.Of(OrderSide.Buy, 4, 50, Book, null)!.Value.Bps.ShouldBe(200, 1e-9, "2 at 101 and 2 at 103 against 100");
        ExpectedSlippage.Of(OrderSide.Sell, 4, 50, Book, null)!.Value.Bps.ShouldBe(150, 1e-9);
    }

    [Fact]
    public void Beyond_the_book_the_law_of_impact_goes_on()
    {
        ExpectedSlippage.Of(OrderSide.Buy, 5, 100, Book, null).ShouldBeNull("4 are there, and nothing is known of what moves the price");
        var known = ExpectedSlippage.Of(OrderSide.Buy, 5, 100, Book with { Impact = new ImpactInputs(0.03, 1_000) }, null)!.Value;
        known.Basis.ShouldBe(SlippageBasis.Book);
        known.Bps.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Without_a_book_the_bars_tell_and_without_them_nobody()
    {
        var bars = ExpectedSlippage.Of(OrderSide.Sell, 2, 100, default, 0.5)!.Value;
        bars.ShouldBe(new ExpectedSlippage(SlippageEstimate.Share(100, 2, 0.5), SlippageBasis.Bars));
        ExpectedSlippage.Of(OrderSide.Buy, 5, 100, Book, 0.5)!.Value.Basis.ShouldBe(SlippageBasis.Bars, "the book does not hold it");
        ExpectedSlippage.Of(OrderSide.Buy, 1, 100, Book with { Bids = default }, 0.5)!.Value.Basis.ShouldBe(SlippageBasis.Bars, "half a book has no mid price");
        ExpectedSlippage.Of(OrderSide.Buy, 1, 100, default, null).ShouldBeNull();
        ExpectedSlippage.Of(OrderSide.Buy, 1, 0, default, 0.5).ShouldBeNull();
    }

    [Fact]
    public void Slices_take_from_a_book_that_comes_back()
    {
        var depth = Book with { Impact = new ImpactInputs(0.03, 1_000_000) };
        var (whole, sliced) = (ExpectedSlippage.Of(OrderSide.Buy, 4, 100, depth, null)!.Value, ExpectedSlippage.Of(OrderSide.Buy, 4, 100, depth, null, 1)!.Value);
        sliced.Basis.ShouldBe(SlippageBasis.Slices);
        sliced.Bps.ShouldBeInRange(100, 101);
        whole.Bps.ShouldBe(200, 1e-9);
        ExpectedSlippage.Of(OrderSide.Buy, 4, 100, Book, null, 1)!.Value.Basis.ShouldBe(SlippageBasis.Book, "the drift of the whole is not known");
    }

    [Theory]
    [InlineData(0.0114, true)]
    [InlineData(0.0113, false)]
    public void The_gate_holds_the_expected_profit_against_what_taking_costs(double profit, bool isApproved)
    {
        // 3 times 0.07 % taking in and resting out, and half the spread of 1 % each side less the mid price's share.
        var scene = new GateScene();
        var market = scene.Market() with { Depth = new MarketDepth(Levels((99.07m, 9)), Levels((100.93m, 9)), null) };
        var decision = scene.Decide(scene.Entry(1) with { ExpectedProfit = profit, IsExitMaker = true }, market);
        decision.IsApproved.ShouldBe(isApproved, $"{decision.Refusal}");
        if (!isApproved) decision.Refusal!.Reason.ShouldBe(RefusalReason.ProfitBelowFees);
    }

    [Fact]
    public void The_gate_takes_the_fees_that_the_venue_tells()
    {
        var scene = new GateScene();
        var entry = scene.Entry(1) with { ExpectedProfit = 0.002, IsExitMaker = true };
        scene.Decide(entry).Refusal!.Reason.ShouldBe(RefusalReason.ProfitBelowFees, "3 times 0.07 %");
        scene.Decide(entry, scene.Market() with { Fees = new FeeRates(0.0001m, 0.0003m) }).IsApproved.ShouldBeTrue("3 times 0.04 %");
    }

    [Theory]
    [InlineData(PlacementStyle.Taker, 0.0051, PlacementStyle.LimitFirst)]
    [InlineData(PlacementStyle.Taker, 0.005, PlacementStyle.Taker)]
    [InlineData(PlacementStyle.Taker, null, PlacementStyle.Taker)]
    [InlineData(PlacementStyle.PostOnly, 0.9, PlacementStyle.PostOnly)]
    public void An_order_whose_taking_costs_too_much_rests_first(PlacementStyle style, double? slippage, PlacementStyle expected) =>
        new PlacementPolicy { Style = style }.For((decimal?)slippage).Style.ShouldBe(expected);

    private static BookLevel[] Levels(params (decimal Price, decimal Quantity)[] levels) =>
        [.. levels.Select(l => new BookLevel((long)(l.Price * Fixed8.One), (long)(l.Quantity * Fixed8.One)))];
}
