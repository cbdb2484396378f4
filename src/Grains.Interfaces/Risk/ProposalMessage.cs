using Granary.Engine.Risk;

namespace Granary.Grains.Interfaces.Risk;

/// <summary>A proposal with the market it rests on.</summary>
[GenerateSerializer, Immutable, Alias("granary.ProposalMessage")]
public sealed class ProposalMessage
{
    /// <summary>Creates a message.</summary>
    public ProposalMessage(Proposal proposal, MarketState market, string features, long receivedTimestamp)
    {
        Proposal = proposal;
        Market = market;
        Features = features;
        ReceivedTimestamp = receivedTimestamp;
    }

    /// <summary>What is wanted.</summary>
    [Id(0)]
    public Proposal Proposal { get; }

    /// <summary>The market as the symbol grain sees it.</summary>
    [Id(1)]
    public MarketState Market { get; }

    /// <summary>The bar's features, JSON; for the journal.</summary>
    [Id(2)]
    public string Features { get; }

    /// <summary>Monotonic timestamp of the frame that led here, or 0; measures tick to order.</summary>
    [Id(3)]
    public long ReceivedTimestamp { get; }
}
