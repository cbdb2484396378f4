using Granary.Engine.Positions;

namespace Granary.Grains.Interfaces.Risk;

/// <summary>Balances and positions as the venue's user stream reported them; only what changed.</summary>
[GenerateSerializer, Immutable, Alias("granary.AccountNotice")]
public sealed class AccountNotice
{
    /// <summary>Creates a notice.</summary>
    public AccountNotice(string reason, BalanceReport[] balances, PositionReport[] positions, long timeMs)
    {
        Reason = reason;
        Balances = balances;
        Positions = positions;
        TimeMs = timeMs;
    }

    /// <summary>The venue's reason, for example ORDER or FUNDING_FEE.</summary>
    [Id(0)]
    public string Reason { get; }

    /// <summary>Changed balances.</summary>
    [Id(1)]
    public BalanceReport[] Balances { get; }

    /// <summary>Changed positions.</summary>
    [Id(2)]
    public PositionReport[] Positions { get; }

    /// <summary>The venue's time, milliseconds since the Unix epoch, UTC.</summary>
    [Id(3)]
    public long TimeMs { get; }
}
