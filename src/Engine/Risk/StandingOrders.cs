using System.Diagnostics.CodeAnalysis;
using Granary.Engine.Grid;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// Mints the orders of one standing approval, and nothing else does. An entry must be post-only, and with what is held and resting stay within the approval: in
/// notional, in open orders, in its rates and in time. What closes is minted without an approval that is still valid, but never more than is held. The first
/// approval must have come before anything is.
/// </summary>
public sealed class StandingOrders
{
    private const int PaceCapacity = 4_096;

    private readonly OrderPace _pace = new(PaceCapacity);
    private string _stopReason = "no approval yet";

    /// <summary>What was approved last; null before the first time.</summary>
    public StandingTerms? Terms { get; private set; }

    /// <summary>Why nothing may be opened; empty when it may.</summary>
    public string StopReason(long nowMs) => _stopReason.Length > 0 ? _stopReason : Terms is { } terms && nowMs <= terms.ValidUntilMs ? "" : "the approval ran out";

    /// <summary>Takes an approval, or its renewal.</summary>
    public void Renew(Approved<StandingTerms> approved) => (Terms, _stopReason) = (approved.Value, "");

    /// <summary>Nothing is opened until the next approval.</summary>
    /// <param name="reason">Why, not empty.</param>
    public void Stop(string reason) => _stopReason = reason;

    /// <summary>Mints an order, or judges the new terms of one: then the request is what matters.</summary>
    /// <param name="draft">The order.</param>
    /// <param name="use">How far the approval is used.</param>
    /// <param name="nowMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="approved">The order; null when refused.</param>
    /// <param name="refusal">Why not; null when minted.</param>
    public bool TryMint(
        in StandingDraft draft, in StandingUse use, long nowMs, [NotNullWhen(true)] out Approved<Order>? approved, [NotNullWhen(false)] out Refusal? refusal)
    {
        approved = null;
        refusal = Judge(in draft, in use, nowMs);
        if (refusal is not null) return false;
        _pace.Add(nowMs);
        var terms = Terms!;
        var id = new RungOrderId(terms.Engine, terms.Account, terms.Sequence, draft.Purpose, draft.Rung, draft.Number);
        var isMarket = draft.Price is null;
        var request = new OrderRequest(
            id.ToString(), terms.Symbol, draft.Side, isMarket ? OrderType.Market : OrderType.Limit, isMarket ? TimeInForce.Gtc : TimeInForce.Gtx, draft.Quantity,
            draft.Price, draft.ReduceOnly);
        var kind = draft.Purpose == GridPurpose.Entry ? ProposalKind.Entry : ProposalKind.Exit;
        approved = new Approved<Order>(new Order(request, terms.Account, terms.Strategy, $"{terms.Strategy}/{terms.Symbol}/{id}", kind, null, draft.StopPrice, nowMs));
        return true;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("standing", 1);
        _pace.Write(writer);
    }

    /// <summary>Replaces the rates by what <see cref="Write"/> wrote; the approval comes anew.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("standing", 1);
        _pace.Read(ref reader);
    }

    private Refusal? Judge(in StandingDraft draft, in StandingUse use, long nowMs)
    {
        if (Terms is not { } terms) return new Refusal(RefusalReason.StateRecovering, "standing=none");
        if (draft.Quantity <= 0) return new Refusal(RefusalReason.QuantityBelowMin, $"quantity={Number.Text(draft.Quantity)}");
        var (minute, short10) = (_pace.Count(nowMs, OrderPace.MinuteMs), _pace.Count(nowMs, OrderPace.TenSecondsMs));
        // A quarter of the rates is left to what closes.
        var (minuteMax, short10Max) = draft.OpeningQuantity > 0
            ? (terms.OrdersPerMinuteMax * 3 / 4, Math.Max(terms.OrdersPer10sMax * 3 / 4, 1)) : (terms.OrdersPerMinuteMax, terms.OrdersPer10sMax);
        var isUrgent = draft.Purpose == GridPurpose.Close;
        if (!isUrgent && (minute >= minuteMax || short10 >= short10Max))
            return new Refusal(RefusalReason.OrderRate, $"in_10s={short10} max={short10Max} in_minute={minute} max_minute={minuteMax}");
        var closing = draft.Quantity - draft.OpeningQuantity;
        if (closing > use.ClosableQuantity)
            return new Refusal(RefusalReason.ReduceOnlyWouldIncrease, $"quantity={Number.Text(closing)} held={Number.Text(use.ClosableQuantity)}");
        if (draft.Price is null && !draft.ReduceOnly) return new Refusal(RefusalReason.ReduceOnlyWouldIncrease, "a market order that is not reduce-only");
        return draft.OpeningQuantity > 0 ? JudgeOpening(in draft, in use, terms, nowMs) : null;
    }

    private Refusal? JudgeOpening(in StandingDraft draft, in StandingUse use, StandingTerms terms, long nowMs)
    {
        if (StopReason(nowMs) is { Length: > 0 } reason) return new Refusal(RefusalReason.StateReduceOnly, $"reason={reason}");
        if (draft.Price is not > 0) return new Refusal(RefusalReason.NoPrice, "an entry that would take");
        if (use.OpenOrders >= terms.OrdersMax) return new Refusal(RefusalReason.OpenOrdersLimit, $"open={use.OpenOrders} max={terms.OrdersMax}");
        var max = draft.Side == OrderSide.Buy ? terms.LongNotionalMax : terms.ShortNotionalMax;
        var notional = use.HeldCost + use.RestingNotional + (draft.OpeningQuantity * draft.Price.Value);
        return notional > max ? new Refusal(RefusalReason.PositionLimit, $"notional={Number.Text(notional)} max={Number.Text(max)}") : null;
    }
}
