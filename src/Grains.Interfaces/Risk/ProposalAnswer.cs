namespace Granary.Grains.Interfaces.Risk;

/// <summary>What became of a proposal.</summary>
/// <param name="Approved">Whether an order was made of it.</param>
/// <param name="ClientOrderId">The order's id when approved, else empty.</param>
/// <param name="Reason">The refusal's reason code, else empty.</param>
/// <param name="Detail">The refusal in detail, else empty.</param>
[GenerateSerializer, Immutable, Alias("granary.ProposalAnswer")]
public sealed record ProposalAnswer(
    [property: Id(0)] bool Approved,
    [property: Id(1)] string ClientOrderId,
    [property: Id(2)] string Reason,
    [property: Id(3)] string Detail);
