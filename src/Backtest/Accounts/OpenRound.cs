using Granary.Backtest.Results;
using Granary.Engine.Orders;

namespace Granary.Backtest.Accounts;

/// <summary>What is collected of a position from its first fill until it is flat again.</summary>
internal sealed class OpenRound(string symbol, string strategy, OrderSide side, long entryMs, string regime, bool isEntryMaker)
{
    private decimal _openedQuantity;
    private decimal _openedNotional;
    private decimal _closedQuantity;
    private decimal _closedNotional;
    private decimal _gross;
    private decimal _fees;
    private decimal _funding;
    private decimal _slippage;

    public void Open(decimal price, decimal quantity)
    {
        _openedQuantity += quantity;
        _openedNotional += price * quantity;
    }

    public void Close(decimal price, decimal quantity, decimal realized)
    {
        _closedQuantity += quantity;
        _closedNotional += price * quantity;
        _gross += realized;
    }

    public void AddCosts(decimal fee, decimal slippage)
    {
        _fees += fee;
        _slippage += slippage;
    }

    public void AddFunding(decimal amount) => _funding += amount;

    public ClosedTrade End(long id, long timeMs, string reason) => new(
        id, symbol, strategy, side, entryMs, timeMs, _openedQuantity, _openedNotional / _openedQuantity, _closedNotional / _closedQuantity, _gross, _fees,
        _funding, _slippage, regime, reason, isEntryMaker);
}
