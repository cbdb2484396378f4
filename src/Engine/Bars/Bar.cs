using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>One closed bar of trades, whatever closed it: volume, quote volume, a number of trades or an imbalance (formulas §1).</summary>
/// <param name="Index">0 for the first bar of the stream, then consecutive.</param>
/// <param name="FirstId">Aggregate trade id of its first trade.</param>
/// <param name="LastId">Aggregate trade id of its last trade.</param>
/// <param name="OpenTimeMs">Time of its first trade, milliseconds since the Unix epoch, UTC.</param>
/// <param name="CloseTimeMs">Time of its last trade.</param>
/// <param name="Open">Price of its first trade, quote units.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Price of its last trade.</param>
/// <param name="Volume">Sum of quantities, base units.</param>
/// <param name="QuoteVolume">Sum of price times quantity, quote units.</param>
/// <param name="TradeCount">Aggregate trades in the bar, 1 or more.</param>
/// <param name="BuyVolume">Volume in which the taker bought.</param>
/// <param name="SellVolume">Volume in which the taker sold.</param>
/// <param name="BuyQuoteVolume">Quote volume in which the taker bought.</param>
/// <param name="SellQuoteVolume">Quote volume in which the taker sold.</param>
/// <param name="BuyTradeCount">Trades in which the taker bought.</param>
/// <param name="SellTradeCount">Trades in which the taker sold.</param>
/// <param name="IsComplete">False when a hole in the trade ids before or inside the bar was not filled.</param>
public sealed record Bar(
    long Index,
    long FirstId,
    long LastId,
    long OpenTimeMs,
    long CloseTimeMs,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    decimal Volume,
    decimal QuoteVolume,
    int TradeCount,
    decimal BuyVolume,
    decimal SellVolume,
    decimal BuyQuoteVolume,
    decimal SellQuoteVolume,
    int BuyTradeCount,
    int SellTradeCount,
    bool IsComplete)
{
    /// <summary>Span of the bar's own trades in milliseconds (formulas §2.1); 0 when they share one.</summary>
    public long DurationMs => CloseTimeMs - OpenTimeMs;

    /// <summary>Writes the bar.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(Bar), 1);
        writer.Write(Index);
        writer.Write(FirstId);
        writer.Write(LastId);
        writer.Write(OpenTimeMs);
        writer.Write(CloseTimeMs);
        writer.Write(Open);
        writer.Write(High);
        writer.Write(Low);
        writer.Write(Close);
        writer.Write(Volume);
        writer.Write(QuoteVolume);
        writer.Write(TradeCount);
        writer.Write(BuyVolume);
        writer.Write(SellVolume);
        writer.Write(BuyQuoteVolume);
        writer.Write(SellQuoteVolume);
        writer.Write(BuyTradeCount);
        writer.Write(SellTradeCount);
        writer.Write(IsComplete);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or not of a bar.</exception>
    public static Bar Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(Bar), 1);

        // Arguments are evaluated from left to right, which is the order of writing.
        return new Bar(
            reader.ReadInt64(),
            reader.ReadInt64(),
            reader.ReadInt64(),
            reader.ReadInt64(),
            reader.ReadInt64(),
            reader.ReadDecimal(),
            reader.ReadDecimal(),
            reader.ReadDecimal(),
            reader.ReadDecimal(),
            reader.ReadDecimal(),
            reader.ReadDecimal(),
            reader.ReadInt32(),
            reader.ReadDecimal(),
            reader.ReadDecimal(),
            reader.ReadDecimal(),
            reader.ReadDecimal(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadBoolean());
    }
}
