using Granary.Engine.Orders;
using Granary.Engine.Performance;
using Granary.Engine.Positions;

namespace Granary.Backtest.Parity;

/// <summary>
/// The wallet as the fills of a log alone make it, the same way for both sides: cash, realised PnL and fees. Funding is not in it.
/// </summary>
internal sealed class WalletPath
{
    private readonly List<EquityPoint> _points = [];

    public WalletPath(OrderLog log)
    {
        Cash = log.Cash;
        var wallet = log.Cash;
        var ledgers = new Dictionary<string, PositionLedger>(StringComparer.Ordinal);
        var fills = log.Orders.SelectMany(o => o.Fills.Select(f => (Order: o, Fill: f))).OrderBy(f => f.Fill.TimeMs);
        var id = 0L;
        foreach (var (order, fill) in fills)
        {
            if (!ledgers.TryGetValue(order.Symbol, out var ledger)) ledgers[order.Symbol] = ledger = new PositionLedger();
            wallet += ledger.Apply(new Fill(
                order.Symbol, ++id, order.ClientOrderId, 0, order.Side, fill.Price, fill.Quantity, fill.Fee, "USDT", 0, fill.IsMaker, fill.TimeMs)) - fill.Fee;
            _points.Add(new EquityPoint(fill.TimeMs, wallet));
        }
    }

    public decimal Cash { get; }

    public IReadOnlyList<EquityPoint> Points => _points;

    /// <summary>
    /// Lowest and highest that the wallet of a decision may have been taken for: after all fills before it, or without those of which the reports were still on
    /// their way.
    /// </summary>
    /// <param name="timeMs">The decision.</param>
    /// <param name="reportMsMax">Longest way of a report, milliseconds.</param>
    public (decimal Low, decimal High) Known(long timeMs, long reportMsMax)
    {
        var (low, high) = (Cash, Cash);
        foreach (var point in _points)
        {
            if (point.TimeMs >= timeMs) break;
            (low, high) = point.TimeMs < timeMs - reportMsMax
                ? (point.Equity, point.Equity)
                : (Math.Min(low, point.Equity), Math.Max(high, point.Equity));
        }
        return (low, high);
    }
}
