namespace Granary.Recovery;

/// <summary>How long one start took, milliseconds from the start of the process; null for what was not reached before the next kill.</summary>
/// <param name="WithExchange">Whether the exchange had been killed too, and was started at the same moment.</param>
/// <param name="HttpMs">Until the operator API answered.</param>
/// <param name="ActiveMs">Until the account was recovered and entries were allowed.</param>
/// <param name="TradingMs">Until every symbol had also taken the trades that the exchange had made up to the start: decisions are about now.</param>
/// <param name="AgreedMs">Until both sides had been seen to agree in every symbol.</param>
/// <param name="FirstEntryMs">Until the gate approved an entry, which also needs a signal of the market.</param>
internal sealed record Cycle(bool WithExchange, double? HttpMs, double? ActiveMs, double? TradingMs, double? AgreedMs, double? FirstEntryMs);
