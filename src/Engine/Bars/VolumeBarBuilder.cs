using System.Runtime.CompilerServices;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// Builds volume bars (formulas §1.2): a bar closes with the trade that brings its volume to the threshold or above; that trade stays whole in it and
/// nothing is carried over. An unfinished bar is never published. Expects cleaned trades (<see cref="TradeCleaner"/>). Allocation-free per trade.
/// </summary>
public sealed class VolumeBarBuilder
{
    private long _threshold;
    private long _nextThreshold;
    private long _volume;

    // The running bar without the trades of the running chunk.
    private BarTotals _open;
    private BarTotals _closed;
    private TradeChunk _chunk = new();
    private Bar? _lastBar;

    /// <summary>A builder without trades.</summary>
    /// <param name="threshold">Volume of a bar in base units: above 0, at most 46,116,860,184, at most eight decimals.</param>
    /// <exception cref="ArgumentException">The threshold is outside its range or has more than eight decimals.</exception>
    public VolumeBarBuilder(decimal threshold) => _threshold = _nextThreshold = Scaled(threshold);

    /// <summary>
    /// Volume that closes a bar, base units: above 0, at most 46,116,860,184, at most eight decimals. The value in force at a bar's first trade applies to
    /// the whole bar (formulas §1.7), so a new value waits for the next bar.
    /// </summary>
    /// <exception cref="ArgumentException">The threshold is outside its range or has more than eight decimals.</exception>
    public decimal Threshold
    {
        get => Fixed8.ToDecimal(_nextThreshold);
        set
        {
            _nextThreshold = Scaled(value);
            if (OpenTradeCount == 0) _threshold = _nextThreshold;
        }
    }

    /// <summary>Bars closed so far, and the index of the running one.</summary>
    public long BarCount => _open.Index;

    /// <summary>The bar that was closed last; null before the first. Made when it is read: closing a bar allocates nothing.</summary>
    /// <exception cref="OverflowException">The quote volume of the bar has more digits than a decimal holds (above 7.9 trillion).</exception>
    public Bar? LastBar => _closed.TradeCount == 0 ? null : _lastBar ??= _closed.ToBar();

    /// <summary>Volume of the running bar, base units.</summary>
    public decimal OpenVolume => Fixed8.ToDecimal(_volume);

    /// <summary>Quote volume of the running bar, quote units.</summary>
    public decimal OpenQuoteVolume
    {
        get
        {
            var open = _open;
            open.Add(_chunk);
            return Fixed8.ToDecimalE16(open.QuoteVolume);
        }
    }

    /// <summary>The running bar as it stands; null before its first trade. Made anew at every reading.</summary>
    public OpenVolumeBar? Running
    {
        get
        {
            if (OpenTradeCount == 0) return null;
            var open = _open;
            open.Add(_chunk);
            return new OpenVolumeBar(
                open.Index, open.OpenTimeMs, Fixed8.ToDecimal(open.Open), Fixed8.ToDecimal(open.High), Fixed8.ToDecimal(open.Low), Fixed8.ToDecimal(open.Close),
                OpenVolume, Fixed8.ToDecimal(_threshold));
        }
    }

    /// <summary>Trades in the running bar.</summary>
    public int OpenTradeCount => _open.TradeCount + _chunk.Count;

    /// <summary>The bar that was closed last, in scaled integers.</summary>
    internal ref readonly BarTotals Closed => ref _closed;

    /// <summary>The trades of the running bar that have not been summed yet.</summary>
    internal TradeChunk Chunk => _chunk;

    /// <summary>Takes a trade.</summary>
    /// <param name="trade">Price and quantity are 1 to <see cref="Fixed8.Max"/>.</param>
    /// <returns>True when it closed a bar, which then is <see cref="LastBar"/>.</returns>
    public bool Add(in AggTrade trade) => Append(trade) && TakeChunk(trade);

    /// <summary>Marks the running bar, or the next one when none runs, as incomplete: trades before its next one were lost.</summary>
    public void MarkGap() => _open.HasHole = true;

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(VolumeBarBuilder), 3);
        writer.Write(_threshold);
        writer.Write(_nextThreshold);
        writer.Write(_volume);
        _open.Write(writer);
        _closed.Write(writer);
        _chunk.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, the thresholds included.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or not of a volume bar builder.</exception>
    public static VolumeBarBuilder Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(VolumeBarBuilder), 3, 3);
        var (threshold, next) = (reader.ReadInt64(), reader.ReadInt64());
        if (threshold is <= 0 or > Fixed8.Max || next is <= 0 or > Fixed8.Max)
            throw new InvalidDataException("snapshot of a volume bar builder is damaged: its threshold is out of bounds");

        // Initializers run in the order they are written in, which is the order of writing.
        return new VolumeBarBuilder(Fixed8.ToDecimal(next))
        {
            _threshold = threshold,
            _volume = reader.ReadInt64(),
            _open = BarTotals.Read(ref reader),
            _closed = BarTotals.Read(ref reader),
            _chunk = TradeChunk.Read(ref reader),
        };
    }

    /// <summary>Adds a trade to the running chunk.</summary>
    /// <returns>True when the chunk has to be worked off with <see cref="TakeChunk"/>: it is full, or the bar is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Append(in AggTrade trade)
    {
        var chunk = _chunk;
        if (chunk.Count == 0) Begin(trade);
        chunk.Add(trade);
        var volume = _volume + trade.QuantityE8;
        _volume = volume;
        return volume >= _threshold || chunk.IsFull;
    }

    /// <summary>Adds one trade or more to the running chunk, up to and including the one with which it has to be worked off.</summary>
    /// <returns>The number of trades taken.</returns>
    internal int AppendUntilReady(ReadOnlySpan<AggTrade> trades, out bool ready)
    {
        if (_chunk.Count == 0) Begin(trades[0]);
        var taken = _chunk.AddUntil(trades, ref _volume, _threshold);
        ready = _volume >= _threshold || _chunk.IsFull;
        return taken;
    }

    /// <summary>Sums the running chunk.</summary>
    /// <param name="last">Its last trade.</param>
    /// <returns>True when that closed the bar.</returns>
    internal bool TakeChunk(in AggTrade last)
    {
        _open.LastId = last.Id;
        _open.CloseTimeMs = last.TimeMs;
        _open.Add(_chunk);
        _chunk.Clear();
        if (_volume < _threshold) return false;
        Close();
        return true;
    }

    private void Begin(in AggTrade trade)
    {
        if (_open.TradeCount > 0) return;
        _open.FirstId = trade.Id;
        _open.OpenTimeMs = trade.TimeMs;
        _open.Open = trade.PriceE8;
    }

    private void Close()
    {
        _volume = 0;
        _closed = _open;
        _lastBar = null;
        _open = new BarTotals { Index = _closed.Index + 1 };
        _threshold = _nextThreshold;
    }

    /// <summary>The threshold times 10^8.</summary>
    /// <exception cref="ArgumentException">The threshold is outside its range or has more than eight decimals.</exception>
    internal static long Scaled(decimal threshold)
    {
        var max = Fixed8.ToDecimal(Fixed8.Max);
        if (threshold <= 0 || threshold > max)
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, $"the volume threshold must be above 0 and at most {max}");
        return Fixed8.FromDecimal(threshold);
    }
}
