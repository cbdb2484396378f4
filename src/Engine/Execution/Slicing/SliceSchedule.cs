using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Execution.Slicing;

/// <summary>
/// Works one order in slices, one after the other: evenly over time, by the expected volume, or as an iceberg. What is behind its plan is caught up as soon
/// as the
/// participation cap allows; a part below the venue's minimum is merged with the next one, a rest below it with the slice before. What was sent and not closed
/// unfilled is never more than the quantity. Ask <see cref="Next"/> after every answer of the venue and when it is due. Pure; allocation-free per event, but
/// for the plan made once. Not safe for concurrent use.
/// </summary>
public sealed class SliceSchedule
{
    private const int VisibleDraw = 3;
    private readonly SlicePlan _plan;
    private readonly RecentVolume _market;
    private readonly RecentVolume _own;
    private Int128 _marketE8;
    private long _nowMs;
    private long _pausedUntilMs;
    private int _workingInterval;
    private bool _isStopped;

    /// <summary>Plans an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="curve">Shapes a VWAP, as it stands now; null, or one that is not ready, for evenly over time. Not kept.</param>
    /// <exception cref="ArgumentException">A value of the order is out of its range.</exception>
    public SliceSchedule(SliceOrder order, IntradayVolumeCurve? curve = null)
        : this(Checked(order), SlicePlan.Of(order, curve))
    {
    }

    private SliceSchedule(SliceOrder order, SlicePlan plan)
    {
        Order = order;
        _plan = plan;
        _market = new RecentVolume(order.ParticipationWindowMs);
        _own = new RecentVolume(order.ParticipationWindowMs);
    }

    /// <summary>The order.</summary>
    public SliceOrder Order { get; }

    /// <summary>Whether the plan follows the learned curve; false for a VWAP says that there was none.</summary>
    public bool IsByCurve => _plan.IsByCurve;

    /// <summary>Slices sent so far; the number of the last one.</summary>
    public int Slices { get; private set; }

    /// <summary>Filled, base units. Above the quantity only when a slice was closed before its last fill was known.</summary>
    public decimal Filled { get; private set; }

    /// <summary>Open of the slice that works, base units; 0 when none does.</summary>
    public decimal Working { get; private set; }

    /// <summary>Neither filled nor working, base units, 0 or more.</summary>
    public decimal Left => Math.Max(0, Order.Quantity - Filled - Working);

    /// <summary>Market volume since the start, base units.</summary>
    public decimal MarketVolume => (decimal)_marketE8 / Fixed8.One;

    /// <summary>
    /// What last kept a due part from being filled: <see cref="SliceReason.Participation"/>, <see cref="SliceReason.BelowMinimum"/>, or
    /// <see cref="SliceReason.IntervalOver"/> for slices that were not filled in time. When the horizon is over it names the cause of the remainder. Null
    /// when nothing did.
    /// </summary>
    public SliceReason? Hindrance { get; private set; }

    /// <summary>Takes a trade of the market, the order's own ones among them. Those outside of the horizon do not count.</summary>
    /// <param name="timeMs">When, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="quantityE8">Base units times 10^8, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quantity is negative.</exception>
    public void OnTrade(long timeMs, long quantityE8)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantityE8);
        if (timeMs < Order.StartMs || timeMs >= Order.EndMs) return;
        _marketE8 += quantityE8;
        _market.Add(timeMs, quantityE8);
    }

    /// <summary>Takes a fill of a slice; the caller tells every fill once.</summary>
    /// <param name="number">The slice's. A fill of an earlier slice than the last counts too, and takes from what is left.</param>
    /// <param name="quantity">Base units, above 0.</param>
    /// <param name="timeMs">When, milliseconds since the Unix epoch, UTC, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such slice, or a value is out of its range.</exception>
    public void OnFill(int number, decimal quantity, long timeMs)
    {
        CheckNumber(number);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantity, SliceOrder.QuantityLimit);
        ArgumentOutOfRangeException.ThrowIfNegative(timeMs);
        Filled += quantity;
        _own.Add(timeMs, (long)decimal.Ceiling(quantity * Fixed8.One));
        if (number != Slices || Working == 0) return;
        Working = Math.Max(0, Working - quantity);
        if (Working == 0 && Order.Kind == SliceKind.Iceberg) _pausedUntilMs = 0;
    }

    /// <summary>
    /// A slice is over at the venue: cancelled, expired, rejected or filled; what is open of it is left again. Only after all its fills were told, and never
    /// on an
    /// unknown outcome.
    /// </summary>
    /// <param name="number">The slice's; an earlier one than the last changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such slice.</exception>
    public void OnClosed(int number)
    {
        CheckNumber(number);
        if (number == Slices) Working = 0;
    }

    /// <summary>Stops the schedule: nothing more is sent, and what works is asked to be cancelled.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>What to do now. A slice that is to be sent counts as working from this call on.</summary>
    /// <param name="nowMs">Milliseconds since the Unix epoch, UTC; earlier than a time seen before counts as that.</param>
    /// <param name="price">Quote units, above 0: what the slice is to be sent at, or the last price, for the smallest notional.</param>
    /// <exception cref="ArgumentOutOfRangeException">The price is not above 0, or too large.</exception>
    public SliceDecision Next(long nowMs, decimal price)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(price);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(price, SliceOrder.QuantityLimit);
        _nowMs = Math.Max(_nowMs, nowMs);
        if (Ended() is { } reason)
        {
            if (Working > 0) Hindrance = SliceReason.IntervalOver;
            return new SliceDecision(Working > 0 ? SliceAction.Cancel : SliceAction.Done, reason, Slices, Working > 0 ? Working : Left, null);
        }
        if (_nowMs < Order.StartMs) return Wait(SliceReason.NotDue, Order.StartMs);
        if (Working > 0) return OfWorking();
        var (wanted, nextMs) = _plan.At(_nowMs);
        var due = Order.Kind == SliceKind.Iceberg ? Visible(price) : wanted - Filled;
        if (due <= 0) return Wait(SliceReason.NotDue, nextMs);
        if (_nowMs < _pausedUntilMs) return Wait(SliceReason.Pause, _pausedUntilMs);
        if (!Order.IsEnough(due, price)) return Hinder(SliceReason.BelowMinimum, nextMs);
        var allowed = Floor(Math.Min(Allowance(), Order.QuantityMax ?? Order.Quantity));
        var size = WithoutDust(Floor(Math.Min(due, allowed)), allowed, price);
        // The venue's largest quantity is never below its smallest, so that only the market's volume can be too little.
        if (!Order.IsEnough(size, price)) return Hinder(SliceReason.Participation, Math.Min(nextMs, _nowMs + Math.Max(Order.PauseMs, 1)));
        Working = size;
        _workingInterval = _plan.IntervalAt(_nowMs);
        _pausedUntilMs = _nowMs + Order.PauseMs;
        Slices++;
        return new SliceDecision(SliceAction.Send, SliceReason.Due, Slices, size, nextMs);
    }

    /// <summary>Writes the state, the order and its plan included.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(SliceSchedule), 1);
        Order.Write(writer);
        _plan.Write(writer);
        _market.Write(writer);
        _own.Write(writer);
        writer.Write(_marketE8);
        writer.Write(_nowMs);
        writer.Write(_pausedUntilMs);
        writer.Write(_workingInterval);
        writer.Write(_isStopped);
        writer.Write(Slices);
        writer.Write(Filled);
        writer.Write(Working);
        writer.Write((int)(Hindrance ?? 0));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public static SliceSchedule Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(SliceSchedule), 1);
        var order = SliceOrder.Read(ref reader);
        var schedule = new SliceSchedule(order, SlicePlan.Read(ref reader, order));
        schedule._market.Restore(ref reader);
        schedule._own.Restore(ref reader);
        schedule._marketE8 = reader.ReadInt128();
        schedule._nowMs = reader.ReadInt64();
        schedule._pausedUntilMs = reader.ReadInt64();
        schedule._workingInterval = reader.ReadInt32();
        schedule._isStopped = reader.ReadBoolean();
        schedule.Slices = reader.ReadInt32();
        schedule.Filled = reader.ReadDecimal();
        schedule.Working = reader.ReadDecimal();
        var hindrance = reader.ReadInt32();
        if (hindrance is not (0 or (int)SliceReason.Participation or (int)SliceReason.BelowMinimum or (int)SliceReason.IntervalOver)
            || schedule._marketE8 < 0 || schedule._marketE8 >> 90 != 0 || schedule._nowMs < 0 || schedule._pausedUntilMs < 0 || schedule.Slices < 0
            || schedule._workingInterval < 0 || schedule._workingInterval >= order.Intervals || schedule.Filled < 0
            || schedule.Working < 0 || schedule.Working > order.Quantity || (schedule.Slices == 0 && (schedule.Working != 0 || schedule.Filled != 0)))
            throw new InvalidDataException("the snapshot of a slice schedule is damaged: its values contradict each other");
        schedule.Hindrance = hindrance == 0 ? null : (SliceReason)hindrance;
        return schedule;
    }

    private static SliceOrder Checked(SliceOrder order)
    {
        order.Validate();
        return order;
    }

    private SliceReason? Ended()
    {
        if (Filled >= Order.Quantity) return SliceReason.Filled;
        if (_isStopped) return SliceReason.Stopped;
        return _nowMs >= Order.EndMs ? SliceReason.HorizonOver : null;
    }

    private SliceDecision OfWorking()
    {
        if (Filled + Working > Order.Quantity) return new SliceDecision(SliceAction.Cancel, SliceReason.Excess, Slices, Working, null);
        if (_plan.IntervalAt(_nowMs) == _workingInterval) return new SliceDecision(SliceAction.Wait, SliceReason.Working, Slices, Working, EndOfInterval());
        Hindrance = SliceReason.IntervalOver;
        return new SliceDecision(SliceAction.Cancel, SliceReason.IntervalOver, Slices, Working, null);
    }

    private long EndOfInterval() => _workingInterval + 1 == Order.Intervals ? Order.EndMs : Order.StartMs + ((_workingInterval + 1) * Order.IntervalMs);

    private SliceDecision Wait(SliceReason reason, long dueMs) => new(SliceAction.Wait, reason, Slices, 0, dueMs);

    private SliceDecision Hinder(SliceReason reason, long dueMs)
    {
        Hindrance = reason;
        return Wait(reason, dueMs);
    }

    /// <summary>What may be sent now without taking more than the share of what the market traded, since the start and within the window.</summary>
    private decimal Allowance()
    {
        if (Order.ParticipationMax is not { } share) return Order.Quantity;
        var whole = (share * MarketVolume) - Filled;
        var recent = (share * _market.Sum(_nowMs)) - _own.Sum(_nowMs);
        return Math.Min(whole, recent);
    }

    private decimal Visible(decimal price)
    {
        var visible = Order.VisibleQuantity!.Value;
        if (Order.Seed is { } seed) visible *= 1 - (decimal)(Order.Jitter * SliceDraw.Of(seed, VisibleDraw, Slices));
        return Math.Min(Math.Max(Floor(visible), Order.Smallest(price)), Left);
    }

    /// <summary>Takes a rest that the venue would not accept into the slice, or makes the slice smaller so that it does; where neither goes, the slice
    /// stays.</summary>
    private decimal WithoutDust(decimal size, decimal allowed, decimal price)
    {
        var rest = Left - size;
        if (size <= 0 || rest <= 0 || Order.IsEnough(rest, price)) return size;
        if (allowed >= Left) return Floor(Left);
        var smaller = Floor(Left - Order.Smallest(price));
        return Order.IsEnough(smaller, price) ? smaller : size;
    }

    private decimal Floor(decimal quantity) => quantity <= 0 ? 0 : decimal.Floor(quantity / Order.StepSize) * Order.StepSize;

    private void CheckNumber(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Slices);
    }
}
