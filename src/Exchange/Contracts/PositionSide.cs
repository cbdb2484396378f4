namespace Granary.Exchange.Contracts;

/// <summary>Which position of a symbol an order or a position is: the only one in one-way mode, one of two in hedge mode.</summary>
public enum PositionSide
{
    /// <summary>One-way mode.</summary>
    Both,

    /// <summary>Hedge mode, the long one: buys open, sells close.</summary>
    Long,

    /// <summary>Hedge mode, the short one: sells open, buys close.</summary>
    Short,
}
