using Granary.Engine.Orders;
using Granary.Engine.Snapshots;
using Granary.Exchange.Accounts;
using Granary.Exchange.Conditional;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.State;

/// <summary>
/// State as bytes. A record holds after-images: whoever applies it ends in the state that was written, whatever was there before. A snapshot is a record
/// that holds everything. Accounts or symbols that are no longer configured are refused by name, because dropping them would lose money silently.
/// </summary>
internal static class StateCodec
{
    private const string Name = "exchange";
    private const int Version = 2;

    /// <summary>Writes what changed since the last record, or everything.</summary>
    public static void Write(SnapshotWriter writer, Ledger ledger, OrderDeskState desk, bool everything)
    {
        writer.Section(Name, Version);
        writer.Write(ledger.LastOrderId);
        WriteSymbols(writer, ledger, everything);
        WriteAccounts(writer, ledger, everything);
        WriteOrders(writer, ledger, everything);
        WriteFills(writer, ledger, everything);
        OrderDeskCodec.Write(writer, desk, ledger.Symbols, everything);
    }

    /// <summary>Applies a record.</summary>
    /// <exception cref="InvalidDataException">It is damaged, newer than this build, or names an account or symbol that is not configured.</exception>
    public static void Apply(ReadOnlySpan<byte> record, Ledger ledger, OrderDeskState desk)
    {
        var reader = new SnapshotReader(record);
        var version = reader.Section(Name, Version);
        ledger.LastOrderId = reader.ReadInt64();
        for (var n = reader.ReadInt32(); n > 0; n--) ReadSymbol(ref reader, ledger);
        for (var n = reader.ReadInt32(); n > 0; n--) ReadAccount(ref reader, ledger);
        for (var n = reader.ReadInt32(); n > 0; n--) ReadOrder(ref reader, ledger, version);
        for (var n = reader.ReadInt32(); n > 0; n--) ReadFill(ref reader, ledger);
        // Records of version 1 know no order terms and no desk.
        if (version >= 2) OrderDeskCodec.Read(ref reader, desk, ledger.Symbols);
        if (!reader.AtEnd) throw new InvalidDataException("a state record has bytes after its end");
    }

    private static void WriteSymbols(SnapshotWriter writer, Ledger ledger, bool everything)
    {
        writer.Write(ledger.Symbols.Count(s => everything || s.IsDirty));
        foreach (var symbol in ledger.Symbols)
        {
            if (!everything && !symbol.IsDirty) continue;
            var state = symbol.State;
            writer.Write(state.Symbol);
            writer.Write(state.Printed);
            writer.Write(state.LastAggId);
            writer.Write(state.LastTradeId);
            writer.Write(state.LastTimeMs);
            writer.Write(state.LastPriceE8);
            writer.Write(state.Cursor);
            writer.Write(state.LastFillId);
        }
    }

    private static void ReadSymbol(ref SnapshotReader reader, Ledger ledger)
    {
        var state = Symbol(ledger, reader.ReadString()).State;
        state.Printed = reader.ReadInt64();
        state.LastAggId = reader.ReadInt64();
        state.LastTradeId = reader.ReadInt64();
        state.LastTimeMs = reader.ReadInt64();
        state.LastPriceE8 = reader.ReadInt64();
        state.Cursor = reader.ReadInt64();
        state.LastFillId = reader.ReadInt64();
    }

    private static void WriteAccounts(SnapshotWriter writer, Ledger ledger, bool everything)
    {
        writer.Write(ledger.Accounts.Count(a => everything || a.IsDirty));
        foreach (var account in ledger.Accounts)
        {
            if (!everything && !account.IsDirty) continue;
            writer.Write(account.Name);
            writer.Write(account.Initial);
            writer.Write(account.RealizedPnl);
            writer.Write(account.Fees);
            writer.Write(account.Funding);
            writer.Write(account.UpdatedMs);
            writer.Write(account.Positions.Count(p => IsWritten(p, everything)));
            foreach (var position in account.Positions)
            {
                if (!IsWritten(position, everything)) continue;
                writer.Write(position.Symbol.Name);
                writer.Write(position.Quantity);
                writer.Write(position.Cost);
                writer.Write(position.UpdatedMs);
            }
        }
    }

    private static bool IsWritten(PositionState position, bool everything) => everything ? position.UpdatedMs != 0 : position.IsDirty;

    private static void ReadAccount(ref SnapshotReader reader, Ledger ledger)
    {
        var account = Account(ledger, reader.ReadString());
        account.Restore(reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadInt64());
        for (var n = reader.ReadInt32(); n > 0; n--)
        {
            var position = account.Positions[Symbol(ledger, reader.ReadString()).Index];
            position.Restore(reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadInt64());
        }
    }

    private static void WriteOrders(SnapshotWriter writer, Ledger ledger, bool everything)
    {
        if (!everything)
        {
            writer.Write(ledger.ChangedOrders.Count);
            foreach (var order in ledger.ChangedOrders) WriteOrder(writer, order);
            return;
        }
        writer.Write(ledger.Accounts.Sum(a => a.Finished.Count + a.Positions.Sum(p => p.Orders.Count)));
        foreach (var account in ledger.Accounts)
        {
            foreach (var order in account.Finished) WriteOrder(writer, order);
            foreach (var position in account.Positions)
                foreach (var order in position.Orders) WriteOrder(writer, order);
        }
    }

    private static void WriteOrder(SnapshotWriter writer, AccountOrder order)
    {
        var contract = order.ToContract();
        writer.Write(order.Account.Name);
        writer.Write(contract.Symbol);
        writer.Write(contract.OrderId);
        writer.Write(contract.ClientOrderId);
        writer.Write((int)contract.Side);
        writer.Write((int)contract.Type);
        writer.Write((int)contract.TimeInForce);
        writer.Write(contract.Quantity);
        writer.Write(contract.Price);
        writer.Write(contract.ReduceOnly);
        writer.Write((int)contract.Status);
        writer.Write(contract.ExecutedQuantity);
        writer.Write(contract.ExecutedQuote);
        writer.Write(contract.CreatedMs);
        writer.Write(contract.UpdatedMs);
        OrderDeskCodec.WriteTerms(writer, contract.Terms);
    }

    private static void ReadOrder(ref SnapshotReader reader, Ledger ledger, int version)
    {
        var account = Account(ledger, reader.ReadString());
        var symbol = Symbol(ledger, reader.ReadString());
        var contract = new ExchangeOrder(
            reader.ReadInt64(), reader.ReadString(), symbol.Name, (OrderSide)reader.ReadInt32(), (OrderType)reader.ReadInt32(),
            (TimeInForce)reader.ReadInt32(), reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadBoolean(), (OrderStatus)reader.ReadInt32(),
            reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadInt64(), reader.ReadInt64());
        if (version >= 2) contract = contract with { Terms = OrderDeskCodec.ReadTerms(ref reader) };
        var order = account.FindById(contract.OrderId);
        if (order is null)
        {
            order = new AccountOrder(account, symbol, contract);
            account.Add(order);
        }
        else
        {
            order.Update(contract);
        }
        if (!order.IsOpen) account.Finish(order);
    }

    private static void WriteFills(SnapshotWriter writer, Ledger ledger, bool everything)
    {
        if (!everything)
        {
            writer.Write(ledger.NewFills.Count);
            foreach (var (account, fill) in ledger.NewFills) WriteFill(writer, account, fill);
            return;
        }
        writer.Write(ledger.Accounts.Sum(a => a.Positions.Sum(p => p.Fills.Count)));
        foreach (var account in ledger.Accounts)
            foreach (var position in account.Positions)
                foreach (var fill in position.Fills) WriteFill(writer, account, fill);
    }

    private static void WriteFill(SnapshotWriter writer, AccountState account, ExchangeFill fill)
    {
        writer.Write(account.Name);
        writer.Write(fill.Symbol);
        writer.Write(fill.TradeId);
        writer.Write(fill.OrderId);
        writer.Write(fill.ClientOrderId);
        writer.Write((int)fill.Side);
        writer.Write(fill.Price);
        writer.Write(fill.Quantity);
        writer.Write(fill.Fee);
        writer.Write(fill.RealizedPnl);
        writer.Write(fill.IsMaker);
        writer.Write(fill.TimeMs);
    }

    private static void ReadFill(ref SnapshotReader reader, Ledger ledger)
    {
        var account = Account(ledger, reader.ReadString());
        var symbol = Symbol(ledger, reader.ReadString());
        var fill = new ExchangeFill(
            reader.ReadInt64(), reader.ReadInt64(), reader.ReadString(), symbol.Name, (OrderSide)reader.ReadInt32(), reader.ReadDecimal(),
            reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadBoolean(), reader.ReadInt64());
        account.Positions[symbol.Index].Fills.Add(fill, out _);
    }

    private static AccountState Account(Ledger ledger, string name) => ledger.Find(name) ?? throw new InvalidDataException(
        $"the state holds account '{name}', which is not configured; configure it again or choose another folder");

    private static ListedSymbol Symbol(Ledger ledger, string name)
    {
        foreach (var symbol in ledger.Symbols)
            if (symbol.Name == name) return symbol;
        throw new InvalidDataException($"the state holds symbol '{name}', which is not listed; list it again or choose another folder");
    }
}
