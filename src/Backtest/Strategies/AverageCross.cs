using Granary.Backtest.Feeds;
using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Backtest.Strategies;

/// <summary>
/// Long while the mean of the last closes is above that of more of them, else flat (formulas §7.1), over candles. The sums are exact integers, so a tie never
/// depends on rounding.
/// </summary>
public sealed class AverageCross : TradingStrategy
{
    private readonly long[] _closes;
    private readonly int _fast;
    private readonly decimal? _quantity;
    private int _place;
    private long _count;
    private long _fastSum;
    private long _slowSum;

    /// <summary>The rule before its first candle.</summary>
    /// <param name="fast">Candles of the fast mean, 1 or more.</param>
    /// <param name="slow">Candles of the slow mean, above <paramref name="fast"/>, at most 10,000.</param>
    /// <param name="quantity">Base units to hold; null for the gate to size it, which needs an ATR and so refuses.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is outside its range.</exception>
    public AverageCross(int fast, int slow, decimal? quantity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fast, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(slow, fast);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slow, 10_000);
        _fast = fast;
        _closes = new long[slow];
        _quantity = quantity;
    }

    /// <inheritdoc/>
    public override string Name => "cross";

    /// <inheritdoc/>
    public override void OnCandle(StrategyContext context, in Kline candle)
    {
        var close = CandlePrice.ToE8(candle.Close);
        var slow = _closes.Length;
        var place = _place;
        var leaving = place - _fast;
        _slowSum += close - _closes[place];
        _fastSum += close - _closes[leaving < 0 ? leaving + slow : leaving];
        _closes[place] = close;
        _place = place + 1 == slow ? 0 : place + 1;
        if (++_count < slow) return;
        var isUp = (Int128)_fastSum * slow > (Int128)_slowSum * _fast;
        var held = context.Position.Quantity;
        if (isUp && held == 0 && !context.HasOrders) context.Enter(Name, OrderSide.Buy, _quantity, "Cross");
        else if (!isUp && held > 0) context.Leave(Name, "Cross");
    }
}
