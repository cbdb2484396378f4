using Granary.Engine.Grid;
using Granary.Engine.Market;
using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Execution;

namespace Granary.Grains.Execution;

/// <summary>The grid for operators.</summary>
internal sealed partial class GridDesk
{
    private const string Trading = "Trading";
    private const string Paused = "Paused";
    private const string Idle = "Idle";
    private const string Stopped = "Stopped";

    /// <summary>The ladder as it stands.</summary>
    /// <param name="openOrders">Its orders that are not final.</param>
    /// <param name="isReady">Whether books and venue agree.</param>
    /// <param name="nowMs">Engine time.</param>
    public GridView View(int openOrders, bool isReady, long nowMs)
    {
        if (Grid is not { } grid) return new GridView(account, symbol, Idle, "rules, candles and journal are being read", []);
        var status = grid.Status();
        var (state, reason) = State(grid, isReady, nowMs);
        return new GridView(account, symbol, state, reason, [.. grid.Ladders.Select(ladder => View(ladder, grid.Leverage))])
        {
            Inventory = status.Inventory,
            MarginUsed = status.MarginUsed,
            MarginMax = status.MarginMax,
            NotionalMax = Standing.Terms is { } terms ? Math.Max(terms.LongNotionalMax, terms.ShortNotionalMax) : 0,
            Leverage = status.Leverage,
            LeverageTarget = status.LeverageTarget,
            RealizedProfit = status.RealizedProfit,
            Fees = status.Fees,
            FundingPaid = status.FundingPaid,
            MakerRatio = status.MakerRatio,
            UnexpectedTakerNotional = status.UnexpectedTakerNotional,
            RejectsInRow = status.RejectsInRow,
            IsRejecting = status.IsRejecting,
            OpenOrders = openOrders,
            BidPrice = _market?.BidPrice ?? 0,
            AskPrice = _market?.AskPrice ?? 0,
        };
    }

    private (string State, string Reason) State(MakerGrid grid, bool isReady, long nowMs)
    {
        if (grid.Ladders.Any(ladder => ladder.IsStopped)) return (Stopped, "the market went beyond the global stop; resume the grid when it may open again");
        if (!isReady) return (Idle, "books and venue are being compared");
        if (IsIdle) return (Idle, $"the account is {_state}");
        if (!IsInformed) return (Idle, "no market, equity or candle yet");
        if (IsHeld) return (Paused, "by an operator");
        if (Standing.StopReason(nowMs) is { Length: > 0 } reason) return (Paused, reason);
        return grid.Status().IsRejecting ? (Trading, $"{grid.Status().RejectsInRow} post-only orders in a row were refused") : (Trading, Complaint);
    }

    private static GridLadderView View(GridLadder ladder, int leverage)
    {
        var rungs = new List<GridRungView>();
        for (var i = ladder.Count - 1; i >= 0; i--)
        {
            var rung = ladder.View(i);
            if (rung.State == RungState.Idle) continue;
            rungs.Add(new GridRungView(rung.Rung, rung.State.ToString(), rung.Price, rung.TakeProfit, rung.Quantity, rung.Held, rung.EntryPrice, rung.Rejects));
        }

        // A short ladder begins at its boundary above.
        if (ladder.Side == GridSide.Short) rungs.Reverse();
        return new GridLadderView(
            ladder.Side.ToString(), ladder.Range.Limit, ladder.Range.Boundary, ladder.StopPrice, Fixed8.ToDecimal(ladder.HeldE8), ladder.AverageEntry,
            leverage > 0 ? ladder.LiquidationLine(leverage) : null, ladder.TripCount, ladder.SaturationCount, ladder.IsCashShort, ladder.IsStopped,
            ladder.IsMoveWaiting, rungs, ladder.Count);
    }
}
