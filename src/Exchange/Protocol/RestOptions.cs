namespace Granary.Exchange.Protocol;

/// <summary>How the REST protocol behaves. Limits can be switched off for runs faster than the wall clock.</summary>
public sealed record RestOptions
{
    /// <summary>Request weight per client address and minute; above it 429. Weight units; 0 switches the limit off. Default 2400.</summary>
    public int WeightPerMinuteMax { get; init; } = 2400;

    /// <summary>Refused requests in a row of a client address after which 418 answers it. Count, 1 or more. Default 20.</summary>
    public int RefusalsBeforeBan { get; init; } = 20;

    /// <summary>How long a ban (418) lasts. Seconds, 1 or more. Default 120.</summary>
    public int BanS { get; init; } = 120;

    /// <summary>Orders per account and ten seconds; above it -1015. Count; 0 switches the limit off. Default 300.</summary>
    public int OrdersPer10sMax { get; init; } = 300;

    /// <summary>Orders per account and minute; above it -1015. Count; 0 switches the limit off. Default 1200.</summary>
    public int OrdersPerMinuteMax { get; init; } = 1200;

    /// <summary>Whether the timestamp of signed requests is held against the protocol clock (-1021). It must be present either way. Default true.</summary>
    public bool ChecksTimestamp { get; init; } = true;

    /// <summary>Published liquidation fee, a fraction of the liquidated notional; must be the core's. Default 0.0125.</summary>
    public decimal LiquidationFee { get; init; } = 0.0125m;

    /// <summary>Published bound of market orders, a fraction of the mark; must be the core's. Default 0.05.</summary>
    public decimal MarketTakeBound { get; init; } = 0.05m;

    /// <summary>Published hours between funding times; must be the core's. 1 to 24. Default 8.</summary>
    public int FundingIntervalHours { get; init; } = 8;

    /// <summary>Accounts that GET /granary/v1/state shows, in this order. Default none.</summary>
    public IReadOnlyList<string> AccountNames { get; init; } = [];
}
