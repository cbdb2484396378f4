using Granary.Engine.Market;

namespace Granary.Grains.Interfaces.Symbols;

/// <summary>Trades of one symbol, ids ascending, handed over whole: nobody writes to the array any more.</summary>
[GenerateSerializer, Immutable, Alias("granary.TradeBatch")]
public sealed class TradeBatch
{
    /// <summary>Creates a batch.</summary>
    public TradeBatch(AggTrade[] trades, bool isLive, bool acceptHole, long receivedTimestamp)
    {
        Trades = trades;
        IsLive = isLive;
        AcceptHole = acceptHole;
        ReceivedTimestamp = receivedTimestamp;
    }

    /// <summary>One or more trades.</summary>
    [Id(0)]
    public AggTrade[] Trades { get; }

    /// <summary>True when the trades came over the stream; false for those fetched later to fill a hole, on which no position is opened.</summary>
    [Id(1)]
    public bool IsLive { get; }

    /// <summary>The venue cannot show the trades before this batch any more.</summary>
    [Id(2)]
    public bool AcceptHole { get; }

    /// <summary>Monotonic timestamp of the silo when the newest frame had been read; measures tick to order.</summary>
    [Id(3)]
    public long ReceivedTimestamp { get; }
}
