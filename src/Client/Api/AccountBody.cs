namespace Granary.Client.Api;

/// <summary>An account.</summary>
public sealed record AccountBody
{
    /// <summary>Account name.</summary>
    public string Account { get; init; } = "";

    /// <summary>Recovering, Active, ReduceOnly, Halted, or NoAnswer.</summary>
    public string State { get; init; } = "";

    /// <summary>Why.</summary>
    public string StateReason { get; init; } = "";

    /// <summary>Wallet balance by the engine's books.</summary>
    public decimal Wallet { get; init; }

    /// <summary>Wallet balance as the venue last said.</summary>
    public decimal VenueWallet { get; init; }

    /// <summary>Wallet when the books were opened.</summary>
    public decimal InitialWallet { get; init; }

    /// <summary>Since then, before fees.</summary>
    public decimal RealizedPnl { get; init; }

    /// <summary>Since then.</summary>
    public decimal Fees { get; init; }

    /// <summary>Since then: funding, transfers and the like.</summary>
    public decimal OtherFlows { get; init; }

    /// <summary>Of the other flows, funding.</summary>
    public decimal Funding { get; init; }

    /// <summary>Of the other flows, deposits, withdrawals and transfers.</summary>
    public decimal Transfers { get; init; }

    /// <summary>At mark prices.</summary>
    public decimal UnrealizedPnl { get; init; }

    /// <summary>Wallet and unrealised PnL.</summary>
    public decimal Equity { get; init; }

    /// <summary>Sum of absolute position values.</summary>
    public decimal GrossNotional { get; init; }

    /// <summary>Sum of signed position values.</summary>
    public decimal NetNotional { get; init; }

    /// <summary>Realised in this UTC day, net of fees.</summary>
    public decimal DayPnl { get; init; }

    /// <summary>Orders that are not final.</summary>
    public int LiveOrders { get; init; }

    /// <summary>Orders whose outcome is unknown.</summary>
    public int UnknownOrders { get; init; }

    /// <summary>Notional held for orders in flight.</summary>
    public decimal ReservedNotional { get; init; }

    /// <summary>Proposals approved since the silo started.</summary>
    public long Approvals { get; init; }

    /// <summary>Proposals refused since the silo started, by reason.</summary>
    public IReadOnlyDictionary<string, long> Refusals { get; init; } = new Dictionary<string, long>();

    /// <summary>Open positions.</summary>
    public IReadOnlyList<PositionBody> Positions { get; init; } = [];

    /// <summary>The engine's time of this view, milliseconds since the Unix epoch, UTC.</summary>
    public long TimeMs { get; init; }
}
