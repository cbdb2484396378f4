using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// The trade that strategies run in one symbol: from the fill that opens their lot to the one that closes it. It counts as a strategy's only where nobody else
/// closed a part of it: what a liquidation, a deleveraging or somebody's hand ends says nothing of how well the strategy trades.
/// </summary>
internal sealed class StrategyTrade
{
    private decimal _net;

    /// <summary>Who opened it; empty when there is none.</summary>
    internal string Strategy { get; private set; } = "";

    /// <summary>Whether somebody else closed a part of it.</summary>
    internal bool IsDisturbed { get; private set; }

    /// <summary>Takes a fill that has moved the strategies' lot.</summary>
    /// <param name="lot">The lot after the fill.</param>
    /// <param name="before">Its quantity before, signed base units.</param>
    /// <param name="netBefore">Its realised PnL less fees before, quote units.</param>
    /// <param name="fill">The fill.</param>
    /// <param name="fee">Its fee in the margin asset, quote units.</param>
    /// <param name="owner">Whose order it was: a strategy, or EXTERNAL.</param>
    /// <returns>Who made the trade that is closed by it and what it made, net of fees; or null.</returns>
    internal (string Strategy, decimal Net)? Take(PositionLedger lot, decimal before, decimal netBefore, Fill fill, decimal fee, string owner)
    {
        var after = lot.Quantity;
        var (flips, change) = (before != 0 && after != 0 && Math.Sign(before) != Math.Sign(after), NetOf(lot) - netBefore);

        // What opens the next trade pays its own part of the fee.
        var opening = flips ? fee - (fee * (Math.Abs(before) / fill.Quantity)) : 0;
        _net += change + opening;
        IsDisturbed |= owner == TrackedOrder.External && Math.Abs(after) < Math.Abs(before);
        (string, decimal)? closed = null;
        if (before != 0 && (after == 0 || flips))
        {
            if (Strategy.Length > 0 && !IsDisturbed) closed = (Strategy, _net);
            Clear();
            _net = -opening;
        }

        if (after != 0 && Strategy.Length == 0 && owner != TrackedOrder.External) Strategy = owner;
        return closed;
    }

    /// <summary>What a lot has realised since the beginning, net of fees, quote units.</summary>
    internal static decimal NetOf(PositionLedger lot) => lot.RealizedPnl - lot.Fees;

    /// <summary>Goes on with a trade that was opened before.</summary>
    internal void Resume(string strategy, decimal net) => (Strategy, _net, IsDisturbed) = (strategy, net, false);

    /// <summary>The position was changed by something that no fill explains: what the trade made is not known.</summary>
    internal void Disturb() => IsDisturbed |= Strategy.Length > 0;

    /// <summary>There is no trade any more.</summary>
    internal void Clear() => (Strategy, _net, IsDisturbed) = ("", 0, false);

    internal void Write(SnapshotWriter writer)
    {
        writer.Write(Strategy);
        writer.Write(_net);
        writer.Write(IsDisturbed);
    }

    internal void Read(ref SnapshotReader reader) => (Strategy, _net, IsDisturbed) = (reader.ReadString(), reader.ReadDecimal(), reader.ReadBoolean());
}
