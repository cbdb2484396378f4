using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Execution.Slippage;

/// <summary>The running sums of one strategy, symbol and purpose.</summary>
internal sealed class SlippageTally(int window)
{
    private const decimal MoneyMax = 1_000_000_000_000_000_000_000_000m;
    private readonly SortedWindow _recent = new(window);
    private long _orders;
    private long _unfilled;
    private double _bps;
    private double _bpsLost;
    private long _forecasts;
    private double _error;
    private double _errorLost;
    private double _expected;
    private double _expectedLost;
    private decimal _notional;
    private decimal _quote;
    private decimal _delay;
    private decimal _spread;
    private decimal _impact;
    private decimal _opportunity;
    private decimal _fees;

    /// <summary>Number of the ledger's addition that was the last here.</summary>
    public long LastAt { get; private set; }

    public void Add(in OrderShortfall order, long at)
    {
        LastAt = at;
        _delay += order.DelayQuote ?? 0;
        _opportunity += order.OpportunityQuote ?? 0;
        _fees += order.Fees;
        if (order.Bps is not { } bps)
        {
            _unfilled++;
            return;
        }
        _orders++;
        _recent.Push(bps);
        CompensatedSum.Add(ref _bps, ref _bpsLost, bps);
        if (order.ForecastBps is { } forecast)
        {
            _forecasts++;
            CompensatedSum.Add(ref _error, ref _errorLost, bps - forecast);
            CompensatedSum.Add(ref _expected, ref _expectedLost, forecast);
        }
        _notional += order.ArrivalPrice * order.Filled;
        _quote += order.Quote;
        _spread += order.SpreadQuote ?? 0;
        _impact += order.ImpactQuote ?? 0;
    }

    public SlippageSummary Summary(string strategy, string symbol, string purpose) => new(
        strategy, symbol, purpose, _orders, _unfilled,
        _orders > 0 ? (_bps + _bpsLost) / _orders : null,
        _orders > 0 ? (double)(_quote / _notional) * 10_000 : null,
        _orders > 0 ? _recent.Quantile(0.5) : null,
        _orders > 0 ? _recent.Quantile(0.95) : null,
        _forecasts,
        _forecasts > 0 ? (_expected + _expectedLost) / _forecasts : null,
        _forecasts > 0 ? (_error + _errorLost) / _forecasts : null,
        _notional, _quote, _delay, _spread, _impact, _opportunity, _fees);

    public void Write(SnapshotWriter writer)
    {
        writer.Write(LastAt);
        _recent.Write(writer);
        writer.Write(_orders);
        writer.Write(_unfilled);
        writer.Write(_bps);
        writer.Write(_bpsLost);
        writer.Write(_forecasts);
        writer.Write(_error);
        writer.Write(_errorLost);
        writer.Write(_expected);
        writer.Write(_expectedLost);
        writer.Write(_notional);
        writer.Write(_quote);
        writer.Write(_delay);
        writer.Write(_spread);
        writer.Write(_impact);
        writer.Write(_opportunity);
        writer.Write(_fees);
    }

    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        LastAt = reader.ReadInt64();
        _recent.Restore(ref reader);
        _orders = reader.ReadInt64();
        _unfilled = reader.ReadInt64();
        _bps = reader.ReadDouble();
        _bpsLost = reader.ReadDouble();
        _forecasts = reader.ReadInt64();
        _error = reader.ReadDouble();
        _errorLost = reader.ReadDouble();
        _expected = reader.ReadDouble();
        _expectedLost = reader.ReadDouble();
        _notional = ReadMoney(ref reader);
        _quote = ReadMoney(ref reader);
        _delay = ReadMoney(ref reader);
        _spread = ReadMoney(ref reader);
        _impact = ReadMoney(ref reader);
        _opportunity = ReadMoney(ref reader);
        _fees = ReadMoney(ref reader);
        if (LastAt < 1 || _unfilled < 0 || _orders < _recent.Count || (_orders > 0 && _recent.Count == 0) || _forecasts < 0 || _forecasts > _orders
            || (_orders > 0) != (_notional > 0) || !double.IsFinite(_bps + _bpsLost) || !double.IsFinite(_error + _errorLost)
            || !double.IsFinite(_expected + _expectedLost))
            throw new InvalidDataException("the snapshot of a slippage ledger is damaged: its values contradict each other");
    }

    private static decimal ReadMoney(ref SnapshotReader reader)
    {
        var money = reader.ReadDecimal();
        return Math.Abs(money) <= MoneyMax ? money : throw new InvalidDataException($"the snapshot of a slippage ledger is damaged: a sum was {money}");
    }
}
