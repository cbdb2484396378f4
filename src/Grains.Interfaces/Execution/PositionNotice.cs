namespace Granary.Grains.Interfaces.Execution;

/// <summary>A position changed, or is told again.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Quantity">What the engine's strategies hold, signed base units; 0 ends the protection.</param>
/// <param name="EntryPrice">Volume-weighted.</param>
/// <param name="Atr">ATR frozen at entry, or null when the position is not ours.</param>
/// <param name="Strategy">Who opened it, or EXTERNAL.</param>
/// <param name="OpeningId">Client order id of the entry; the same id means the same position.</param>
/// <param name="Version">Rises with each change; an older notice is ignored.</param>
[GenerateSerializer, Immutable, Alias("granary.PositionNotice")]
public sealed record PositionNotice(
    [property: Id(0)] string Account,
    [property: Id(1)] decimal Quantity,
    [property: Id(2)] decimal EntryPrice,
    [property: Id(3)] double? Atr,
    [property: Id(4)] string Strategy,
    [property: Id(5)] string OpeningId,
    [property: Id(6)] long Version)
{
    /// <summary>Why the position must be left at once, for example because the venue refused its stop; empty, the default, when it need not be.</summary>
    [Id(7)]
    public string ExitReason { get; init; } = "";

    /// <summary>Whether the account holds more in the symbol than this: what is not the engine's is not to be closed with it. Default false.</summary>
    [Id(8)]
    public bool IsShared { get; init; }
}
