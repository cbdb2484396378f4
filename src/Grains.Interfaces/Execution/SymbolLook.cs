using Granary.Engine.Orders;
using Granary.Engine.Positions;

namespace Granary.Grains.Interfaces.Execution;

/// <summary>One symbol's part of what the venue listed for the account. What is not listed does not exist.</summary>
/// <param name="Fault">Why the venue could not be asked, with nothing else told then; empty when it was.</param>
/// <param name="Orders">Open orders.</param>
/// <param name="Position">The position, or null for flat.</param>
/// <param name="Triggers">Waiting trigger orders, or null where they are not looked after.</param>
/// <param name="MayAskFills">Whether it is the symbol's turn to have its fills asked for.</param>
[GenerateSerializer, Immutable, Alias("granary.SymbolLook")]
public sealed record SymbolLook(
    [property: Id(0)] string Fault, [property: Id(1)] OrderReport[] Orders, [property: Id(2)] PositionReport? Position,
    [property: Id(3)] TriggerReportMessage[]? Triggers, [property: Id(4)] bool MayAskFills)
{
    /// <summary>The venue could not be asked.</summary>
    public static SymbolLook Failed(string fault) => new(fault, [], null, null, MayAskFills: false);
}
