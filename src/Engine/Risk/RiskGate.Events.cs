using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Sizing;

namespace Granary.Engine.Risk;

/// <content>What happens to the account: orders, fills, funding, prices, the venue's wallet and positions.</content>
public sealed partial class RiskGate
{
    /// <summary>Takes what happened to an order: books its new fills and releases its reservation when it is over. Repeats do no harm.</summary>
    public void OnOrder(OrderChange change)
    {
        _book.Learn(change.Order);
        foreach (var fill in change.NewFills) Book(fill, change.Order.ClientOrderId, change.Order.Strategy);
        if (_book.Settle(change.Order) is not { } over) return;
        if (!over.IsExternal && change.Order.Status != OrderStatus.Rejected) _cancels.Add(change.Order.UpdatedMs, over.Executed > 0);
        Release(over);
    }

    /// <summary>
    /// Takes a fill, in any order relative to its order's reports. A fill known by its trade id is ignored, so it does no harm to send one both here and with
    /// its order. The day's loss is computed from prices; the wallet moves by the realised PnL that the fill carries.
    /// </summary>
    /// <param name="fill">The fill.</param>
    /// <param name="owner">
    /// Whose order it was, where the caller knows: a strategy, or EXTERNAL. Empty, the default: the order in flight tells, and a fill of none is nobody's here.
    /// </param>
    /// <returns>Whether it was new.</returns>
    public bool OnFill(Fill fill, string owner = "")
    {
        if (!Book(fill, fill.ClientOrderId, owner)) return false;
        if (_book.Match(fill, fill.ClientOrderId) is { IsOver: true } over)
        {
            _book.Remove(over);
            if (!over.IsExternal) _cancels.Add(fill.TimeMs, isFilled: true);
            Release(over);
        }
        return true;
    }

    /// <summary>Takes a funding payment.</summary>
    /// <param name="amount">Quote units; negative is paid.</param>
    /// <param name="timeMs">Milliseconds since the Unix epoch, UTC.</param>
    public void OnFunding(decimal amount, long timeMs)
    {
        Advance(timeMs);
        _day.Add(timeMs, amount);
        _wallet.Add(amount, timeMs);
        ObserveEquity(timeMs);
    }

    /// <summary>Takes a mark price.</summary>
    public void OnMark(string symbol, decimal mark, long timeMs)
    {
        Advance(timeMs);
        if (mark > 0) _book.Symbol(symbol).Mark = mark;
        if (timeMs / MinuteMs > _observedMinute) ObserveEquity(timeMs);
    }

    /// <summary>Takes the venue's wallet balance in the margin asset.</summary>
    /// <param name="walletBalance">Without unrealised PnL, quote units.</param>
    /// <param name="timeMs">The time as of which it holds; fills up to it are contained. Milliseconds since the Unix epoch, UTC.</param>
    public void OnWallet(decimal walletBalance, long timeMs)
    {
        Advance(timeMs);
        _wallet.State(walletBalance, timeMs);
        ObserveEquity(timeMs);
    }

    /// <summary>
    /// Takes a deposit (negative: a withdrawal). It moves the wallet like a fill's PnL would, unless the latest statement contains it, but is neither profit
    /// nor loss of the day, nor drawdown.
    /// </summary>
    /// <param name="amount">Quote units.</param>
    /// <param name="timeMs">Milliseconds since the Unix epoch, UTC.</param>
    public void OnTransfer(decimal amount, long timeMs)
    {
        Advance(timeMs);
        _wallet.Add(amount, timeMs);
        _day.Transfer(amount);
        _drawdown.Transfer(amount);
        ObserveEquity(timeMs);
    }

    /// <summary>Takes over the venue's position where fills do not explain it (see <see cref="Reconciliation.Reconciler"/>).</summary>
    public void OnAdopt(PositionReport position)
    {
        foreach (var over in _book.Adopt(position.Symbol, position.Quantity, position.EntryPrice)) Release(over);
    }

    /// <summary>
    /// Releases the reservation of an approved order that never reached execution. Without effect when it holds none, or when the venue has shown the order;
    /// should the order turn up after all, its next report reserves it again.
    /// </summary>
    public void OnNeverSubmitted(string clientOrderId)
    {
        if (_book.Drop(clientOrderId) is { } dropped) Release(dropped);
    }

    /// <summary>The same, without the text of the id.</summary>
    public void OnNeverSubmitted(ClientOrderId id)
    {
        Span<char> text = stackalloc char[ClientOrderId.LengthMax];
        if (_book.Drop(text[..id.Write(text)]) is { } dropped) Release(dropped);
    }

    private bool Book(Fill fill, string clientOrderId, string owner)
    {
        Advance(fill.TimeMs);
        if (_book.Apply(fill, clientOrderId, owner) is not { } effect) return false;
        _day.Add(fill.TimeMs, effect.NetPnl);

        // The wallet moves by what the venue says it moved: fills that arrive out of order realise differently here until the position is flat.
        _wallet.Add(fill.RealizedPnl - effect.Fee, fill.TimeMs);
        if (effect.ClosedStrategy is { } strategy) CloseTrade(strategy, effect.ClosedNet, fill.TimeMs);
        ObserveEquity(fill.TimeMs);
        return true;
    }

    private void CloseTrade(string strategy, decimal netPnl, long timeMs)
    {
        _streak.OnTrade(timeMs, netPnl);
        if (!_kelly.TryGetValue(strategy, out var window) && _kelly.Count < StrategiesMax) window = _kelly[strategy] = new KellyWindow(_limits.Kelly);
        window?.Add(netPnl);
    }

    private void Release(Reservation over)
    {
        if (over.ExitIntentId is { } intent) _intents.Remove(intent);
        _book.Recycle(over);
    }

    private void Advance(long timeMs)
    {
        if (_day.IsNewDay(timeMs)) _day.Advance(timeMs, Equity);
    }

    private void ObserveEquity(long timeMs)
    {
        if (Equity is not { } equity) return;
        _observedMinute = Math.Max(_observedMinute, timeMs / MinuteMs);
        _day.Observe(equity);
        _drawdown.Observe(timeMs, equity);
        _stops.Observe(IncidentKind.Drawdown, _drawdown.Drawdown, timeMs);
        if (LiquidationDistance is { } distance) _stops.Observe(IncidentKind.LiquidationDistance, distance, timeMs);
    }
}
