using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Gate;

/// <summary>A book and the proposals that are put to it.</summary>
internal sealed record Scenario(string Name, int Held, bool IsSized, Func<Proposal, Proposal> Shape, RefusalReason? Expected)
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("plain entry, empty book", 0, false, proposal => proposal, null),
        new("plain entry, 10 positions and resting orders", 10, false, proposal => proposal, null),
        new("sized entry, 10 positions and resting orders", 10, true, proposal => proposal, null),
        new("exit, 10 positions and resting orders", 10, false, Exit, null),
        new("refused by the position's limit", 10, false, proposal => proposal with { Quantity = 450 }, RefusalReason.PositionLimit),
    ];

    public Run Start() => new(this);

    private static Proposal Exit(Proposal proposal) => proposal with { Kind = ProposalKind.Exit, Side = OrderSide.Sell, Symbol = "SYM0USDT", Quantity = 0.5m };
}
