using Granary.Engine.Orders;
using Granary.Engine.Sizing;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <content>After a restart: from the journal piece by piece, or from a snapshot.</content>
public sealed partial class RiskGate
{
    /// <summary>
    /// Puts back an order after a restart: its intent, its sequence number, and its reservation if it may still be live. An approved order comes before its
    /// parts, which its reservation covers.
    /// </summary>
    /// <param name="order">The approved order.</param>
    /// <param name="status">Its last known status.</param>
    /// <param name="executedQuantity">Base units, all of it contained in the restored position.</param>
    /// <param name="venueOrderId">0 when not known.</param>
    public void RestoreOrder(Order order, OrderStatus status, decimal executedQuantity, long venueOrderId)
    {
        if (IsCovered(order.Request.Symbol, order.Request.ClientOrderId)) return;
        if (ClientOrderId.TryParse(order.Request.ClientOrderId, out var id)) RestoreSequence(id.Sequence + 1);
        if (status.IsLive() || order.Purpose == ProposalKind.Entry) _intents.Add(order.IntentId);
        if (status.IsLive() && _book.Whole(order.Request.ClientOrderId) is null)
            _book.Reserve(order, order.Request.Price ?? _book.Symbol(order.Request.Symbol).Price, executedQuantity, venueOrderId);
    }

    /// <summary>Every order that is reserved for, foreign ones included, with its symbol; whoever restores a gate must follow each of them to its end.</summary>
    public IReadOnlyList<(string ClientOrderId, string Symbol)> Reserved() =>
        [.. _book.Symbols.SelectMany(static symbol => symbol.Orders, static (symbol, order) => (order.ClientOrderId, order.Symbol))];

    /// <summary>Puts back a position after a restart.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="quantity">Signed base units.</param>
    /// <param name="costBasis">Signed cost, quote units.</param>
    /// <param name="realizedPnl">Since the beginning, before fees.</param>
    /// <param name="fees">Since the beginning, in the margin asset.</param>
    /// <param name="lastTradeId">The last fill contained; fills up to it count as known.</param>
    /// <param name="strategy">Who opened it, or empty.</param>
    public void RestorePosition(string symbol, decimal quantity, decimal costBasis, decimal realizedPnl, decimal fees, long lastTradeId, string strategy)
    {
        var exposure = _book.Symbol(symbol);
        exposure.Ledger.Restore(quantity, costBasis, realizedPnl, fees, lastTradeId);
        exposure.Trades.RaiseFloor(lastTradeId);
        exposure.Strategy = quantity == 0 ? "" : strategy.Length == 0 ? TrackedOrder.External : strategy;
        exposure.Entries = quantity == 0 ? 0 : Math.Max(exposure.Entries, 1);
        exposure.Resume(exposure.Ledger.EntryPrice, 0);
    }

    /// <summary>Makes the next sequence number at least this one.</summary>
    public void RestoreSequence(long next) => _nextSequence = Math.Max(_nextSequence, next);

    /// <summary>Puts back the day's loss after a restart.</summary>
    /// <param name="timeMs">Any time of that day, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="startEquity">Equity at 00:00 UTC, or null when not known.</param>
    /// <param name="realizedPnl">Realised since then, net of fees and funding.</param>
    /// <param name="halted">Whether the realised loss had stopped entries.</param>
    /// <param name="totalHalted">Whether the fall of equity had stopped entries.</param>
    public void RestoreDay(long timeMs, decimal? startEquity, decimal realizedPnl, bool halted, bool totalHalted = false) =>
        _day.Restore(timeMs, startEquity, realizedPnl, halted, totalHalted);

    /// <summary>Puts back a closed trade after a restart, in the order of exits: it counts for the losing streak and the strategy's Kelly factor.</summary>
    public void RestoreTrade(string strategy, decimal netPnl, long timeMs) => CloseTrade(strategy, netPnl, timeMs);

    /// <summary>Writes the state; limits are configuration and are not written.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("risk-gate", 2);
        writer.Write(EngineId);
        writer.Write(Account);
        writer.Write((int)_state);
        writer.Write(_stateReason);
        writer.Write(_nextSequence);
        writer.Write(_observedMinute);
        _book.Write(writer);
        _wallet.Write(writer);
        _day.Write(writer);
        _streak.Write(writer);
        _drawdown.Write(writer);
        _intents.Write(writer);
        writer.Write(_kelly.Count);
        foreach (var (strategy, window) in _kelly)
        {
            writer.Write(strategy);
            window.Write(writer);
        }
        _pace.Write(writer);
        _cancels.Write(writer);
        _stops.Write(writer);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, of a newer version, or of another engine or account.</exception>
    public void Read(ref SnapshotReader reader)
    {
        var version = reader.Section("risk-gate", 2);
        var owner = $"{reader.ReadString()}/{reader.ReadString()}";
        if (owner != $"{EngineId}/{Account}") throw new InvalidDataException($"risk gate snapshot is of {owner}, expected {EngineId}/{Account}");
        _state = (TradingState)reader.ReadInt32();
        if (!Enum.IsDefined(_state)) throw new InvalidDataException($"risk gate snapshot is damaged: its state is {_state}");
        _stateReason = reader.ReadString();
        _nextSequence = reader.ReadInt64();
        if (_nextSequence is < 1 or > ClientOrderId.SequenceMax + 1)
            throw new InvalidDataException($"risk gate snapshot is damaged: its next sequence number is {_nextSequence}");
        _observedMinute = reader.ReadInt64();
        _book.Read(ref reader);
        _wallet.Read(ref reader);
        _day.Read(ref reader);
        _streak.Read(ref reader);
        _drawdown.Read(ref reader);
        _intents.Read(ref reader);
        _kelly.Clear();
        for (var i = reader.ReadCount(StrategiesMax, "strategies"); i > 0; i--)
        {
            var window = _kelly[reader.ReadString()] = new KellyWindow(_limits.Kelly);
            window.Read(ref reader);
        }
        if (version < 2) return;
        _pace.Read(ref reader);
        _cancels.Read(ref reader);
        _stops.Read(ref reader);
    }
}
