using Granary.Engine.Orders;
using Granary.Engine.Snapshots;
using Granary.Exchange.Contracts;
using Granary.Exchange.State;

namespace Granary.Exchange.Conditional;

/// <summary>The order desk's part of a state record: after-images, like the ledger's.</summary>
internal static class OrderDeskCodec
{
    private const string Name = "desk";
    private const int Version = 1;

    /// <summary>Writes what changed since the last record, or everything.</summary>
    public static void Write(SnapshotWriter writer, OrderDeskState desk, IReadOnlyList<ListedSymbol> symbols, bool everything)
    {
        writer.Section(Name, Version);
        writer.Write(desk.Conditionals.LastAlgoId);
        writer.Write(desk.LastAmendmentId);
        List<ConditionalState> conditionals = everything ? [.. desk.Conditionals.All] : desk.Conditionals.Changed;
        writer.Write(conditionals.Count);
        foreach (var state in conditionals) WriteConditional(writer, state);
        IReadOnlyList<(string Account, OrderAmendment Amendment)> amendments = everything ? [.. desk.Amendments] : desk.NewAmendments;
        writer.Write(amendments.Count);
        foreach (var (account, amendment) in amendments) WriteAmendment(writer, account, amendment);
        writer.Write(everything || desk.HasCountdownChanges);
        if (!everything && !desk.HasCountdownChanges) return;
        writer.Write(desk.Countdowns.Count);
        foreach (var ((account, symbol), atMs) in desk.Countdowns)
        {
            writer.Write(account);
            writer.Write(symbols[symbol].Name);
            writer.Write(atMs);
        }
    }

    /// <summary>Applies a record's part.</summary>
    /// <exception cref="InvalidDataException">It is damaged, newer than this build, or names a symbol that is not listed.</exception>
    public static void Read(ref SnapshotReader reader, OrderDeskState desk, IReadOnlyList<ListedSymbol> symbols)
    {
        reader.Section(Name, Version);
        desk.Conditionals.LastAlgoId = reader.ReadInt64();
        desk.LastAmendmentId = reader.ReadInt64();
        for (var n = reader.ReadInt32(); n > 0; n--) desk.Conditionals.Restore(ReadConditional(ref reader, symbols));
        for (var n = reader.ReadInt32(); n > 0; n--) desk.Amendments.Add(ReadAmendment(ref reader), out _);
        if (!reader.ReadBoolean()) return;
        desk.Countdowns.Clear();
        for (var n = reader.ReadInt32(); n > 0; n--)
        {
            var account = reader.ReadString();
            desk.Countdowns[(account, Symbol(symbols, reader.ReadString()).Index)] = reader.ReadInt64();
        }
    }

    /// <summary>Writes an order's terms.</summary>
    public static void WriteTerms(SnapshotWriter writer, OrderTerms terms)
    {
        writer.Write((int)terms.SelfTrade);
        writer.Write((int)terms.PriceMatch);
        writer.Write(terms.GoodTillMs);
        writer.Write(terms.Amendments);
        writer.Write(terms.Rank);
        writer.Write(terms.AlgoId);
        writer.Write(terms.Origin is { } origin ? (int)origin : -1);
        writer.Write(terms.StopPrice);
        writer.Write(terms.ClosePosition);
        writer.Write(terms.EndedInMatch);
    }

    /// <summary>Reads an order's terms.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static OrderTerms ReadTerms(ref SnapshotReader reader) => new()
    {
        SelfTrade = (SelfTradePrevention)reader.ReadInt32(),
        PriceMatch = (PriceMatch)reader.ReadInt32(),
        GoodTillMs = reader.ReadInt64(),
        Amendments = reader.ReadInt32(),
        Rank = reader.ReadInt64(),
        AlgoId = reader.ReadInt64(),
        Origin = reader.ReadInt32() is var origin and >= 0 ? (ConditionalType)origin : null,
        StopPrice = reader.ReadDecimal(),
        ClosePosition = reader.ReadBoolean(),
        EndedInMatch = reader.ReadBoolean(),
    };

    private static void WriteConditional(SnapshotWriter writer, ConditionalState state)
    {
        var (order, request) = (state.Order, state.Order.Request);
        writer.Write(state.Account);
        writer.Write(state.Symbol.Name);
        writer.Write((int)request.Side);
        writer.Write((int)request.Type);
        writer.Write(request.Quantity);
        writer.Write(request.TriggerPrice);
        writer.Write(request.Price);
        writer.Write((int)request.TimeInForce);
        WriteTerms(writer, request.Terms);
        writer.Write((int)request.WorkingType);
        writer.Write(request.ClosePosition);
        writer.Write(request.PriceProtect);
        writer.Write(request.ReduceOnly);
        writer.Write(request.ActivatePrice);
        writer.Write(request.CallbackRate);
        writer.Write((int)request.PositionSide);
        writer.Write(order.AlgoId);
        writer.Write(order.ClientAlgoId);
        writer.Write((int)order.Status);
        writer.Write(order.CreatedMs);
        writer.Write(order.UpdatedMs);
        writer.Write(order.OrderId);
        writer.Write(order.ExecutedQuantity);
        writer.Write(order.ExecutedQuote);
        writer.Write(order.Reason ?? "");
        writer.Write(order.Extreme);
        writer.Write(order.TriggeredMs);
    }

    private static ConditionalState ReadConditional(ref SnapshotReader reader, IReadOnlyList<ListedSymbol> symbols)
    {
        var account = reader.ReadString();
        var symbol = Symbol(symbols, reader.ReadString());
        var request = new NewConditionalOrder(
            symbol.Name, (OrderSide)reader.ReadInt32(), (ConditionalType)reader.ReadInt32(), reader.ReadDecimal(), reader.ReadDecimal())
        {
            Price = reader.ReadDecimal(),
            TimeInForce = (TimeInForce)reader.ReadInt32(),
            Terms = ReadTerms(ref reader),
            WorkingType = (WorkingType)reader.ReadInt32(),
            ClosePosition = reader.ReadBoolean(),
            PriceProtect = reader.ReadBoolean(),
            ReduceOnly = reader.ReadBoolean(),
            ActivatePrice = reader.ReadDecimal(),
            CallbackRate = reader.ReadDecimal(),
            PositionSide = StateCodec.ReadPositionSide(ref reader),
        };
        var (id, clientId) = (reader.ReadInt64(), reader.ReadString());
        request = request with { ClientAlgoId = clientId };
        var order = new ConditionalOrder(id, clientId, request, (ConditionalStatus)reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64())
        {
            OrderId = reader.ReadInt64(),
            ExecutedQuantity = reader.ReadDecimal(),
            ExecutedQuote = reader.ReadDecimal(),
            Reason = reader.ReadString() is { Length: > 0 } reason ? reason : null,
            Extreme = reader.ReadDecimal(),
            TriggeredMs = reader.ReadInt64(),
        };
        return new ConditionalState(account, symbol, order);
    }

    private static void WriteAmendment(SnapshotWriter writer, string account, OrderAmendment amendment)
    {
        writer.Write(account);
        writer.Write(amendment.AmendmentId);
        writer.Write(amendment.Symbol);
        writer.Write(amendment.OrderId);
        writer.Write(amendment.ClientOrderId);
        writer.Write(amendment.TimeMs);
        writer.Write(amendment.PriceBefore);
        writer.Write(amendment.PriceAfter);
        writer.Write(amendment.QuantityBefore);
        writer.Write(amendment.QuantityAfter);
        writer.Write(amendment.Count);
        writer.Write((int)amendment.PriceMatch);
    }

    private static (string Account, OrderAmendment Amendment) ReadAmendment(ref SnapshotReader reader) => (reader.ReadString(), new OrderAmendment(
        reader.ReadInt64(), reader.ReadString(), reader.ReadInt64(), reader.ReadString(), reader.ReadInt64(), reader.ReadDecimal(), reader.ReadDecimal(),
        reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadInt32(), (PriceMatch)reader.ReadInt32()));

    private static ListedSymbol Symbol(IReadOnlyList<ListedSymbol> symbols, string name)
    {
        foreach (var symbol in symbols)
            if (symbol.Name == name) return symbol;
        throw new InvalidDataException($"the state holds symbol '{name}', which is not listed; list it again or choose another folder");
    }
}
