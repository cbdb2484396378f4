namespace Granary.Recovery;

/// <summary>What must be equal on both sides, from outside: the exchange's audit, the silo's API and the journal's file.</summary>
internal static class Comparison
{
    /// <summary>
    /// What must hold at any instant, the silo running or killed. The journal is read before and after the audit: what it had must be at the exchange, and what is at
    /// the exchange must be in it now.
    /// </summary>
    public static IEnumerable<string> AtAnyTime(JournalSide.Content before, ExchangeSide.Audit audit, JournalSide.Content after)
    {
        foreach (var order in audit.Orders.Where(o => !o.IsByExchange))
        {
            if (!after.Orders.ContainsKey(order.ClientOrderId)) yield return $"{order.Symbol}: order {order.ClientOrderId} is at the exchange and not in the journal";
            else if (!after.IsApproved(order.ClientOrderId)) yield return $"{order.Symbol}: order {order.ClientOrderId} is at the exchange without an approval";
        }

        foreach (var stop in audit.AlgoOrders)
        {
            if (!after.Orders.ContainsKey(stop.ClientAlgoId)) yield return $"{stop.Symbol}: stop {stop.ClientAlgoId} is at the exchange and not in the journal";
            else if (!after.IsApproved(stop.ClientAlgoId)) yield return $"{stop.Symbol}: stop {stop.ClientAlgoId} is at the exchange without an approval";
        }

        foreach (var twice in audit.Orders.GroupBy(o => o.ClientOrderId, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return $"client id {twice.Key} was placed {twice.Count()} times";
        foreach (var twice in audit.AlgoOrders.GroupBy(o => o.ClientAlgoId, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return $"client id {twice.Key} was placed {twice.Count()} times, as a stop";

        var fills = audit.Fills.ToDictionary(f => (f.Symbol, f.Id));
        foreach (var fill in before.Fills)
        {
            if (!fills.TryGetValue((fill.Symbol, fill.TradeId), out var real)) yield return $"{fill.Symbol}: fill {fill.TradeId} is in the journal, and the exchange has none of that id";
            else if (!IsSame(fill, real)) yield return $"{fill.Symbol}: fill {fill.TradeId} is {fill.Side} {fill.Quantity} at {fill.Price} in the journal, {real.Side} {real.Qty} at {real.Price} at the exchange";
        }
    }

    /// <summary>What must be equal in one symbol at some moment of every few seconds of trading, and at every moment of quiet.</summary>
    public static IEnumerable<string> OfSymbol(string symbol, EngineSide.AccountState engine, JournalSide.Content journal, ExchangeSide.Audit audit)
    {
        var position = engine.PositionOf(symbol);
        var held = audit.PositionOf(symbol);
        if ((position?.Quantity ?? 0) != held) yield return $"{symbol}: the engine holds {position?.Quantity ?? 0}, the exchange {held}";

        var booked = journal.Fills.Where(f => f.Symbol == symbol).Select(f => f.TradeId).Order().ToArray();
        var made = audit.Fills.Where(f => f.Symbol == symbol).Select(f => f.Id).Order().ToArray();
        if (!booked.SequenceEqual(made))
            yield return $"{symbol}: {booked.Length} fills in the journal, {made.Length} at the exchange; {string.Join(", ", booked.Except(made).Concat(made.Except(booked)).Take(3))} on one side only";

        var live = journal.Orders.Values.Where(o => o.IsLive && o.Symbol == symbol).Select(o => o.ClientOrderId).Order(StringComparer.Ordinal);
        var waiting = audit.AlgoOrders.Where(o => o.IsWaiting && o.Symbol == symbol).Select(o => o.ClientAlgoId).ToArray();
        var open = audit.Orders.Where(o => o.IsOpen && o.Symbol == symbol).Select(o => o.ClientOrderId).Concat(waiting).Order(StringComparer.Ordinal).ToArray();
        if (!live.SequenceEqual(open)) yield return $"{symbol}: live in the journal [{string.Join(", ", live)}], open at the exchange [{string.Join(", ", open)}]";

        if (held != 0 && waiting.Length == 0 && string.IsNullOrEmpty(position?.StopReason))
            yield return $"{symbol}: {held} without a stop at the exchange or a reason (stop {position?.StopState})";
        if (held == 0 && waiting.Length > 0) yield return $"{symbol}: flat, and {waiting.Length} stops wait at the exchange";
    }

    /// <summary>What must be equal beside that when nothing is under way.</summary>
    public static IEnumerable<string> WhenQuiet(EngineSide.Status engine, ExchangeSide.Audit audit)
    {
        var account = engine.Account;
        if (account.Wallet != audit.Wallet.Balance) yield return $"the engine's wallet is {account.Wallet}, the exchange's {audit.Wallet.Balance}";
        if (account.LiveOrders != 0 || account.UnknownOrders != 0 || account.ReservedNotional != 0)
            yield return $"{account.LiveOrders} live, {account.UnknownOrders} unknown orders and a reservation of {account.ReservedNotional} are left";
        foreach (var position in audit.Positions.Where(p => p.Quantity != 0)) yield return $"{position.Symbol}: {position.Quantity} is still held";
        foreach (var symbol in engine.Symbols.Where(s => s.Error.Length > 0 || s.Holes > 0)) yield return $"{symbol.Symbol}: {symbol.Holes} holes in the trades {symbol.Error}";
    }

    private static bool IsSame(JournalSide.Fill fill, ExchangeSide.Fill real) =>
        fill.Price == real.Price && fill.Quantity == real.Qty && fill.Fee == real.Commission && fill.RealizedPnl == real.RealizedPnl
        && string.Equals(fill.Side, real.Side, StringComparison.OrdinalIgnoreCase);
}
