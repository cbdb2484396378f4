using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Decisions;

/// <summary>What a bar's combined decision would like to open, before it is put to an account's gate.</summary>
/// <param name="Strategy">Name of the strongest contribution (<see cref="SignalNames"/>); the order is in its name.</param>
/// <param name="Side">Buy for long, sell for short.</param>
/// <param name="Strength">Its strength, 0.5 to 1.5 (formulas §3.5).</param>
/// <param name="SizeFactor">What the regime and the combination multiply the size with (formulas §3.4, §4.1), 0 or more.</param>
/// <param name="Signals">All contributions where sizes are to be added up; empty where the strongest alone counts.</param>
/// <param name="ExpectedProfit">Expected profit as a fraction of the price (formulas §4.5); null where it is not to be checked.</param>
public sealed record EntryIntent(
    string Strategy, OrderSide Side, double Strength, double SizeFactor, IReadOnlyList<ProposalSignal> Signals, double? ExpectedProfit);
