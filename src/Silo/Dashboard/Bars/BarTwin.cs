using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Silo.Dashboard.Bars;

/// <summary>
/// A symbol's volume bars for whoever looks: the kernel that the symbol's grain runs, over the trades that the grain has taken, from the snapshot that the
/// grain began with, so that the bars are the grain's to the bit without asking it. Keeps the newest bars. Safe for concurrent use.
/// </summary>
public sealed class BarTwin
{
    private readonly Lock _gate = new();
    private readonly Queue<BarBody> _bars = new();
    private readonly PipelineOptions _options;
    private readonly int _capacity;
    private SymbolPipeline _pipeline;
    private (long TimeMs, decimal Open, decimal High, decimal Low)? _running;

    /// <summary>A series before its first trade.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="options">Those of the symbol's grain.</param>
    /// <param name="capacity">Bars kept, 1 or more; the oldest give way.</param>
    public BarTwin(string symbol, PipelineOptions options, int capacity)
    {
        Symbol = symbol;
        _options = options;
        _capacity = capacity;
        _pipeline = new SymbolPipeline(options);
    }

    /// <summary>Upper-case symbol.</summary>
    public string Symbol { get; }

    /// <summary>Fingerprint of all bars closed so far; equal to the grain's after the same trades.</summary>
    public string Digest
    {
        get
        {
            lock (_gate) return _pipeline.BarDigest;
        }
    }

    /// <summary>Goes on from the grain's snapshot. Of one that cannot be read the bars begin anew, as the grain's do.</summary>
    public void Restore(byte[] snapshot)
    {
        lock (_gate)
        {
            try
            {
                var reader = new SnapshotReader(snapshot);
                reader.Section("symbol", 3, 2);
                reader.ReadInt64();
                _pipeline = SymbolPipeline.Read(ref reader, _options);
            }
            catch (InvalidDataException)
            {
                _pipeline = new SymbolPipeline(_options);
            }
        }
    }

    /// <summary>Takes trades; known ids are passed over.</summary>
    public void Add(ReadOnlySpan<AggTrade> trades)
    {
        lock (_gate)
        {
            foreach (ref readonly var trade in trades)
            {
                if (trade.Id >= _pipeline.NextId) Add(trade);
            }
        }
    }

    /// <summary>Takes over the volume that closes the grain's bars to come, which follows days that only the grain is told of.</summary>
    public void SetThreshold(decimal threshold)
    {
        if (threshold <= 0) return;
        lock (_gate) _pipeline.VolumeThreshold = threshold;
    }

    /// <summary>The newest bars and the running one.</summary>
    /// <param name="count">Closed bars wanted, 0 or more.</param>
    public BarsBody Newest(int count)
    {
        lock (_gate)
        {
            var running = _running is var (timeMs, open, high, low)
                ? new RunningBody(_pipeline.BarCount, timeMs, open, high, low, _pipeline.LastPrice, _pipeline.OpenVolume, _pipeline.VolumeThreshold)
                : null;
            return new BarsBody(Symbol, [.. _bars.Skip(Math.Max(0, _bars.Count - count))], running);
        }
    }

    private void Add(in AggTrade trade)
    {
        var accepted = _pipeline.AcceptedCount;
        var isClosed = _pipeline.Add(trade);
        if (_pipeline.AcceptedCount == accepted) return;
        if (isClosed)
        {
            _running = null;
            _bars.Enqueue(BarBody.From(_pipeline.LastBar!));
            if (_bars.Count > _capacity) _bars.Dequeue();
        }
        else if (_pipeline.OpenTradeCount == 1)
        {
            _running = (trade.TimeMs, trade.Price, trade.Price, trade.Price);
        }
        else if (_running is var (timeMs, open, high, low))
        {
            _running = (timeMs, open, Math.Max(high, trade.Price), Math.Min(low, trade.Price));
        }
    }
}
