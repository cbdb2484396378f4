namespace Granary.Engine.Decisions;

/// <summary>A position as its account's execution tells it.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Quantity">Signed base units; 0 when flat.</param>
/// <param name="EntryPrice">Volume-weighted, quote units.</param>
/// <param name="Atr">ATR frozen at entry; null when the position is not ours.</param>
/// <param name="Strategy">Who opened it.</param>
/// <param name="OpeningId">Client order id of the entry; the same id means the same position.</param>
/// <param name="Version">Rises with each change.</param>
/// <param name="ExitReason">Why it must be left whatever its stops say; empty when it need not be.</param>
public sealed record HeldPosition(
    string Account, decimal Quantity, decimal EntryPrice, double? Atr, string Strategy, string OpeningId, long Version, string ExitReason = "")
{
    /// <summary>Whether the account holds more in the symbol than this: what is not the engine's is not to be closed with it. Default false.</summary>
    public bool IsShared { get; init; }
}
