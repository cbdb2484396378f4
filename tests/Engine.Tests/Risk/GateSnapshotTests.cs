using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Risk;

public sealed class GateSnapshotTests
{
    [Fact]
    public void A_cut_off_snapshot_is_refused_at_every_length()
    {
        var bytes = Rich();
        for (var length = 0; length < bytes.Length; length++) Read(bytes.AsSpan(0, length)).ShouldBeFalse($"cut at {length} of {bytes.Length}");
        Read(bytes).ShouldBeTrue();
    }

    [Fact]
    public void A_damaged_snapshot_is_read_or_refused_and_never_anything_else()
    {
        var bytes = Rich();
        var random = new Random(5);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            if (random.Next(2) == 0) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (!Read(damaged)) refused++;
        }
        refused.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void A_snapshot_of_another_version_is_refused()
    {
        var writer = new SnapshotWriter();
        writer.Section("risk-gate", 3);
        Should.Throw<InvalidDataException>(() =>
        {
            var reader = new SnapshotReader(writer.Written);
            new RiskGate("g", "main", new RiskLimits()).Read(ref reader);
        }).Message.ShouldContain("version 3");
    }

    [Fact]
    public void A_foreign_orders_resting_price_survives_a_restart()
    {
        var s = new GateScene();
        Rest(s);
        s.Restart();
        s.Decide(s.Entry(1) with { OrderType = OrderType.Limit, LimitPrice = 100.3m }).Refusal!.Reason.ShouldBe(RefusalReason.SelfTrade);
    }

    private static byte[] Rich()
    {
        var s = new GateScene(new RiskLimits { DrawdownReduceAbove = 0.001m, DrawdownRestoreAt = 0.0005m });
        for (var i = 0; i < 6; i++) s.Trade(i - 4);
        s.Open(2, symbol: "ETHUSDT");
        Rest(s);
        s.Approve(s.Entry(1) with { OrderType = OrderType.Limit, TimeInForce = TimeInForce.Gtc, LimitPrice = 99 });
        s.Gate.OnFill(s.FillOf(s.Approve(s.Entry(1, symbol: "SOLUSDT")), 0.5m) with { ClientOrderId = "", VenueOrderId = 77 });
        s.Gate.OnFunding(-1, ++s.Now);
        s.Gate.RequestStop(new StopOrder(StopAction.ReduceOnly, StopScope.Engine, "anna", "careful", s.Now));
        var writer = new SnapshotWriter();
        s.Gate.Write(writer);
        return writer.ToArray();
    }

    private static void Rest(GateScene s) => s.Notify(s.Tracker().Apply(new OrderReport(
        "BTCUSDT", "web_1", 9, OrderStatus.New, OrderSide.Sell, OrderType.Limit, TimeInForce.Gtc, 1, 100.3m, 0, 0, false, s.Now, null)));

    private static bool Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SnapshotReader(bytes);
        try
        {
            new RiskGate("g", "main", new RiskLimits()).Read(ref reader);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
