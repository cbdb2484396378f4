using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>An approval allocates the order that leaves the gate, and nothing else.</summary>
public sealed class GateAllocationTests
{
    private const int Rounds = 1_000;
    private const int Repeats = 9;

    // Kept where the compiler cannot prove that nobody looks: it would not allocate what nobody sees.
    private static readonly Approved<Order>[] Kept = new Approved<Order>[Rounds];

    [Fact]
    public void An_approval_allocates_the_order_and_nothing_else()
    {
        var limits = new RiskLimits
        {
            OrdersPer10sMax = 10_000,
            EntryOrdersPer10sMax = 10_000,
            OrdersPerMinuteMax = 10_000,
            EntryOrdersPerMinuteMax = 10_000,
            CorrelationGroups = [new CorrelationGroup { Name = "majors", Symbols = ["BTCUSDT", "ETHUSDT"], EquityShareMax = 0.1m }],
        };
        var s = new GateScene(limits);
        foreach (var symbol in new[] { "ETHUSDT", "SOLUSDT" }) s.Open(0.1m, symbol: symbol);
        ProposalSignal[] signals = [new("momentum", 1, 1), new("reversion", 1, 1)];
        var proposals = Enumerable.Range(0, Repeats * Rounds).Select(i => s.Entry(i % 2 == 0 ? 1 : null) with { Signals = i % 4 == 1 ? signals : [] }).ToArray();
        var market = s.Market() with { BidPrice = 99.9m, AskPrice = 100.1m, ClockSkewMs = 1, TradeIntensityShare = 1, CrossMarketFlow = 0.1 };

        // The first round is not of the steady state; the least of the others is without what the runtime allocates for itself now and then.
        long gate = long.MaxValue, order = long.MaxValue;
        for (var round = 0; round < Repeats; round++)
        {
            var part = proposals.AsSpan(round * Rounds, Rounds);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run(s.Gate, part, market);
            if (round > 0) gate = Math.Min(gate, GC.GetAllocatedBytesForCurrentThread() - before);
            for (var i = 0; i < Rounds; i++)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
                Kept[i] = Same(part[i], 2_000 + i);
                order = Math.Min(order, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }
        order.ShouldBeGreaterThan(200);
        gate.ShouldBe(Rounds * order, $"bytes of {Rounds} approvals against the bytes of as many orders alone");
    }

    [Fact]
    public void A_mark_price_within_the_minute_allocates_nothing()
    {
        var s = new GateScene();
        s.Open(1);
        s.Gate.OnMark("BTCUSDT", 101, s.Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) s.Gate.OnMark("BTCUSDT", 100 + (i % 3), s.Now);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void Run(RiskGate gate, ReadOnlySpan<Proposal> proposals, MarketContext market)
    {
        foreach (var proposal in proposals)
        {
            var decision = gate.Decide(proposal, market);
            if (decision.Approved is not { } approved) throw new InvalidOperationException($"refused: {decision.Refusal}");
            gate.OnNeverSubmitted(approved.Value.Request.ClientOrderId);
        }
    }

    /// <summary>The order of a proposal, made by hand.</summary>
    private static Approved<Order> Same(Proposal proposal, long sequence) => new(new Order(
        new OrderRequest(
            ClientOrderId.Format("g", "main", proposal.Strategy, sequence), proposal.Symbol, proposal.Side, proposal.OrderType, proposal.TimeInForce, 1, null,
            false),
        "main", proposal.Strategy, proposal.IntentId, proposal.Kind, proposal.Atr, 97, proposal.MarketTimeMs));
}
