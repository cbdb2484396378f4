namespace Granary.Exchange.Contracts;

/// <summary>Where a symbol's positions take their margin from.</summary>
public enum MarginType
{
    /// <summary>The whole account.</summary>
    Crossed,

    /// <summary>A wallet of each position's own.</summary>
    Isolated,
}
