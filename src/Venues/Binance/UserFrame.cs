using Granary.Engine.Orders;
using Granary.Engine.Positions;

namespace Granary.Venues.Binance;

/// <summary>What one frame of the user stream says.</summary>
/// <param name="Kind">Which of the other members hold.</param>
internal sealed record UserFrame(UserFrameKind Kind)
{
    /// <summary>The event's name, or why the frame is malformed.</summary>
    public string Name { get; init; } = "";

    /// <summary>The order.</summary>
    public OrderReport? Order { get; init; }

    /// <summary>The trigger order.</summary>
    public TriggerOrderReport? Trigger { get; init; }

    /// <summary>Why the account changed.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Changed balances.</summary>
    public IReadOnlyList<BalanceReport> Balances { get; init; } = [];

    /// <summary>Changed positions of a one-way account.</summary>
    public IReadOnlyList<PositionReport> Positions { get; init; } = [];

    /// <summary>Legs of a hedge-mode account that were left out.</summary>
    public int HedgeLegs { get; init; }

    /// <summary>The venue's word where an order's status is not known; otherwise empty.</summary>
    public string UnknownStatus { get; init; } = "";

    /// <summary>The venue's time, milliseconds since the Unix epoch.</summary>
    public long TimeMs { get; init; }
}
