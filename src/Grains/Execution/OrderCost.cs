using Granary.Engine.Execution.Slippage;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;
using Granary.Journal.Records;

namespace Granary.Grains.Execution;

/// <summary>What one approved order costs, from its approval to its last fill, and the record of it.</summary>
internal sealed class OrderCost
{
    private readonly OrderCostRecord _record;
    private decimal? _executed;

    /// <summary>An order was approved.</summary>
    /// <param name="order">The approved order.</param>
    /// <param name="arrivalPrice">Quote units, above 0.</param>
    /// <param name="decisionPrice">Quote units; 0 or less when not known.</param>
    /// <param name="expected">What was expected of it, or null.</param>
    public OrderCost(Order order, decimal arrivalPrice, decimal decisionPrice, ExpectedSlippage? expected)
    {
        Tracker = new ShortfallTracker(
            order.Request.Side, order.Request.Quantity, arrivalPrice, decisionPrice > 0 ? decisionPrice : null, expected?.Bps);
        _record = new OrderCostRecord(
            order.Account, order.Request.ClientOrderId, order.Request.Symbol, order.Strategy, order.Purpose.ToString(), order.Request.Side.ToString(),
            order.Request.Quantity, arrivalPrice, Tracker.DecisionPrice, Tracker.ForecastBps, expected?.Basis.ToString() ?? "", 0, null, null, null, null,
            null, null, 0, false, [], 0);
        IsChanged = true;
    }

    /// <summary>Goes on where a record stands.</summary>
    /// <exception cref="InvalidDataException">The record's state is damaged.</exception>
    public OrderCost(OrderCostRecord record)
    {
        var reader = new SnapshotReader(record.State);
        Tracker = ShortfallTracker.Read(ref reader);
        _record = record;
    }

    public string Id => _record.ClientOrderId;

    public string Strategy => _record.Strategy;

    public string Purpose => _record.Purpose;

    public ShortfallTracker Tracker { get; }

    /// <summary>Whether the journal has an older state, or none.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Whether the order has ended and every fill of it has come.</summary>
    public bool IsOver => _executed is { } executed && Tracker.Filled >= executed;

    /// <summary>Takes a fill; one whose price or quantity is no fill's changes nothing.</summary>
    public void OnFill(decimal price, decimal quantity, decimal? mid, decimal fee)
    {
        if (price <= 0 || quantity <= 0) return;
        Tracker.OnFill(price, quantity, mid, fee);
        IsChanged = true;
    }

    /// <summary>The order can trade no more, and has traded this much; fills of it may still come.</summary>
    public void End(decimal executed)
    {
        IsChanged |= _executed != executed;
        _executed = executed;
    }

    /// <summary>The record as it stands.</summary>
    /// <param name="mid">Mid price now, or null.</param>
    /// <param name="nowMs">Engine time.</param>
    public OrderCostRecord ToRecord(decimal? mid, long nowMs)
    {
        IsChanged = false;
        var result = Tracker.Result(mid);
        return _record with
        {
            Filled = result.Filled,
            AveragePrice = result.AveragePrice,
            Bps = result.Bps,
            DelayQuote = result.DelayQuote,
            SpreadQuote = result.SpreadQuote,
            ImpactQuote = result.ImpactQuote,
            OpportunityQuote = IsOver ? result.OpportunityQuote : null,
            Fees = result.Fees,
            IsOver = IsOver,
            State = IsOver ? [] : State(),
            TimeMs = nowMs,
        };
    }

    private byte[] State()
    {
        var writer = new SnapshotWriter();
        Tracker.Write(writer);
        return writer.ToArray();
    }
}
