using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>An order that the risk gate minted, with what it is for.</summary>
/// <param name="Request">What goes to the venue.</param>
/// <param name="Account">Account name.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="IntentId">The proposal's intent.</param>
/// <param name="Purpose">Entry or exit.</param>
/// <param name="Atr">ATR that sized it, or null.</param>
/// <param name="StopPrice">Planned hard stop of the position it opens, rounded to the tick towards the entry; null for exits and without an ATR.</param>
/// <param name="MarketTimeMs">Market time of the decision, milliseconds since the Unix epoch, UTC.</param>
public sealed record Order(
    OrderRequest Request, string Account, string Strategy, string IntentId, ProposalKind Purpose, double? Atr, decimal? StopPrice, long MarketTimeMs);
