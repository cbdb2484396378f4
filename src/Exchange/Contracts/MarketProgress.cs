namespace Granary.Exchange.Contracts;

/// <summary>How far a market has come.</summary>
/// <param name="Kind">synthetic, replay or capture.</param>
/// <param name="Trades">Aggregate trades printed since the very first start.</param>
/// <param name="Finished">A replay has printed its last trade; always false for a synthetic market.</param>
/// <param name="Error">Why a tape stopped early (file, line and field), or null.</param>
public sealed record MarketProgress(string Kind, long Trades, bool Finished, string? Error);
