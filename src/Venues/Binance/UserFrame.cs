using System.Text;
using Granary.Engine.Orders;
using Granary.Engine.Positions;

namespace Granary.Venues.Binance;

/// <summary>
/// What one frame of the user stream says. Meant to be kept and filled again: reading allocates nothing once lists and words are there. The reports that are
/// handed on are immutable and outlive the frame; each is made once, by the To members, and these are what an event costs.
/// </summary>
internal sealed class UserFrame
{
    private byte[] _clientId = new byte[64];
    private int _clientIdLength;
    private UserOrder _order;
    private UserTrigger _trigger;

    /// <summary>Which of the other members hold.</summary>
    public UserFrameKind Kind { get; set; }

    /// <summary>The event's name, or why the frame is malformed.</summary>
    public string Name { get; set; } = "";

    /// <summary>Why the account changed.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Changed balances.</summary>
    public List<UserBalance> Balances { get; } = [];

    /// <summary>Changed positions of a one-way account.</summary>
    public List<UserPosition> Positions { get; } = [];

    /// <summary>Legs of a hedge-mode account that were left out.</summary>
    public int HedgeLegs { get; set; }

    /// <summary>The venue's word where an order's status is not known; otherwise empty.</summary>
    public string UnknownStatus { get; set; } = "";

    /// <summary>The venue's time, milliseconds since the Unix epoch.</summary>
    public long TimeMs { get; set; }

    /// <summary>The order.</summary>
    public ref UserOrder Order => ref _order;

    /// <summary>The trigger order.</summary>
    public ref UserTrigger Trigger => ref _trigger;

    /// <summary>The client id of the order or trigger order, UTF-8.</summary>
    public ReadOnlySpan<byte> ClientId => _clientId.AsSpan(0, _clientIdLength);

    /// <summary>Forgets what was read.</summary>
    public void Clear()
    {
        Kind = UserFrameKind.Malformed;
        Name = Reason = UnknownStatus = "";
        Balances.Clear();
        Positions.Clear();
        HedgeLegs = _clientIdLength = 0;
        TimeMs = 0;
        _order = default;
        _trigger = default;
    }

    /// <summary>Room for a client id; what was written is told to <see cref="SetClientIdLength"/>.</summary>
    public Span<byte> ClientIdRoom(int length)
    {
        if (_clientId.Length < length) _clientId = new byte[length];
        return _clientId;
    }

    /// <summary>How much of the room is the client id.</summary>
    public void SetClientIdLength(int length) => _clientIdLength = length;

    /// <summary>The order as it is handed on: a new report, with its fill if there is one.</summary>
    public OrderReport ToOrder()
    {
        var id = Encoding.UTF8.GetString(ClientId);
        ref var order = ref _order;
        var fill = !order.HasFill ? null : new Fill(
            order.Symbol, order.TradeId, id, order.VenueOrderId, order.Side, order.LastPrice, order.LastQuantity, order.Fee, order.FeeAsset,
            order.RealizedPnl, order.IsMaker, TimeMs);
        return new OrderReport(
            order.Symbol, id, order.VenueOrderId, order.Status, order.Side, OrderText.Type(order.Type), order.TimeInForce, order.Quantity, order.Price,
            order.Executed, order.AveragePrice, order.ReduceOnly, TimeMs, fill)
        {
            ForcedClose = OrderText.Forced(order.Type, order.Execution, id),
        };
    }

    /// <summary>The trigger order as it is handed on: a new report.</summary>
    public TriggerOrderReport ToTrigger()
    {
        ref var order = ref _trigger;
        return new TriggerOrderReport(
            order.Symbol, Encoding.UTF8.GetString(ClientId), order.VenueId, order.Status, order.Side, order.IsStop, order.TriggerPrice,
            order.ClosesPosition ? null : order.Quantity, order.ReduceOnly || order.ClosesPosition, order.OrderId, order.Reason, TimeMs);
    }

    /// <summary>The balances as they are handed on: new reports.</summary>
    public IReadOnlyList<BalanceReport> ToBalances() =>
        Balances.Count == 0 ? [] : [.. Balances.Select(balance => new BalanceReport(balance.Asset, balance.Wallet, 0, TimeMs) { Change = balance.Change })];

    /// <summary>The positions as they are handed on: new reports.</summary>
    public IReadOnlyList<PositionReport> ToPositions() => Positions.Count == 0
        ? []
        : [.. Positions.Select(p => new PositionReport(p.Symbol, p.Quantity, p.EntryPrice, 0, p.UnrealizedPnl, 0, TimeMs))];
}
