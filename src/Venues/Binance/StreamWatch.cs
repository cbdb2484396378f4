namespace Granary.Venues.Binance;

/// <summary>
/// When each stream of a connection was last heard. A subscription under a wrong name is acknowledged like any other, and a venue may stop to serve one
/// symbol: neither shows on a connection that carries others. Called by the connection's reader alone.
/// </summary>
internal sealed class StreamWatch(StreamShard shard, int symbolCount, BinanceUsdmOptions options, TimeProvider time)
{
    private readonly long[] _heard = new long[shard.Streams.Count * symbolCount];
    private readonly bool[] _hasBegun = new bool[shard.Streams.Count * symbolCount];
    private readonly bool[] _isSilent = new bool[shard.Streams.Count * symbolCount];

    // First slot of each kind of stream, or -1 where the connection does not carry it.
    private readonly int[] _firstSlots =
        [.. Enum.GetValues<MarketFrameKind>().Select(kind =>
            Enumerable.Range(0, shard.Streams.Count).Where(i => shard.Streams[i] == kind).Select(i => i * symbolCount).DefaultIfEmpty(-1).First())];

    /// <summary>Nothing was heard yet on a new connection.</summary>
    public void Restart()
    {
        Array.Clear(_isSilent);
        Array.Clear(_hasBegun);
        Forgive();
    }

    /// <summary>Silence until now is excused, but for streams that were reported: those stay so until they really are heard.</summary>
    public void Forgive()
    {
        var now = time.GetTimestamp();
        for (var i = 0; i < _heard.Length; i++)
            if (!_isSilent[i])
                _heard[i] = now;
    }

    /// <summary>An event came.</summary>
    public void Hear(MarketFrameKind stream, int symbolIndex, long timestamp)
    {
        var first = _firstSlots[(int)stream];
        if (first < 0) return;
        _heard[first + symbolIndex] = timestamp;
        _hasBegun[first + symbolIndex] = true;
    }

    /// <summary>The streams that fell silent or are heard again since the last call.</summary>
    public IEnumerable<(MarketFrameKind Stream, int SymbolIndex, bool IsSilent, TimeSpan Limit)> Changes()
    {
        for (var i = 0; i < shard.Streams.Count; i++)
        {
            foreach (var symbolIndex in shard.SymbolIndices)
            {
                var slot = (i * symbolCount) + symbolIndex;
                var limit = Limit(shard.Streams[i], _hasBegun[slot]);
                var isSilent = time.GetElapsedTime(_heard[slot]) >= limit;
                if (isSilent == _isSilent[slot]) continue;
                _isSilent[slot] = isSilent;
                yield return (shard.Streams[i], symbolIndex, isSilent, limit);
            }
        }
    }

    // Mark prices come each second whatever the market does; the others come when something happens.
    private TimeSpan Limit(MarketFrameKind stream, bool hasBegun) =>
        stream == MarketFrameKind.MarkPrice ? options.SilenceTimeout : hasBegun ? options.StaleTimeout : options.FirstEventTimeout;
}
