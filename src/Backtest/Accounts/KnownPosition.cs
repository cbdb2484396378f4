namespace Granary.Backtest.Accounts;

/// <summary>A position as strategies see it: after the reports of its fills have come.</summary>
/// <param name="Quantity">Signed base units.</param>
/// <param name="EntryPrice">Quote units; 0 when flat.</param>
/// <param name="Strategy">Who opened it; empty when flat.</param>
/// <param name="OpeningId">Client order id of the entry; empty when flat.</param>
/// <param name="Atr">ATR that sized the entry; null when flat or without one.</param>
/// <param name="SinceMs">Market time of the entry's decision, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Version">Rises with every fill.</param>
public sealed record KnownPosition(decimal Quantity, decimal EntryPrice, string Strategy, string OpeningId, double? Atr, long SinceMs, long Version)
{
    /// <summary>Nothing held.</summary>
    public static KnownPosition Flat { get; } = new(0, 0, "", "", null, 0, 0);
}
