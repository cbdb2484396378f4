using Granary.Engine.Orders;

namespace Granary.Backtest.Parity;

/// <summary>What the gate said to one wish to enter.</summary>
/// <param name="IntentId">The wish; the same in every run over the same bars.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Side">Buy for long.</param>
/// <param name="Strength">Strength of the strongest signal.</param>
/// <param name="BarIndex">The bar that led to it.</param>
/// <param name="MarketTimeMs">Market time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Refusal">Why it was refused; empty when it was approved.</param>
public sealed record LoggedDecision(string IntentId, string Symbol, OrderSide Side, double Strength, long BarIndex, long MarketTimeMs, string Refusal);
