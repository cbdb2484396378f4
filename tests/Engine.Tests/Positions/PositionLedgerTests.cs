using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Positions;

public sealed class PositionLedgerTests
{
    private long _tradeId;

    [Fact]
    public void Increases_average_the_entry_and_decreases_leave_it()
    {
        var ledger = new PositionLedger();
        ledger.Apply(Fill(OrderSide.Buy, 1, 100)).ShouldBe(0);
        ledger.Apply(Fill(OrderSide.Buy, 3, 104)).ShouldBe(0);
        ledger.EntryPrice.ShouldBe(103);
        ledger.Apply(Fill(OrderSide.Sell, 1, 110)).ShouldBe(7);
        ledger.EntryPrice.ShouldBe(103);
        ledger.Quantity.ShouldBe(3);
        ledger.UnrealizedPnl(101).ShouldBe(-6);
        ledger.LastTradeId.ShouldBe(3);
    }

    [Fact]
    public void A_flip_closes_everything_and_opens_the_rest_at_the_fill()
    {
        var ledger = new PositionLedger();
        ledger.Apply(Fill(OrderSide.Sell, 2, 100));
        ledger.Apply(Fill(OrderSide.Buy, 5, 90)).ShouldBe(20);
        ledger.Quantity.ShouldBe(3);
        ledger.EntryPrice.ShouldBe(90);
        ledger.RealizedPnl.ShouldBe(20);
    }

    [Fact]
    public void A_share_that_does_not_terminate_leaves_no_residue_when_flat()
    {
        var ledger = new PositionLedger();
        ledger.Apply(Fill(OrderSide.Buy, 3, 1));
        ledger.Apply(Fill(OrderSide.Buy, 4, 2.3m));
        for (var i = 0; i < 7; i++) ledger.Apply(Fill(OrderSide.Sell, 1, 3));
        ledger.CostBasis.ShouldBe(0);
        ledger.RealizedPnl.ShouldBe(21m - 3m - 9.2m);
    }

    [Fact]
    public void Fees_are_kept_by_asset()
    {
        var ledger = new PositionLedger();
        ledger.Apply(Fill(OrderSide.Buy, 1, 100) with { Fee = 0.05m });
        ledger.Apply(Fill(OrderSide.Buy, 1, 100) with { Fee = 0.0001m, FeeAsset = "BNB" });
        ledger.Apply(Fill(OrderSide.Buy, 1, 100) with { Fee = -0.01m });
        ledger.Fees.ShouldBe(0.04m);
        ledger.FeesByAsset["BNB"].ShouldBe(0.0001m);
    }

    [Fact]
    public void A_fill_without_price_or_quantity_is_refused()
    {
        var ledger = new PositionLedger();
        Should.Throw<ArgumentOutOfRangeException>(() => ledger.Apply(Fill(OrderSide.Buy, 0, 100)));
        Should.Throw<ArgumentOutOfRangeException>(() => ledger.Apply(Fill(OrderSide.Buy, 1, -1)));
        ledger.IsFlat.ShouldBeTrue();
    }

    [Fact]
    public void Adopting_takes_quantity_and_entry_and_keeps_what_was_realised()
    {
        var ledger = new PositionLedger();
        ledger.Apply(Fill(OrderSide.Buy, 1, 100));
        ledger.Apply(Fill(OrderSide.Sell, 1, 103));
        ledger.Adopt(-2, 50);
        (ledger.Quantity, ledger.EntryPrice, ledger.RealizedPnl).ShouldBe((-2m, 50m, 3m));
        ledger.UnrealizedPnl(40).ShouldBe(20);
    }

    [Fact]
    public void Realised_plus_unrealised_is_the_cash_flow_plus_the_position_at_mark_exactly() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1).ArrayOf()),
        script =>
        {
            var ledger = new PositionLedger();
            decimal cash = 0, quantity = 0, sum = 0;
            foreach (var step in script)
            {
                var fill = Fill(
                    step % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, ((step / 2 % 9973) + 1) * 0.00000001m * (step % 5 == 0 ? 12345678m : 1),
                    ((step / 19946 % 99991) + 1) * 0.00000123m * (step % 3 == 0 ? 1000000m : 1)) with
                { Fee = (step % 11) * 0.00000007m };
                sum += ledger.Apply(fill);
                cash -= fill.SignedQuantity * fill.Price;
                quantity += fill.SignedQuantity;
                var mark = ((step % 777) + 1) * 0.0000321m;
                ledger.Quantity.ShouldBe(quantity);
                ledger.RealizedPnl.ShouldBe(sum);
                (ledger.RealizedPnl + ledger.UnrealizedPnl(mark)).ShouldBe(cash + (quantity * mark));
                if (quantity == 0) ledger.RealizedPnl.ShouldBe(cash);
                ledger = Restored(ledger);
            }
            if (quantity == 0) return;
            ledger.Apply(Fill(quantity > 0 ? OrderSide.Sell : OrderSide.Buy, Math.Abs(quantity), 7.77m));
            ledger.CostBasis.ShouldBe(0);
            ledger.RealizedPnl.ShouldBe(cash + (quantity * 7.77m));
        }).QuickCheckThrowOnFailure();

    private Fill Fill(OrderSide side, decimal quantity, decimal price) =>
        new("BTCUSDT", ++_tradeId, "c", 1, side, price, quantity, 0, "USDT", 0, IsMaker: false, _tradeId);

    private static PositionLedger Restored(PositionLedger ledger)
    {
        var writer = new SnapshotWriter();
        ledger.Write(writer);
        var reader = new SnapshotReader(writer.Written);
        var restored = new PositionLedger();
        restored.Read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        return restored;
    }
}
