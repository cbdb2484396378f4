namespace Granary.Tape;

/// <summary>What a captured message is, by its stream.</summary>
public enum CaptureKind
{
    /// <summary>A stream that has no reader here.</summary>
    Other,

    /// <summary>A single trade (@trade).</summary>
    Trade,

    /// <summary>An aggregate trade (@aggTrade).</summary>
    AggTrade,

    /// <summary>Best bid and ask (@bookTicker).</summary>
    BookTicker,

    /// <summary>Changes of the order book (@depth, whatever the speed).</summary>
    DepthUpdate,

    /// <summary>An order book as the REST endpoint gave it; a line without a stream.</summary>
    DepthSnapshot,

    /// <summary>Mark price and funding (@markPrice, whatever the speed).</summary>
    MarkPrice,
}
