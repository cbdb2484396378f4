using System.Text.Json;
using Granary.Engine.Orders;

namespace Granary.Venues.Binance;

/// <summary>
/// Reads user stream events, wrapped ({"stream":..,"data":{..}}) or raw, with the fields in any order, straight from UTF-8 into a frame that is used again:
/// 0 bytes a message once its words (symbols, assets, states) were seen. Never throws. Fields and values that it does not know are counted. Not for
/// concurrent use.
/// </summary>
internal sealed partial class UserFrameDecoder(UnknownNames unknown)
{
    private const int NameLengthMax = 64;
    private readonly WordTable _words = new();

    /// <summary>Reads a frame.</summary>
    public void Decode(ReadOnlySpan<byte> bytes, UserFrame frame)
    {
        frame.Clear();
        try
        {
            // First the whole text is checked, so that nothing is taken from a frame that turns out broken further on.
            var check = new Utf8JsonReader(bytes);
            while (check.Read())
            {
            }
            Read(bytes, frame);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            frame.Clear();
            frame.Name = "not valid JSON";
        }
    }

    private void Read(ReadOnlySpan<byte> bytes, UserFrame frame)
    {
        var data = Data(bytes, out var hasId);
        // Outer fields first: they may stand behind the inner object that they tell how to read.
        Utf8JsonReader inner = default;
        var (name, innerKey) = ("", 0);
        long timeMs = 0, eventMs = 0;
        var fields = data;
        while (TryNext(ref fields, out var key))
        {
            switch (key)
            {
                case 'e':
                    name = Word(ref fields, key);
                    break;
                case 'T':
                    timeMs = IntegerOrZero(ref fields);
                    break;
                case 'E':
                    eventMs = IntegerOrZero(ref fields);
                    break;
                case 'o' or 'a' when fields.TokenType == JsonTokenType.StartObject:
                    inner = fields;
                    innerKey = key;
                    break;
            }
            fields.Skip();
        }
        frame.Name = name.Length > NameLengthMax ? name[..NameLengthMax] : name;
        if (name.Length == 0)
        {
            frame.Kind = hasId ? UserFrameKind.Unhandled : UserFrameKind.Malformed;
            frame.Name = "a frame without event type";
            return;
        }
        frame.TimeMs = timeMs > 0 ? timeMs : eventMs;
        try
        {
            ReadEvent(ref data, ref inner, innerKey, frame);
        }
        catch (FormatException e)
        {
            frame.Clear();
            frame.Name = $"{name}: {e.Message}";
        }
    }

    private void ReadEvent(ref Utf8JsonReader data, ref Utf8JsonReader inner, int innerKey, UserFrame frame)
    {
        switch (frame.Name)
        {
            case "ORDER_TRADE_UPDATE":
                CountOuter(data, UserFields.Order, frame.Name);
                if (innerKey != 'o') throw new FormatException("field o is missing");
                ReadOrder(ref inner, frame);
                frame.Kind = UserFrameKind.Order;
                break;
            case "ACCOUNT_UPDATE":
                CountOuter(data, UserFields.Account, frame.Name);
                if (innerKey != 'a') throw new FormatException("field a is missing");
                ReadAccount(ref inner, frame);
                frame.Kind = UserFrameKind.Account;
                break;
            case "ALGO_UPDATE":
                CountOuter(data, UserFields.Trigger, frame.Name);
                if (innerKey != 'o') throw new FormatException("field o is missing");
                ReadTrigger(ref inner, frame);
                frame.Kind = UserFrameKind.Trigger;
                break;
            case "TRADE_LITE":
                // The same fill comes with ORDER_TRADE_UPDATE, whole.
                CountOuter(data, UserFields.TradeLite, frame.Name);
                frame.Kind = UserFrameKind.Unhandled;
                break;
            default:
                frame.Kind = frame.Name == "listenKeyExpired" ? UserFrameKind.ListenKeyExpired : UserFrameKind.Unhandled;
                break;
        }
    }

    private void ReadOrder(ref Utf8JsonReader fields, UserFrame frame)
    {
        ref var order = ref frame.Order;
        (order.Symbol, order.Type, order.Execution, order.FeeAsset) = ("", "", "", "");
        var (side, status, timeInForce) = ("", "", "");
        var (hasId, hasPrice) = (false, false);
        while (TryNext(ref fields, out var key))
        {
            switch (key)
            {
                case 's': order.Symbol = Word(ref fields, key); break;
                case 'c': ReadClientId(ref fields, key, frame); break;
                case 'i': hasId = TryInteger(ref fields, key, out order.VenueOrderId); break;
                case 'S': side = Word(ref fields, key); break;
                case 'o': order.Type = Word(ref fields, key); break;
                case 'f': timeInForce = Word(ref fields, key); break;
                case 'x': order.Execution = Word(ref fields, key); break;
                case 'X': status = Word(ref fields, key); break;
                case 'q': order.Quantity = Number(ref fields, key); break;
                case 'p': order.Price = Number(ref fields, key); break;
                case 'z': order.Executed = Number(ref fields, key); break;
                case AveragePriceKey: order.AveragePrice = Number(ref fields, key); break;
                case 'R': order.ReduceOnly = Flag(ref fields, key); break;
                case 'T': frame.TimeMs = TryInteger(ref fields, key, out var timeMs) ? timeMs : frame.TimeMs; break;
                case 't': order.TradeId = Integer(ref fields, key); break;
                case 'L': hasPrice = TryNumber(ref fields, key, out order.LastPrice); break;
                case 'l': order.LastQuantity = Number(ref fields, key); break;
                case 'n': order.Fee = Number(ref fields, key); break;
                case 'N': order.FeeAsset = Word(ref fields, key); break;
                case RealizedPnlKey: order.RealizedPnl = Number(ref fields, key); break;
                case 'm': order.IsMaker = Flag(ref fields, key); break;
                default: CountUnless(key, UserFields.OrderInner, "ORDER_TRADE_UPDATE.o"); break;
            }
            fields.Skip();
        }
        Require(order.Symbol.Length > 0, 's');
        Require(hasId, 'i');
        Require(status.Length > 0, 'X');
        unknown.CountUnless(VenueWords.Side, "ORDER_TRADE_UPDATE.o.S", side);
        unknown.CountUnless(VenueWords.OrderStatus, "ORDER_TRADE_UPDATE.o.X", status);
        unknown.CountUnless(VenueWords.OrderType, "ORDER_TRADE_UPDATE.o.o", order.Type);
        unknown.CountUnless(VenueWords.TimeInForce, "ORDER_TRADE_UPDATE.o.f", timeInForce);
        unknown.CountUnless(VenueWords.Execution, "ORDER_TRADE_UPDATE.o.x", order.Execution);
        order.Side = OrderText.Side(side.Length > 0 ? side : throw Missing('S'));
        order.TimeInForce = OrderText.Tif(timeInForce);
        order.Status = OrderText.Status(status, order.Executed, order.Quantity);
        // CALCULATED is the execution of a liquidation; it carries a fill like TRADE does.
        order.HasFill = order.Execution is "TRADE" or "CALCULATED" && order.LastQuantity > 0;
        if (order.HasFill) Require(hasPrice, 'L');
        if (order.Status == OrderStatus.Unknown) frame.UnknownStatus = status;
    }

    private void ReadTrigger(ref Utf8JsonReader fields, UserFrame frame)
    {
        ref var order = ref frame.Trigger;
        (order.Symbol, order.Reason) = ("", "");
        var (side, status, type, hasId) = ("", "", "", false);
        while (TryNext(ref fields, out var key))
        {
            switch (key)
            {
                case 's': order.Symbol = Word(ref fields, key); break;
                case ClientTriggerIdKey: ReadClientId(ref fields, key, frame); break;
                case TriggerIdKey: hasId = TryInteger(ref fields, key, out order.VenueId); break;
                case 'S': side = Word(ref fields, key); break;
                case 'o': type = Word(ref fields, key); break;
                case 'X': status = Word(ref fields, key); break;
                case TriggerPriceKey: order.TriggerPrice = Number(ref fields, key); break;
                case 'q': order.Quantity = Number(ref fields, key); break;
                case ClosesPositionKey: order.ClosesPosition = Flag(ref fields, key); break;
                case 'R': order.ReduceOnly = Flag(ref fields, key); break;
                case OrderIdKey: order.OrderId = Integer(ref fields, key); break;
                case ReasonKey: order.Reason = Word(ref fields, key); break;
                case 'T': frame.TimeMs = TryInteger(ref fields, key, out var timeMs) ? timeMs : frame.TimeMs; break;
                default: CountUnless(key, UserFields.TriggerInner, "ALGO_UPDATE.o"); break;
            }
            fields.Skip();
        }
        Require(order.Symbol.Length > 0, 's');
        Require(hasId, TriggerIdKey);
        Require(status.Length > 0, 'X');
        unknown.CountUnless(VenueWords.Side, "ALGO_UPDATE.o.S", side);
        unknown.CountUnless(VenueWords.TriggerStatus, "ALGO_UPDATE.o.X", status);
        unknown.CountUnless(VenueWords.OrderType, "ALGO_UPDATE.o.o", type);
        order.Side = OrderText.Side(side.Length > 0 ? side : throw Missing('S'));
        order.IsStop = type == OrderText.StopMarket;
        order.Status = OrderText.TriggerStatus(status);
        if (order.Status == TriggerOrderStatus.Unknown) frame.UnknownStatus = status;
    }

    private void ReadAccount(ref Utf8JsonReader fields, UserFrame frame)
    {
        while (TryNext(ref fields, out var key))
        {
            switch (key)
            {
                case 'm': frame.Reason = Word(ref fields, key); break;
                case 'B': ReadBalances(fields, frame); break;
                case 'P': ReadPositions(fields, frame); break;
                default: CountUnless(key, UserFields.AccountInner, "ACCOUNT_UPDATE.a"); break;
            }
            fields.Skip();
        }
        unknown.CountUnless(VenueWords.Reason, "ACCOUNT_UPDATE.a.m", frame.Reason);
    }

    // A copy of the reader: the caller skips the list.
    private void ReadBalances(Utf8JsonReader list, UserFrame frame)
    {
        if (!TryBeginList(ref list, 'B')) return;
        frame.Balances.Clear();
        while (TryItem(ref list))
        {
            var (asset, wallet, hasWallet, change) = ("", 0m, false, (decimal?)null);
            while (TryNext(ref list, out var key))
            {
                switch (key)
                {
                    case 'a': asset = Word(ref list, key); break;
                    case WalletKey: hasWallet = TryNumber(ref list, key, out wallet); break;
                    case ChangeKey: change = TryNumber(ref list, key, out var moved) ? moved : null; break;
                    default: CountUnless(key, UserFields.Balance, "ACCOUNT_UPDATE.a.B"); break;
                }
                list.Skip();
            }
            Require(asset.Length > 0, 'a');
            Require(hasWallet, WalletKey);
            frame.Balances.Add(new UserBalance(asset, wallet, change));
        }
    }

    private void ReadPositions(Utf8JsonReader list, UserFrame frame)
    {
        if (!TryBeginList(ref list, 'P')) return;
        frame.Positions.Clear();
        while (TryItem(ref list))
        {
            var (symbol, side, hasQuantity) = ("", "", false);
            decimal quantity = 0, entry = 0, unrealized = 0;
            while (TryNext(ref list, out var key))
            {
                switch (key)
                {
                    case 's': symbol = Word(ref list, key); break;
                    case PositionSideKey: side = Word(ref list, key); break;
                    case AmountKey: hasQuantity = TryNumber(ref list, key, out quantity); break;
                    case EntryPriceKey: entry = Number(ref list, key); break;
                    case UnrealizedKey: unrealized = Number(ref list, key); break;
                    default: CountUnless(key, UserFields.Position, "ACCOUNT_UPDATE.a.P"); break;
                }
                list.Skip();
            }
            unknown.CountUnless(VenueWords.PositionSide, "ACCOUNT_UPDATE.a.P.ps", side);
            if (side is not ("" or "BOTH"))
            {
                // A side that is not known is not a one-way account's, either.
                frame.HedgeLegs++;
                continue;
            }
            Require(symbol.Length > 0, 's');
            Require(hasQuantity, AmountKey);
            frame.Positions.Add(new UserPosition(symbol, quantity, entry, unrealized));
        }
    }
}
