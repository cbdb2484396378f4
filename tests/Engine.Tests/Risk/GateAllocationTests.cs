using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>What a decision and the events around it allocate. Bytes are facts: of many repetitions the least one is without the runtime's own.</summary>
public sealed class GateAllocationTests
{
    private const int Rounds = 500;
    private const int Repeats = 9;

    private static readonly RiskLimits Limits = new()
    {
        OrdersPer10sMax = 10_000,
        EntryOrdersPer10sMax = 10_000,
        OrdersPerMinuteMax = 10_000,
        EntryOrdersPerMinuteMax = 10_000,
        CorrelationGroups = [new CorrelationGroup { Name = "majors", Symbols = ["BTCUSDT", "ETHUSDT"], EquityShareMax = 0.1m }],
    };

    [Fact]
    public void An_approved_entry_allocates_nothing_plain_sized_or_of_several_signals()
    {
        ProposalSignal[] signals = [new("momentum", 1, 1), new("reversion", 1, 1)];
        var s = Held();
        Bytes(s, i => s.Entry(i % 2 == 0 ? 1 : null) with { Signals = i % 4 == 1 ? signals : [] }).ShouldBe(0);
    }

    [Fact]
    public void An_approved_limit_entry_allocates_nothing()
    {
        var s = Held();
        Bytes(s, _ => s.Entry(1) with { OrderType = OrderType.Limit, TimeInForce = TimeInForce.Gtx, LimitPrice = 99.9m }).ShouldBe(0);
    }

    [Fact]
    public void An_approved_exit_allocates_nothing()
    {
        var s = Held();
        Bytes(s, _ => s.Exit(symbol: "ETHUSDT"), "ETHUSDT").ShouldBe(0);
    }

    [Fact]
    public void The_objects_of_an_order_are_made_when_they_are_asked_for()
    {
        var s = Held();
        var decision = s.Gate.Decide(s.Entry(1), s.Market());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var order = decision.Approved;
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeGreaterThan(200);
        order!.Value.ShouldBe(decision.Approved!.Value);
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

    private static GateScene Held()
    {
        var s = new GateScene(Limits);
        foreach (var symbol in new[] { "ETHUSDT", "SOLUSDT" }) s.Open(0.1m, symbol: symbol);
        return s;
    }

    /// <summary>Bytes of one round of decisions, each released again, in the steady state.</summary>
    private static long Bytes(GateScene s, Func<int, Proposal> proposal, string symbol = "BTCUSDT")
    {
        var proposals = Enumerable.Range(0, Repeats * Rounds).Select(proposal).ToArray();
        var market = s.Market(symbol: symbol) with { BidPrice = 99.9m, AskPrice = 100.1m, ClockSkewMs = 1, TradeIntensityShare = 1, CrossMarketFlow = 0.1 };
        var least = long.MaxValue;
        for (var round = 0; round < Repeats; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run(s.Gate, proposals.AsSpan(round * Rounds, Rounds), market);
            if (round > 0) least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }

    private static void Run(RiskGate gate, ReadOnlySpan<Proposal> proposals, MarketContext market)
    {
        foreach (var proposal in proposals)
        {
            var decision = gate.Decide(proposal, market);
            if (!decision.IsApproved) throw new InvalidOperationException($"refused: {decision.Refusal}");
            gate.OnNeverSubmitted(decision.Approval.Id);
        }
    }
}
