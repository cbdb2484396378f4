using Granary.Engine.Orders;
using Granary.Engine.Reconciliation;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Orders;

namespace Granary.Engine.Tests.Reconciliation;

public sealed class SyntheticFillsTests
{
    [Fact]
    public void Ids_count_down_below_every_id_that_a_journal_holds_and_survive_a_snapshot()
    {
        var fills = new SyntheticFills();
        fills.Take(OrderTrackerTests.Fill(-1_700_000_000_000, 1, 100));
        var made = fills.Make("BTCUSDT", new ReconcileStep.InferFill("", -2, 50, 70));
        (made.TradeId, made.Side, made.Quantity, made.TimeMs, made.ClientOrderId)
            .ShouldBe((-1_700_000_000_001, OrderSide.Sell, 2m, 70L, "synthetic/1700000000001"));
        fills.Take(made);
        fills.Take(made with { TradeId = -5, ClientOrderId = "g/main/momentum/1" });
        var writer = new SnapshotWriter();
        fills.Write(writer);
        var again = new SyntheticFills();
        var reader = new SnapshotReader(writer.Written);
        again.Read(ref reader);
        (again.IsInferredFor("g/main/momentum/1"), again.IsInferredFor(made.ClientOrderId), again.IsInferredFor("")).ShouldBe((true, false, false));
        again.Make("BTCUSDT", new ReconcileStep.InferFill("", 1, 50, 70)).TradeId.ShouldBe(-1_700_000_000_002);
    }

    [Fact]
    public void Only_a_real_fill_from_before_is_contained()
    {
        var fills = new SyntheticFills();
        var real = OrderTrackerTests.Fill(9, 3, 90) with { TimeMs = 70, Fee = 1, RealizedPnl = 2 };
        fills.Replace(real).ShouldBeNull("nothing was inferred");
        fills.Take(fills.Make("BTCUSDT", new ReconcileStep.InferFill("", 3, 50, 70)));
        fills.Replace(real with { TimeMs = 71 }).ShouldBeNull();
        var back = fills.Replace(real)!;
        (back.SignedQuantity, back.Price, back.Fee, back.RealizedPnl, back.VenueOrderId).ShouldBe((-3m, 50m, 0m, 0m, 0L));
        (SyntheticFills.IsSynthetic(back.TradeId), SyntheticFills.IsReplacement(back.TradeId, back.ClientOrderId)).ShouldBe((true, true));
        fills.Replace(back).ShouldBeNull("a synthetic one is never replaced");
    }
}
