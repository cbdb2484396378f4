using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;
using Granary.Exchange.Accounts;
using Granary.Exchange.Conditional;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;

namespace Granary.Exchange.State;

/// <summary>
/// State as bytes. A record holds after-images: whoever applies it ends in the state that was written, whatever was there before. A snapshot is a record
/// that holds everything. Versions 1 (orders and fills only, before margin types, hedge mode, funding, liquidation, order terms and the order desk), 2
/// (before printed trades and places in queues), 3 (before a position's realised PnL and opening fees, which then begin at 0) and 4 (before moves of isolated
/// margin were remembered) are read, too.
/// Accounts or symbols that are no longer configured are refused by name, because dropping them would lose money silently.
/// </summary>
internal static class StateCodec
{
    private const string Name = "exchange";
    private const int Version = 6;
    private const int MarginVersion = 2;
    private const int TradesVersion = 3;
    private const int ResultVersion = 4;
    private const int MovesVersion = 5;
    private const int FeeAssetVersion = 6;

    /// <summary>Writes what changed since the last record, or everything.</summary>
    public static void Write(SnapshotWriter writer, Ledger ledger, OrderDeskState desk, bool everything)
    {
        writer.Section(Name, Version);
        writer.Write(ledger.LastOrderId);
        writer.Write(ledger.LastTransactionId);
        WriteHouse(writer, ledger.House);
        WriteSymbols(writer, ledger, everything);
        WriteAccounts(writer, ledger, everything);
        WriteOrders(writer, ledger, everything);
        WriteFills(writer, ledger, everything);
        HistoryCodec.Write(writer, ledger, everything);
        OrderDeskCodec.Write(writer, desk, ledger.Symbols, everything);
    }

    /// <summary>Applies a record.</summary>
    /// <exception cref="InvalidDataException">It is damaged, newer than this build, or names an account or symbol that is not configured.</exception>
    public static void Apply(ReadOnlySpan<byte> record, Ledger ledger, OrderDeskState desk)
    {
        var reader = new SnapshotReader(record);
        var version = reader.Section(Name, Version);
        ledger.LogsTrades = version >= TradesVersion;
        ledger.LastOrderId = reader.ReadInt64();
        if (version >= MarginVersion) ReadHouse(ref reader, ledger);
        for (var n = reader.ReadInt32(); n > 0; n--) ReadSymbol(ref reader, ledger, version);
        for (var n = reader.ReadInt32(); n > 0; n--) ReadAccount(ref reader, ledger, version);
        for (var n = reader.ReadInt32(); n > 0; n--) ReadOrder(ref reader, ledger, version);
        for (var n = reader.ReadInt32(); n > 0; n--) ReadFill(ref reader, ledger, version);
        if (version >= MarginVersion)
        {
            HistoryCodec.Read(ref reader, ledger, hasMoves: version >= MovesVersion);
            OrderDeskCodec.Read(ref reader, desk, ledger.Symbols);
        }
        else
        {
            DeriveHouse(ledger);
        }
        if (!reader.AtEnd) throw new InvalidDataException("a state record has bytes after its end");
    }

    private static void WriteHouse(SnapshotWriter writer, HouseState house)
    {
        writer.Write(house.InsuranceInitial);
        writer.Write(house.Insurance);
        writer.Write(house.Fees);
        writer.Write(house.FundingPool);
        writer.Write(house.Clearing);
    }

    private static void ReadHouse(ref SnapshotReader reader, Ledger ledger)
    {
        ledger.LastTransactionId = reader.ReadInt64();
        var house = ledger.House;
        house.InsuranceInitial = reader.ReadDecimal();
        house.Insurance = reader.ReadDecimal();
        house.Fees = reader.ReadDecimal();
        house.FundingPool = reader.ReadDecimal();
        house.Clearing = reader.ReadDecimal();
    }

    /// <summary>Version 1 kept no books of the house: they follow from the accounts, for which only fills had happened.</summary>
    private static void DeriveHouse(Ledger ledger)
    {
        decimal fees = 0, clearing = 0;
        foreach (var account in ledger.Accounts)
        {
            fees += account.Fees;
            clearing -= account.RealizedPnl;
            foreach (var book in account.Symbols) clearing += book.Leg(PositionSide.Both).Cost;
        }
        ledger.House.Fees = fees;
        ledger.House.Clearing = clearing;
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
            writer.Write(state.NextFundingMs);
            WriteTrades(writer, symbol, everything);
            writer.Write(symbol.Places.Count);
            foreach (var (orderId, place) in symbol.Places)
            {
                writer.Write(orderId);
                writer.Write(place.Ahead);
                writer.Write(place.Level);
                writer.Write(place.Traded);
            }
        }
    }

    /// <summary>What the record's operation printed; what was printed before is in the history.</summary>
    private static void WriteTrades(SnapshotWriter writer, ListedSymbol symbol, bool everything)
    {
        var trades = symbol.LogsTrades && !everything ? symbol.Unwritten : [];
        writer.Write(trades.Count);
        foreach (var trade in trades)
        {
            writer.Write(trade.Id);
            writer.Write(trade.TimeMs);
            writer.Write(trade.PriceE8);
            writer.Write(trade.QuantityE8);
            writer.Write(trade.FirstTradeId);
            writer.Write(trade.TradeCount);
            writer.Write(trade.IsBuyerMaker);
        }
    }

    private static void ReadSymbol(ref SnapshotReader reader, Ledger ledger, int version)
    {
        var symbol = Symbol(ledger, reader.ReadString());
        var state = symbol.State;
        state.Printed = reader.ReadInt64();
        state.LastAggId = reader.ReadInt64();
        state.LastTradeId = reader.ReadInt64();
        state.LastTimeMs = reader.ReadInt64();
        state.LastPriceE8 = reader.ReadInt64();
        state.Cursor = reader.ReadInt64();
        state.LastFillId = reader.ReadInt64();
        if (version >= MarginVersion) state.NextFundingMs = reader.ReadInt64();
        if (version < TradesVersion) return;
        for (var n = reader.ReadInt32(); n > 0; n--)
        {
            symbol.Unwritten.Add(new AggTrade(
                reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadBoolean()));
        }
        symbol.Places.Clear();
        for (var n = reader.ReadInt32(); n > 0; n--)
            symbol.Places[reader.ReadInt64()] = new QueuePlace(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
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
            writer.Write(account.Deposits);
            writer.Write(account.Withdrawals);
            writer.Write(account.InsuranceClear);
            writer.Write(account.IsHedged);
            writer.Write(account.UpdatedMs);
            writer.Write(account.Symbols.Count(b => IsWritten(b, everything)));
            foreach (var book in account.Symbols)
                if (IsWritten(book, everything)) WriteBook(writer, book);
        }
    }

    private static bool IsWritten(SymbolAccount book, bool everything) => !everything ? book.IsDirty
        : book.LeverageChosen != 0 || book.IsIsolated || Array.Exists(book.Legs, l => l.UpdatedMs != 0);

    private static void WriteBook(SnapshotWriter writer, SymbolAccount book)
    {
        writer.Write(book.Symbol.Name);
        writer.Write(book.LeverageChosen);
        writer.Write((int)book.MarginType);
        writer.Write(book.Legs.Count(l => l.UpdatedMs != 0));
        foreach (var leg in book.Legs)
        {
            if (leg.UpdatedMs == 0) continue;
            writer.Write((int)leg.Side);
            writer.Write(leg.Quantity);
            writer.Write(leg.Cost);
            writer.Write(leg.IsolatedWallet);
            writer.Write(leg.UpdatedMs);
            writer.Write(leg.RealizedPnl);
            writer.Write(leg.OpeningFees);
        }
    }

    private static void ReadAccount(ref SnapshotReader reader, Ledger ledger, int version)
    {
        var account = Account(ledger, reader.ReadString());
        var (initial, pnl, fees, funding) = (reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal());
        if (version < MarginVersion)
        {
            account.Restore(initial, pnl, fees, funding, 0, 0, 0, reader.ReadInt64());
            for (var n = reader.ReadInt32(); n > 0; n--)
            {
                var leg = account.Symbols[Symbol(ledger, reader.ReadString()).Index].Leg(PositionSide.Both);
                leg.Restore(reader.ReadDecimal(), reader.ReadDecimal(), 0, reader.ReadInt64(), 0, 0);
            }
            return;
        }
        var (deposits, withdrawals, insurance) = (reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal());
        account.IsHedged = reader.ReadBoolean();
        account.Restore(initial, pnl, fees, funding, deposits, withdrawals, insurance, reader.ReadInt64());
        for (var n = reader.ReadInt32(); n > 0; n--) ReadBook(ref reader, ledger, account, version);
    }

    private static void ReadBook(ref SnapshotReader reader, Ledger ledger, AccountState account, int version)
    {
        var book = account.Symbols[Symbol(ledger, reader.ReadString()).Index];
        book.LeverageChosen = reader.ReadInt32();
        book.MarginType = (MarginType)Choice(ref reader, 1);
        for (var n = reader.ReadInt32(); n > 0; n--)
        {
            var leg = book.Leg(ReadPositionSide(ref reader));
            var (quantity, cost, wallet, updatedMs) = (reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadInt64());
            var (pnl, fees) = version >= ResultVersion ? (reader.ReadDecimal(), reader.ReadDecimal()) : (0, 0);
            leg.Restore(quantity, cost, wallet, updatedMs, pnl, fees);
        }
    }

    private static int Choice(ref SnapshotReader reader, int max)
    {
        var value = reader.ReadInt32();
        return value >= 0 && value <= max ? value : throw new InvalidDataException($"the state is damaged: a choice was {value}, allowed is 0 to {max}");
    }

    private static void WriteOrders(SnapshotWriter writer, Ledger ledger, bool everything)
    {
        if (!everything)
        {
            writer.Write(ledger.ChangedOrders.Count);
            foreach (var order in ledger.ChangedOrders) WriteOrder(writer, order);
            return;
        }
        writer.Write(ledger.Accounts.Sum(a => a.Finished.Count + a.Symbols.Sum(b => b.Orders.Count)));
        foreach (var account in ledger.Accounts)
        {
            foreach (var order in account.Finished) WriteOrder(writer, order);
            foreach (var book in account.Symbols)
                foreach (var order in book.Orders) WriteOrder(writer, order);
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
        writer.Write((int)contract.PositionSide);
        writer.Write((int)contract.Origin);
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
        if (version >= MarginVersion)
        {
            contract = contract with
            {
                PositionSide = ReadPositionSide(ref reader),
                Origin = (OrderOrigin)Choice(ref reader, (int)OrderOrigin.Settlement),
                Terms = OrderDeskCodec.ReadTerms(ref reader),
            };
        }
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
        writer.Write(ledger.Accounts.Sum(a => a.Symbols.Sum(b => b.Fills.Count)));
        foreach (var account in ledger.Accounts)
            foreach (var book in account.Symbols)
                foreach (var fill in book.Fills) WriteFill(writer, account, fill);
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
        writer.Write((int)fill.PositionSide);
        writer.Write(fill.FeeAsset);
    }

    private static void ReadFill(ref SnapshotReader reader, Ledger ledger, int version)
    {
        var account = Account(ledger, reader.ReadString());
        var symbol = Symbol(ledger, reader.ReadString());
        var fill = new ExchangeFill(
            reader.ReadInt64(), reader.ReadInt64(), reader.ReadString(), symbol.Name, (OrderSide)reader.ReadInt32(), reader.ReadDecimal(),
            reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadBoolean(), reader.ReadInt64());
        if (version >= MarginVersion) fill = fill with { PositionSide = ReadPositionSide(ref reader) };
        if (version >= FeeAssetVersion) fill = fill with { FeeAsset = reader.ReadString() };
        account.Symbols[symbol.Index].Fills.Add(fill, out _);
    }

    internal static PositionSide ReadPositionSide(ref SnapshotReader reader) => (PositionSide)Choice(ref reader, 2);

    internal static AccountState Account(Ledger ledger, string name) => ledger.Find(name) ?? throw new InvalidDataException(
        $"the state holds account '{name}', which is not configured; configure it again or choose another folder");

    internal static ListedSymbol Symbol(Ledger ledger, string name)
    {
        foreach (var symbol in ledger.Symbols)
            if (symbol.Name == name) return symbol;
        throw new InvalidDataException($"the state holds symbol '{name}', which is not listed; list it again or choose another folder");
    }
}
