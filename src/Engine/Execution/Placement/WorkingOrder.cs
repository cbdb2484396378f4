using Granary.Engine.Execution.Slicing;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Execution.Placement;

/// <summary>
/// One approved order on its way into the market: limit first, near the best price, following it within a bound, until it is filled, its time is out, or it is
/// stopped. Events change the state, <see cref="Next"/> says what to do about it, and whoever does it reports what became of it. A part is in flight at most
/// once: as long as it may trade, also when nobody knows, no other leaves. So whatever the order of answers, the parts never trade more than was approved.
/// Reductions stay reductions. A large order is worked slice by slice as its schedule demands, each slice by the same rules and with a time of its own. Time is
/// engine time, milliseconds since the Unix epoch, UTC, and comes with the events.
/// </summary>
public sealed partial class WorkingOrder
{
    /// <summary>An entry that could not begin to cross within this time of its timeout is given up: the decision is too old, milliseconds.</summary>
    public const long CrossWithinMs = 10_000;

    /// <summary>A crossing part that never left the engine is tried this often.</summary>
    private const int CrossAttemptsMax = 3;

    /// <summary>The venue's code for a post-only order that would take.</summary>
    private const int PostOnlyWouldTake = -5022;

    private decimal? _bid;
    private decimal? _ask;
    private decimal _last;
    private long _pricedMs;
    private long _resumeMs;
    private int _unsentChild;
    private int _crossAttempts;

    /// <summary>Begins to work an order.</summary>
    /// <param name="approved">The order.</param>
    /// <param name="policy">How; a copy of what is in force now.</param>
    /// <param name="decisionPrice">Price when it was decided, quote units, above 0; bounds and slippage count from it.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="slices">Which part of it is due when; null for the whole at once.</param>
    /// <exception cref="ArgumentException">The policy is out of range, the order is no order of the gate's, or the schedule is for another quantity.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The price is not above 0.</exception>
    public WorkingOrder(Approved<Order> approved, PlacementPolicy policy, decimal decisionPrice, long nowMs, SliceSchedule? slices = null)
        : this(new ParentOrder(approved), policy, decisionPrice, nowMs, slices)
    {
    }

    private WorkingOrder(ParentOrder parent, PlacementPolicy policy, decimal decisionPrice, long startedMs, SliceSchedule? slices)
    {
        policy.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decisionPrice);
        if (slices is not null && (slices.Order.Quantity != parent.Quantity || slices.Order.Side != parent.Order.Request.Side))
            throw new ArgumentException($"the schedule of {parent.Id} is for {slices.Order.Side} {slices.Order.Quantity}");
        (Parent, Policy, DecisionPrice, StartedMs, _slices) = (parent, policy, decisionPrice, startedMs, slices);
        (_begunMs, _last) = (startedMs, decisionPrice);
    }

    /// <summary>The order and its parts.</summary>
    public ParentOrder Parent { get; }

    /// <summary>How it is placed.</summary>
    public PlacementPolicy Policy { get; }

    /// <summary>Price when it was decided, quote units.</summary>
    public decimal DecisionPrice { get; }

    /// <summary>When it was begun.</summary>
    public long StartedMs { get; }

    /// <summary>When the rest, or the rest of its slice, is crossed or given up.</summary>
    public long DeadlineMs => _begunMs + Policy.TimeoutMs;

    /// <summary>Where it stands.</summary>
    public WorkingStage Stage { get; private set; }

    /// <summary>Why it ends or crosses; empty while it rests.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Post-only refusals since a part was last taken by the venue.</summary>
    public int Rejects { get; private set; }

    /// <summary>Whether it is refused again and again.</summary>
    public bool IsStuck => Rejects >= Policy.RejectsMax;

    /// <summary>Base units of the fills seen.</summary>
    public decimal FilledQuantity { get; private set; }

    /// <summary>Price times quantity of the fills seen, quote units.</summary>
    public decimal FilledNotional { get; private set; }

    /// <summary>How much worse than the decision's price the fills were, basis points; negative is better, null without fills.</summary>
    public double? SlippageBps => FilledQuantity > 0
        ? (double)(Sign * ((FilledNotional / FilledQuantity) - DecisionPrice) / DecisionPrice) * 10_000
        : null;

    /// <summary>Whether it only reduces.</summary>
    public bool ReduceOnly => Parent.Order.Request.ReduceOnly;

    private int Sign => Parent.Order.Request.Sign;

    /// <summary>Takes the best prices.</summary>
    /// <param name="bid">Best bid, or null.</param>
    /// <param name="ask">Best ask, or null.</param>
    /// <param name="last">Price of the last trade; 0 when there is none.</param>
    public void OnQuote(decimal? bid, decimal? ask, decimal last)
    {
        (_bid, _ask) = (bid > 0 ? bid : null, ask > 0 ? ask : null);
        if (last > 0) _last = last;
    }

    /// <summary>A part never left the engine: its refusal, which follows, says nothing about the market.</summary>
    /// <param name="child">Its number.</param>
    public void OnUnsent(int child) => _unsentChild = child;

    /// <summary>Takes how a part stands, and its new fills.</summary>
    /// <param name="order">The part.</param>
    /// <param name="newFills">Fills never given before.</param>
    /// <param name="nowMs">Now.</param>
    /// <returns>Whether that was news.</returns>
    public bool OnChild(TrackedOrder order, IReadOnlyList<Fill> newFills, long nowMs)
    {
        if (!ClientOrderId.TryParse(order.ClientOrderId, out var id) || id.Child < 1 || id.Child > Parent.Children.Count) return false;
        var before = Parent.Children[id.Child - 1];
        if (!Parent.OnChild(order)) return false;
        foreach (var fill in newFills)
        {
            FilledQuantity += fill.Quantity;
            FilledNotional += fill.Price * fill.Quantity;
            _slices?.OnFill(_sliceOf[id.Child - 1], fill.Quantity, fill.TimeMs);
        }
        if (order.IsSeenAtVenue && order.IsLive) Rejects = 0;
        if (before.IsLive && !order.IsLive && id.Child == Parent.Children.Count) OnEnded(before, order, nowMs);
        return true;
    }

    /// <summary>The order is more urgent than its policy has it: all of the rest crosses now. Without effect on one that ends.</summary>
    public void Hasten(string reason)
    {
        if (Stage is not (WorkingStage.Resting or WorkingStage.Crossing) && !_isSliceOver) return;
        if (Stage != WorkingStage.Crossing || _slices is not null) (Stage, Reason) = (WorkingStage.Crossing, reason);
        (_slices, _isSliceOver) = (null, false);
    }

    /// <summary>Nothing more of it is wanted.</summary>
    public void Stop(string reason)
    {
        if (Stage is not (WorkingStage.Resting or WorkingStage.Crossing) && !_isSliceOver) return;
        (Stage, Reason, _isSliceOver) = (WorkingStage.Ending, reason, false);
        _slices?.Stop();
    }

    /// <summary>After a restart: an entry whose time is out is given up, because what was decided then need not hold now; an exit goes on.</summary>
    public void Resume(long nowMs)
    {
        if (ReduceOnly) return;
        var isOut = _slices is { } slices ? nowMs >= slices.Order.EndMs : Stage == WorkingStage.Crossing || nowMs >= DeadlineMs;
        if (isOut) Stop("its time ran out while the engine was down");
    }

    /// <summary>Makes the part that a step asked for.</summary>
    /// <exception cref="InvalidOperationException">A part may still trade, or the quantity is not free.</exception>
    public Approved<Order> Place(in PlacementStep step, long nowMs)
    {
        if (IsCross(step.Type, step.TimeInForce)) _crossAttempts++;
        _pricedMs = nowMs;
        _sliceOf.Add(_slices?.Slices ?? 0);
        return Parent.Mint(step.Type, step.TimeInForce, step.Quantity, step.Price);
    }

    /// <summary>The change of price that a step asked for leaves now.</summary>
    public void Amend(long nowMs) => _pricedMs = nowMs;

    /// <summary>It is over: <see cref="PlacementStepKind.End"/> has been acted upon.</summary>
    public void Close() => Stage = WorkingStage.Over;

    private static bool IsCross(OrderType type, TimeInForce timeInForce) => type == OrderType.Market || timeInForce == TimeInForce.Ioc;

    private void OnEnded(in ChildOrder before, TrackedOrder order, long nowMs)
    {
        if (order.Status == OrderStatus.Filled || Stage is WorkingStage.Ending or WorkingStage.Over) return;
        if (_unsentChild == before.Number && order.Status == OrderStatus.Rejected)
        {
            _resumeMs = nowMs + Policy.RepriceMs;
            if (_crossAttempts >= CrossAttemptsMax) GiveUp($"it could not be sent: {order.RejectMessage}");
            return;
        }
        if (IsCross(before.Type, before.TimeInForce))
        {
            if (order.Status == OrderStatus.Rejected) Stop(Refusal(order));
            else GiveUp("nothing more to take within the bound");
            return;
        }
        if (Stage == WorkingStage.Crossing && order.Status != OrderStatus.Rejected) return;

        // A post-only order that would take is refused when it comes, expires, or is cancelled when it is amended.
        if ((order.Status == OrderStatus.Rejected && order.RejectCode == PostOnlyWouldTake) || before.Status == OrderStatus.PendingAmend
            || (before.TimeInForce == TimeInForce.Gtx && order.Status == OrderStatus.Expired))
        {
            Rejects++;
            _resumeMs = nowMs + Policy.RepriceMs;
            return;
        }
        if (order.Status == OrderStatus.Rejected) Stop(Refusal(order));
        else Stop($"part {before.Number} was ended at the venue ({order.Status})");
    }

    private static string Refusal(TrackedOrder order) => FormattableString.Invariant($"refused: {order.RejectCode} {order.RejectMessage}");
}
