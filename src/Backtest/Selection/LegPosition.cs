using Granary.Backtest.Results;
using Granary.Engine.Orders;
using Granary.Engine.Positions;

namespace Granary.Backtest.Selection;

/// <summary>A position in one symbol with what belongs to it from flat to flat.</summary>
internal sealed class LegPosition
{
    private readonly PositionLedger _ledger = new();
    private long _entryMs;
    private decimal _openedQuantity, _openedNotional, _closedQuantity, _closedNotional, _gross, _fees, _funding, _slippage;

    public decimal Quantity => _ledger.Quantity;

    /// <summary>The price at which it was last marked, quote units.</summary>
    public decimal Mark { get; set; }

    public decimal UnrealizedPnl => _ledger.IsFlat ? 0 : _ledger.UnrealizedPnl(Mark);

    /// <summary>Books a fill, which never turns the position.</summary>
    /// <returns>What it realised, before its fee.</returns>
    public decimal Apply(Fill fill, decimal slippage)
    {
        if (_ledger.IsFlat) _entryMs = fill.TimeMs;
        var isOpening = _ledger.IsFlat || Math.Sign(fill.SignedQuantity) == Math.Sign(_ledger.Quantity);
        var realized = _ledger.Apply(fill);
        if (isOpening) (_openedQuantity, _openedNotional) = (_openedQuantity + fill.Quantity, _openedNotional + (fill.Price * fill.Quantity));
        else (_closedQuantity, _closedNotional) = (_closedQuantity + fill.Quantity, _closedNotional + (fill.Price * fill.Quantity));
        _gross += realized;
        _fees += fill.Fee;
        _slippage += slippage;
        return realized;
    }

    public void AddFunding(decimal amount) => _funding += amount;

    /// <summary>The round that has just ended; the next one begins with nothing.</summary>
    public ClosedTrade End(long id, string symbol, OrderSide side, long timeMs, string reason)
    {
        var trade = new ClosedTrade(
            id, symbol, SelectorRun.StrategyName, side, _entryMs, timeMs, _openedQuantity, _openedNotional / _openedQuantity,
            _closedNotional / _closedQuantity, _gross, _fees, _funding, _slippage, "", reason, IsEntryMaker: false);
        (_openedQuantity, _openedNotional, _closedQuantity, _closedNotional, _gross, _fees, _funding, _slippage) = (0, 0, 0, 0, 0, 0, 0, 0);
        return trade;
    }
}
