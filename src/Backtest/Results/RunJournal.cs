using Granary.Backtest.Accounts;
using Granary.Backtest.Execution;
using Granary.Engine.Orders;
using Granary.Engine.Performance;
using Granary.Engine.Risk;

namespace Granary.Backtest.Results;

/// <summary>Collects what a run does. Memory is bounded but for the list of closed trades and a point a day.</summary>
internal sealed class RunJournal(decimal cash, Action<string>? onLine) : IDisposable
{
    private const long StaleMs = 60_000;

    private readonly OrderListHash _hash = new(onLine);
    private readonly Thinned<RunSample> _samples = new(4_096);
    private readonly Thinned<long> _waits = new(65_536);
    private decimal _peak = cash;
    private double _leverageSum;
    private readonly Thinned<double> _leverages = new(65_536);
    private readonly Thinned<decimal> _positions = new(65_536);

    public decimal Cash { get; } = cash;

    public List<ClosedTrade> Trades { get; } = [];

    public List<EquityPoint> Days { get; } = [];

    public SortedDictionary<RefusalReason, long> Refusals { get; } = [];

    public SortedDictionary<OrderStatus, long> Ends { get; } = [];

    public long Orders { get; private set; }

    public long CancelsSent { get; set; }

    public long Fills { get; private set; }

    public long MakerFills { get; private set; }

    public long StaleFills { get; private set; }

    public long FillsBeyondMarket { get; private set; }

    public decimal MakerNotional { get; private set; }

    public decimal Turnover { get; private set; }

    public decimal Fees { get; private set; }

    public decimal Funding { get; set; }

    public decimal SlippageCost { get; private set; }

    public int Liquidations { get; set; }

    public decimal Shortfall { get; set; }

    public double DeepestDrawdown { get; private set; }

    public long SampleCount { get; private set; }

    public long ExposedCount { get; private set; }

    public double LeverageMax { get; private set; }

    public decimal PositionMax { get; private set; }

    public double LeverageMean => SampleCount == 0 ? 0 : _leverageSum / SampleCount;

    public IReadOnlyList<double> Leverages => _leverages.Items;

    public IReadOnlyList<decimal> Positions => _positions.Items;

    public IReadOnlyList<RunSample> Samples => _samples.Items;

    /// <summary>Milliseconds from decisions to the first fills.</summary>
    public IReadOnlyList<long> Waits => _waits.Items;

    public string Hash => _hash.Hex;

    public void Refused(Refusal refusal) => Refusals[refusal.Reason] = Refusals.GetValueOrDefault(refusal.Reason) + 1;

    public void Ordered(Order order, long timeMs, long wayMs)
    {
        Orders++;
        _hash.AddOrder(order.Request, timeMs);
        Ways.Add(wayMs);
    }

    public void Amended(string clientOrderId, decimal price, long timeMs) => _hash.AddAmend(clientOrderId, price, timeMs);

    /// <summary>Milliseconds from decisions to arrivals at the venue.</summary>
    public Thinned<long> Ways { get; } = new(65_536);

    public void Executed(WorkingOrder order, Fill fill, long timeMs)
    {
        if (order.ExecutedE8 == Granary.Engine.Market.Fixed8.FromDecimal(fill.Quantity)) _waits.Add(timeMs - order.DecidedMs);
        Count(fill);
        if (order.IsBeyondMarket(fill.Price)) FillsBeyondMarket++;
        if (!fill.IsMaker && timeMs - order.ArrivalMs > StaleMs) StaleFills++;
        if (!fill.IsMaker) SlippageCost += (fill.Price - order.ReferencePrice) * order.Sign * fill.Quantity;
        if (order.RemainingE8 == 0) Ended(OrderStatus.Filled);
    }

    /// <summary>An order that was sent and filled whole at once, where nothing finer is known.</summary>
    public void Taken(Fill fill, decimal slippage)
    {
        Orders++;
        SlippageCost += slippage;
        Count(fill);
        Ended(OrderStatus.Filled);
    }

    public void Liquidated(Fill fill) => Count(fill);

    public void Ended(OrderStatus status)
    {
        if (status != OrderStatus.New) Ends[status] = Ends.GetValueOrDefault(status) + 1;
    }

    public void Close(OpenRound round, long timeMs, string reason) => Trades.Add(round.End(Trades.Count + 1, timeMs, reason));

    public void Day(long dayEndMs, decimal equity) => Days.Add(new EquityPoint(dayEndMs, equity));

    public void Sample(RunSample sample)
    {
        _samples.Add(sample);
        SampleCount++;
        _peak = Math.Max(_peak, sample.Equity);
        if (_peak > 0 && sample.Equity < _peak) DeepestDrawdown = Math.Min(DeepestDrawdown, (double)((sample.Equity - _peak) / _peak));
        if (sample.Gross == 0)
        {
            _leverages.Add(0);
            _positions.Add(0);
            return;
        }
        ExposedCount++;
        _leverageSum += sample.Leverage;
        LeverageMax = Math.Max(LeverageMax, sample.Leverage);
        PositionMax = Math.Max(PositionMax, sample.Gross);
        _leverages.Add(sample.Leverage);
        _positions.Add(sample.Gross);
    }

    public void Dispose() => _hash.Dispose();

    private void Count(Fill fill)
    {
        Fills++;
        Fees += fill.Fee;
        Turnover += fill.Price * fill.Quantity;
        if (fill.IsMaker)
        {
            MakerFills++;
            MakerNotional += fill.Price * fill.Quantity;
        }
        _hash.AddFill(fill.ClientOrderId, fill.Price, fill.Quantity, fill.IsMaker, fill.TimeMs);
    }
}
