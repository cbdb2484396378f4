namespace Granary.Engine.Risk;

/// <summary>What a proposal, and the order made from it, is for.</summary>
public enum ProposalKind
{
    /// <summary>Opens or increases a position.</summary>
    Entry,

    /// <summary>Makes a position smaller.</summary>
    Exit,
}
