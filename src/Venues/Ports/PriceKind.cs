namespace Granary.Venues.Ports;

/// <summary>Which price a candle is made of.</summary>
public enum PriceKind
{
    /// <summary>Mark price.</summary>
    Mark,

    /// <summary>Index price.</summary>
    Index,

    /// <summary>Premium index: (contract - index) / index.</summary>
    Premium,
}
