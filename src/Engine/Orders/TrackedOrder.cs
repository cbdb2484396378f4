using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Orders;

/// <summary>
/// All that is known about one order. Immutable: every event makes a new one. The facts only ever grow (executed quantity, fills, final status), and
/// <see cref="Status"/> is computed from them, so the order in which they arrive does not matter.
/// </summary>
public sealed record TrackedOrder
{
    /// <summary>Strategy name of orders that the engine did not place.</summary>
    public const string External = "EXTERNAL";

    /// <summary>Asset whose fees are summed.</summary>
    public const string FeeAsset = "USDT";

    /// <summary>The order as sent or as amended since, or as the venue describes a foreign one.</summary>
    public required OrderRequest Request { get; init; }

    /// <summary>The approved order behind it; null for foreign orders.</summary>
    public Order? Source { get; init; }

    /// <summary>The venue's id; 0 until known.</summary>
    public long VenueOrderId { get; init; }

    /// <summary>Filled so far by the venue's word or by the known fills, whichever is more; base units.</summary>
    public decimal ExecutedQuantity { get; init; }

    /// <summary>Sum of the known fills, base units. Below <see cref="ExecutedQuantity"/> while fills are missing.</summary>
    public decimal FilledQuantity { get; init; }

    /// <summary>The part of <see cref="FilledQuantity"/> that was restored after a restart and whose fills' prices are not known here, base units.</summary>
    public decimal RestoredQuantity { get; init; }

    /// <summary>Sum of price times quantity of the known fills, quote units.</summary>
    public decimal FilledNotional { get; init; }

    /// <summary>Sum of the known fills' fees that were paid in <see cref="FeeAsset"/>, restored ones left out.</summary>
    public decimal Fees { get; init; }

    /// <summary>Sum of the known fills' realised PnL as the venue computed it, before fees, restored ones left out.</summary>
    public decimal RealizedPnl { get; init; }

    /// <summary>The venue's error code when it refused the order or its cancel, else 0.</summary>
    public int RejectCode { get; init; }

    /// <summary>The venue's message that goes with the code, or empty.</summary>
    public string RejectMessage { get; init; } = "";

    /// <summary>When the engine registered it (or the venue first reported it), milliseconds since the Unix epoch, UTC.</summary>
    public long CreatedMs { get; init; }

    /// <summary>The latest time of any event, milliseconds since the Unix epoch, UTC.</summary>
    public long UpdatedMs { get; init; }

    /// <summary>Whether the venue itself has shown that the order exists (a report or a fill).</summary>
    public bool IsSeenAtVenue { get; init; }

    /// <summary>Known only by fills whose order nobody has described yet; stands for exactly these fills.</summary>
    public bool IsFillOnly { get; init; }

    /// <summary>The final status that the venue reported, or null.</summary>
    internal OrderStatus? VenueFinal { get; init; }

    /// <summary>
    /// The engine's own conclusion that the order is over: its request was refused, or the venue does not have it. Evidence from the venue overrules it.
    /// </summary>
    internal bool IsRefused { get; init; }

    /// <summary>The last answer was lost.</summary>
    internal bool IsOutcomeUnknown { get; init; }

    /// <summary>An amendment is on its way.</summary>
    internal bool IsAmendPending { get; init; }

    /// <summary>Venue time of the newest report of quantity and price, milliseconds since the Unix epoch, UTC; 0 before any.</summary>
    internal long TermsMs { get; init; }

    /// <summary>A cancel is on its way.</summary>
    internal bool IsCancelPending { get; init; }

    /// <summary>Our or a foreign client order id; empty when not even that is known.</summary>
    public string ClientOrderId => Request.ClientOrderId;

    /// <summary>Whether the engine did not place it.</summary>
    public bool IsExternal => Source is null;

    /// <summary>Strategy name, or <see cref="External"/>.</summary>
    public string Strategy => Source?.Strategy ?? External;

    /// <summary>Whether it can still trade.</summary>
    public bool IsLive => Status.IsLive();

    /// <summary>Executed by the venue's word but not yet seen as fills, base units.</summary>
    public decimal MissingQuantity => ExecutedQuantity - FilledQuantity;

    /// <summary>What can still trade, base units; 0 when final.</summary>
    public decimal RemainingQuantity => IsLive ? Math.Max(Request.Quantity - ExecutedQuantity, 0) : 0;

    /// <summary>Volume-weighted price of the known fills, restored ones left out; null when there are none.</summary>
    public decimal? AveragePrice => FilledQuantity > RestoredQuantity ? FilledNotional / (FilledQuantity - RestoredQuantity) : null;

    /// <summary>Where it stands.</summary>
    public OrderStatus Status =>
        ExecutedQuantity > 0 && ExecutedQuantity >= Request.Quantity ? OrderStatus.Filled
        : VenueFinal is { } final ? final
        : IsRefused ? IsSeenAtVenue ? OrderStatus.Expired : OrderStatus.Rejected
        : IsCancelPending ? OrderStatus.PendingCancel
        : IsOutcomeUnknown ? OrderStatus.Unknown
        : !IsSeenAtVenue ? OrderStatus.PendingNew
        : IsAmendPending ? OrderStatus.PendingAmend
        : ExecutedQuantity > 0 ? OrderStatus.PartiallyFilled
        : OrderStatus.New;

    /// <summary>Whether a report would bring it back to life: the engine concluded its end, and the venue shows it open.</summary>
    internal bool MayRevive(OrderReport report) => !IsLive && IsRefused && VenueFinal is null && report.Status.IsLive();

    internal void Write(SnapshotWriter writer)
    {
        writer.Write(Request);
        writer.Write(Source is not null);
        if (Source is not null) writer.Write(Source);
        writer.Write(VenueOrderId);
        writer.Write(ExecutedQuantity);
        writer.Write(FilledQuantity);
        writer.Write(RestoredQuantity);
        writer.Write(FilledNotional);
        writer.Write(Fees);
        writer.Write(RealizedPnl);
        writer.Write(RejectCode);
        writer.Write(RejectMessage);
        writer.Write(CreatedMs);
        writer.Write(UpdatedMs);
        writer.Write(IsSeenAtVenue);
        writer.Write(IsFillOnly);
        writer.Write(VenueFinal is { } final ? (int)final : -1);
        writer.Write(IsRefused);
        writer.Write(IsOutcomeUnknown);
        writer.Write(IsCancelPending);
        writer.Write(IsAmendPending);
        writer.Write(TermsMs);
    }

    internal static TrackedOrder Read(ref SnapshotReader reader) => new()
    {
        Request = reader.ReadRequest(),
        Source = reader.ReadBoolean() ? reader.ReadOrder() : null,
        VenueOrderId = reader.ReadInt64(),
        ExecutedQuantity = reader.ReadDecimal(),
        FilledQuantity = reader.ReadDecimal(),
        RestoredQuantity = reader.ReadDecimal(),
        FilledNotional = reader.ReadDecimal(),
        Fees = reader.ReadDecimal(),
        RealizedPnl = reader.ReadDecimal(),
        RejectCode = reader.ReadInt32(),
        RejectMessage = reader.ReadString(),
        CreatedMs = reader.ReadInt64(),
        UpdatedMs = reader.ReadInt64(),
        IsSeenAtVenue = reader.ReadBoolean(),
        IsFillOnly = reader.ReadBoolean(),
        VenueFinal = reader.ReadInt32() is var final and >= 0 ? (OrderStatus)final : null,
        IsRefused = reader.ReadBoolean(),
        IsOutcomeUnknown = reader.ReadBoolean(),
        IsCancelPending = reader.ReadBoolean(),
        IsAmendPending = reader.ReadBoolean(),
        TermsMs = reader.ReadInt64(),
    };
}
