using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Positions;

public sealed class PositionLotsTests
{
    private readonly PositionLots _lots = new() { QuantityMin = 1 };

    [Fact]
    public void A_manual_add_is_a_lot_of_its_own_and_leaves_the_strategys_entry_and_profit()
    {
        Own(10, 100);
        External(5, 120);
        (_lots.Own.Quantity, _lots.Own.EntryPrice).ShouldBe((10m, 100m));
        (_lots.External.Quantity, _lots.External.EntryPrice).ShouldBe((5m, 120m));
        Own(-10, 110, fee: 1);
        (_lots.Own.Quantity, _lots.Own.RealizedPnl, _lots.Own.Fees).ShouldBe((0m, 100m, 1m));
        (_lots.External.Quantity, _lots.External.RealizedPnl, _lots.External.Fees).ShouldBe((5m, 0m, 0m));
    }

    [Fact]
    public void A_manual_reduction_takes_the_external_lot_first_and_then_closes_the_strategys()
    {
        Own(10, 100);
        External(5, 120);
        External(-8, 110, fee: 8);
        (_lots.External.Quantity, _lots.Own.Quantity).ShouldBe((0m, 7m));
        (_lots.External.RealizedPnl, _lots.Own.RealizedPnl).ShouldBe((-50m, 30m));
        (_lots.External.Fees, _lots.Own.Fees).ShouldBe((5m, 3m));
    }

    [Fact]
    public void An_exit_beyond_the_strategys_lot_closes_the_others_and_then_turns()
    {
        Own(2, 100);
        External(3, 100);
        Own(-6, 90);
        (_lots.Own.Quantity, _lots.Own.EntryPrice, _lots.External.Quantity).ShouldBe((-1m, 90m, 0m));
        (_lots.Own.RealizedPnl, _lots.External.RealizedPnl).ShouldBe((-20m, -30m));
    }

    [Fact]
    public void What_is_left_below_the_smallest_order_is_dust_and_the_next_trade_begins_anew()
    {
        Own(2, 100);
        Own(-1.6m, 110);
        (_lots.Own.Quantity, _lots.Dust.Quantity, _lots.Dust.EntryPrice, _lots.Own.RealizedPnl).ShouldBe((0m, 0.4m, 100m, 16m));
        Own(3, 130);
        (_lots.Own.Quantity, _lots.Own.EntryPrice, _lots.Dust.Quantity).ShouldBe((3m, 130m, 0.4m));
        Own(-3.4m, 140);
        (_lots.Own.Quantity, _lots.Dust.Quantity, _lots.Quantity).ShouldBe((0m, 0m, 0m));
    }

    [Fact]
    public void A_first_partial_fill_is_not_dust_and_a_second_remainder_joins_the_first()
    {
        Own(0.4m, 100);
        _lots.Own.Quantity.ShouldBe(0.4m);
        Own(1.6m, 100);
        Own(-1.8m, 100);
        _lots.Dust.Quantity.ShouldBe(0.2m);
        Own(2, 110);
        Own(-1.9m, 110);
        (_lots.Dust.Quantity, _lots.Dust.CostBasis).ShouldBe((0.3m, 31m));
    }

    [Fact]
    public void Any_fills_leave_lots_of_one_sign_whose_sum_is_the_position() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(0, int.MaxValue - 1)).ToArbitrary(),
        seeds =>
        {
            var (lots, net) = (new PositionLots { QuantityMin = 0.5m }, new PositionLedger());
            var fees = 0m;
            foreach (var seed in seeds)
            {
                var random = new Random(seed);
                var fill = Fill((random.Next(1, 60) / 10m) * (random.Next(2) == 0 ? 1 : -1), random.Next(80, 120), random.Next(3));
                fees += fill.Fee;
                net.Apply(fill);
                lots.Apply(fill, random.Next(2) == 0);
                lots.Quantity.ShouldBe(net.Quantity);
                foreach (var lot in new[] { lots.Own, lots.External, lots.Dust }) (lot.Quantity * net.Quantity).ShouldBeGreaterThanOrEqualTo(0);
                (lots.Own.Fees + lots.External.Fees + lots.Dust.Fees).ShouldBe(fees);

                // What is realised and what is open is the same money, however it is split.
                var whole = net.RealizedPnl + net.UnrealizedPnl(100);
                var parts = new[] { lots.Own, lots.External, lots.Dust }.Sum(lot => lot.RealizedPnl + lot.UnrealizedPnl(100));
                Math.Abs(whole - parts).ShouldBeLessThan(1e-9m);
            }
            var writer = new SnapshotWriter();
            lots.Write(writer);
            var again = new PositionLots();
            var reader = new SnapshotReader(writer.Written);
            again.Read(ref reader);
            (again.Own.CostBasis, again.External.CostBasis, again.Dust.CostBasis, again.QuantityMin)
                .ShouldBe((lots.Own.CostBasis, lots.External.CostBasis, lots.Dust.CostBasis, 0.5m));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private void Own(decimal quantity, decimal price, decimal fee = 0) => _lots.Apply(Fill(quantity, price, fee), isOwn: true);

    private void External(decimal quantity, decimal price, decimal fee = 0) => _lots.Apply(Fill(quantity, price, fee), isOwn: false);

    private static Fill Fill(decimal quantity, decimal price, decimal fee) => new(
        "BTCUSDT", 1, "", 0, quantity > 0 ? OrderSide.Buy : OrderSide.Sell, price, Math.Abs(quantity), fee, "USDT", 0, false, 1);
}
