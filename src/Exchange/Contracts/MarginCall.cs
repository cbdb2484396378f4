namespace Granary.Exchange.Contracts;

/// <summary>A warning that positions come near to their liquidation.</summary>
/// <param name="CrossBalance">Cross wallet balance; null when the positions are isolated.</param>
/// <param name="Positions">The positions concerned.</param>
/// <param name="TimeMs">Market time.</param>
public sealed record MarginCall(decimal? CrossBalance, IReadOnlyList<ExchangePosition> Positions, long TimeMs);
