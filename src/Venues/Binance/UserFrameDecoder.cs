using System.Text.Json;
using Granary.Engine.Orders;
using Granary.Engine.Positions;

namespace Granary.Venues.Binance;

/// <summary>Reads user stream events, wrapped ({"stream":..,"data":{..}}) or raw. Never throws.</summary>
internal static class UserFrameDecoder
{
    private const int NameLengthMax = 64;

    /// <summary>Reads a frame.</summary>
    public static UserFrame Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            var data = root.TryGet("data", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
            var name = data.TextOrEmpty("e");
            if (name.Length == 0)
                return new UserFrame(root.TryGet("id", out _) ? UserFrameKind.Unhandled : UserFrameKind.Malformed) { Name = "a frame without event type" };
            if (name.Length > NameLengthMax) name = name[..NameLengthMax];
            try
            {
                return name switch
                {
                    "ORDER_TRADE_UPDATE" => Order(data),
                    "ACCOUNT_UPDATE" => Account(data),
                    "ALGO_UPDATE" => Trigger(data),
                    "listenKeyExpired" => new UserFrame(UserFrameKind.ListenKeyExpired) { Name = name },
                    _ => new UserFrame(UserFrameKind.Unhandled) { Name = name },
                };
            }
            catch (FormatException e)
            {
                return new UserFrame(UserFrameKind.Malformed) { Name = $"{name}: {e.Message}" };
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return new UserFrame(UserFrameKind.Malformed) { Name = "not valid JSON" };
        }
    }

    private static UserFrame Order(JsonElement data)
    {
        if (!data.TryGet("o", out var order)) throw new FormatException("field o is missing");
        var (symbol, clientOrderId, venueOrderId, side) = (order.Text("s"), order.TextOrEmpty("c"), order.Integer("i"), OrderText.Side(order.Text("S")));
        var (quantity, executed, statusText) = (order.NumberOrZero("q"), order.NumberOrZero("z"), order.Text("X"));
        var timeMs = Time(order, data);
        // CALCULATED is the execution of a liquidation; it carries a fill like TRADE does.
        Fill? fill = null;
        if (order.TextOrEmpty("x") is "TRADE" or "CALCULATED" && order.NumberOrZero("l") is > 0 and var lastQuantity)
            fill = new Fill(
                symbol, order.IntegerOrZero("t"), clientOrderId, venueOrderId, side, order.Number("L"), lastQuantity, order.NumberOrZero("n"),
                order.TextOrEmpty("N"), order.NumberOrZero("rp"), order.Flag("m"), timeMs);
        var status = OrderText.Status(statusText, executed, quantity);
        return new UserFrame(UserFrameKind.Order)
        {
            Name = "ORDER_TRADE_UPDATE",
            TimeMs = timeMs,
            UnknownStatus = status == OrderStatus.Unknown ? statusText : "",
            Order = new OrderReport(
                symbol, clientOrderId, venueOrderId, status, side, OrderText.Type(order.TextOrEmpty("o")), OrderText.Tif(order.TextOrEmpty("f")), quantity,
                order.NumberOrZero("p"), executed, order.NumberOrZero("ap"), order.Flag("R"), timeMs, fill)
            {
                ForcedClose = OrderText.Forced(order.TextOrEmpty("o"), order.TextOrEmpty("x"), clientOrderId),
            },
        };
    }

    private static UserFrame Account(JsonElement data)
    {
        if (!data.TryGet("a", out var account)) throw new FormatException("field a is missing");
        var timeMs = Time(data, data);
        var balances = new List<BalanceReport>();
        var positions = new List<PositionReport>();
        var hedgeLegs = 0;
        if (account.TryGet("B", out var changedBalances))
            foreach (var balance in changedBalances.Items("field B"))
                balances.Add(new BalanceReport(balance.Text("a"), balance.Number("wb"), 0, timeMs)
                {
                    Change = balance.TryGet("bc", out _) ? balance.Number("bc") : null,
                });
        if (account.TryGet("P", out var changedPositions))
        {
            foreach (var position in changedPositions.Items("field P"))
            {
                if (position.TextOrEmpty("ps") is "LONG" or "SHORT")
                {
                    hedgeLegs++;
                    continue;
                }
                positions.Add(new PositionReport(
                    position.Text("s"), position.Number("pa"), position.NumberOrZero("ep"), 0, position.NumberOrZero("up"), 0, timeMs));
            }
        }
        return new UserFrame(UserFrameKind.Account)
        {
            Name = "ACCOUNT_UPDATE",
            Reason = account.TextOrEmpty("m"),
            Balances = balances,
            Positions = positions,
            HedgeLegs = hedgeLegs,
            TimeMs = timeMs,
        };
    }

    private static UserFrame Trigger(JsonElement data)
    {
        if (!data.TryGet("o", out var order)) throw new FormatException("field o is missing");
        var statusText = order.Text("X");
        var status = OrderText.TriggerStatus(statusText);
        var timeMs = Time(order, data);
        return new UserFrame(UserFrameKind.Trigger)
        {
            Name = "ALGO_UPDATE",
            TimeMs = timeMs,
            UnknownStatus = status == TriggerOrderStatus.Unknown ? statusText : "",
            Trigger = new TriggerOrderReport(
                order.Text("s"), order.TextOrEmpty("caid"), order.Integer("aid"), status, OrderText.Side(order.Text("S")),
                order.TextOrEmpty("o") == OrderText.StopMarket, order.NumberOrZero("tp"), order.Flag("cp") ? null : order.NumberOrZero("q"),
                order.Flag("R") || order.Flag("cp"), order.IntegerOrZero("ai"), order.TextOrEmpty("rm"), timeMs),
        };
    }

    private static long Time(JsonElement inner, JsonElement data) =>
        inner.TryGet("T", out _) ? inner.Integer("T") : data.TryGet("T", out _) ? data.Integer("T") : data.IntegerOrZero("E");
}
