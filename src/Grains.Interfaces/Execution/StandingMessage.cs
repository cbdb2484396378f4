using Granary.Engine.Risk;

namespace Granary.Grains.Interfaces.Execution;

/// <summary>What the gate allows the symbol's grid, said every few seconds.</summary>
/// <param name="Approved">What is allowed; null when nothing may be opened. Only the risk gate can make one.</param>
/// <param name="State">The account's state: Active, ReduceOnly, Halted or Recovering. Halted and recovering, nothing is sent at all.</param>
/// <param name="Reason">Why nothing may be opened; empty when it may.</param>
/// <param name="Equity">Of the account, quote units; 0 while it is not known.</param>
[GenerateSerializer, Immutable, Alias("granary.StandingMessage")]
public sealed record StandingMessage(
    [property: Id(0)] Approved<StandingTerms>? Approved,
    [property: Id(1)] string State,
    [property: Id(2)] string Reason,
    [property: Id(3)] decimal Equity);
