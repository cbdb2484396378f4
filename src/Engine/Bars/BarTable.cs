using Granary.Engine.Market;

namespace Granary.Engine.Bars;

/// <summary>
/// The bars of a stretch of trades as columns, for research: scaled integers as they were summed, exact. Prices and volumes are times 10^8, quote volumes
/// times 10^16; what belongs to sellers is the difference. A row becomes a <see cref="Bar"/> on demand. All columns have <see cref="Count"/> items.
/// </summary>
public sealed class BarTable
{
    private long[] _firstId = [];
    private long[] _lastId = [];
    private long[] _openTimeMs = [];
    private long[] _closeTimeMs = [];
    private long[] _open = [];
    private long[] _high = [];
    private long[] _low = [];
    private long[] _close = [];
    private long[] _volume = [];
    private long[] _buyVolume = [];
    private Int128[] _quoteVolume = [];
    private Int128[] _buyQuoteVolume = [];
    private int[] _tradeCount = [];
    private int[] _buyTradeCount = [];
    private bool[] _hasHole = [];

    /// <summary>Bars.</summary>
    public int Count { get; private set; }

    /// <summary>Aggregate trade ids of the first trades.</summary>
    public ReadOnlySpan<long> FirstId => _firstId.AsSpan(0, Count);

    /// <summary>Aggregate trade ids of the last trades.</summary>
    public ReadOnlySpan<long> LastId => _lastId.AsSpan(0, Count);

    /// <summary>Times of the first trades, milliseconds since the Unix epoch, UTC.</summary>
    public ReadOnlySpan<long> OpenTimeMs => _openTimeMs.AsSpan(0, Count);

    /// <summary>Times of the last trades.</summary>
    public ReadOnlySpan<long> CloseTimeMs => _closeTimeMs.AsSpan(0, Count);

    /// <summary>Prices of the first trades.</summary>
    public ReadOnlySpan<long> OpenE8 => _open.AsSpan(0, Count);

    /// <summary>Highest prices.</summary>
    public ReadOnlySpan<long> HighE8 => _high.AsSpan(0, Count);

    /// <summary>Lowest prices.</summary>
    public ReadOnlySpan<long> LowE8 => _low.AsSpan(0, Count);

    /// <summary>Prices of the last trades.</summary>
    public ReadOnlySpan<long> CloseE8 => _close.AsSpan(0, Count);

    /// <summary>Sums of quantities.</summary>
    public ReadOnlySpan<long> VolumeE8 => _volume.AsSpan(0, Count);

    /// <summary>Volumes in which the taker bought.</summary>
    public ReadOnlySpan<long> BuyVolumeE8 => _buyVolume.AsSpan(0, Count);

    /// <summary>Sums of price times quantity.</summary>
    public ReadOnlySpan<Int128> QuoteVolumeE16 => _quoteVolume.AsSpan(0, Count);

    /// <summary>Quote volumes in which the taker bought.</summary>
    public ReadOnlySpan<Int128> BuyQuoteVolumeE16 => _buyQuoteVolume.AsSpan(0, Count);

    /// <summary>Aggregate trades, 1 or more a bar.</summary>
    public ReadOnlySpan<int> TradeCount => _tradeCount.AsSpan(0, Count);

    /// <summary>Trades in which the taker bought.</summary>
    public ReadOnlySpan<int> BuyTradeCount => _buyTradeCount.AsSpan(0, Count);

    /// <summary>A row as a bar.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1; also the bar's index.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="OverflowException">The quote volume of the bar has more digits than a decimal holds (above 7.9 trillion).</exception>
    public Bar this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
            return Row(row).ToBar();
        }
    }

    /// <summary>Builds the volume bars of cleaned trades (<see cref="VolumeBarBuilder"/>, formulas §1.2); the unfinished last one is left out.</summary>
    /// <param name="trades">By rising id; prices and quantities 1 to <see cref="Fixed8.Max"/>.</param>
    /// <param name="threshold">Volume of a bar in base units: above 0, at most 46,116,860,184, at most eight decimals.</param>
    /// <exception cref="ArgumentException">The threshold is outside its range or has more than eight decimals.</exception>
    public static BarTable Build(ReadOnlySpan<AggTrade> trades, decimal threshold)
    {
        var table = new BarTable();
        table.Fill(trades, threshold);
        return table;
    }

    /// <summary>Replaces the rows by the volume bars of other trades, as <see cref="Build"/> makes them; the memory is used again.</summary>
    /// <param name="trades">By rising id; prices and quantities 1 to <see cref="Fixed8.Max"/>.</param>
    /// <param name="threshold">Volume of a bar in base units: above 0, at most 46,116,860,184, at most eight decimals.</param>
    /// <exception cref="ArgumentException">The threshold is outside its range or has more than eight decimals; nothing has changed.</exception>
    public void Fill(ReadOnlySpan<AggTrade> trades, decimal threshold)
    {
        var thresholdE8 = VolumeBarBuilder.Scaled(threshold);
        Count = 0;
        for (var done = 0; done < trades.Length;)
        {
            var bar = default(BarTotals);
            done += bar.AddUntil(trades[done..], thresholdE8);
            if (bar.Volume < thresholdE8) break;
            if (Count == Capacity) Reserve(RowsNeeded(Count, done, trades.Length));
            Append(bar);
        }
    }

    /// <summary>
    /// Rows to make room for when those of about the first <paramref name="done"/> trades have filled the table: as many as the rest will need at the same rate and some more, but
    /// no more than sixteen times as many, because the beginning may be unlike the rest.
    /// </summary>
    internal static int RowsNeeded(int rows, long done, int total) =>
        (int)Math.Max(rows + 1_024L, Math.Min(16L * rows, (long)(1.1 * rows * total / Math.Max(done, 1))));

    internal int Capacity => _firstId.Length;

    internal void Reserve(int capacity)
    {
        Resize(ref _firstId, capacity);
        Resize(ref _lastId, capacity);
        Resize(ref _openTimeMs, capacity);
        Resize(ref _closeTimeMs, capacity);
        Resize(ref _open, capacity);
        Resize(ref _high, capacity);
        Resize(ref _low, capacity);
        Resize(ref _close, capacity);
        Resize(ref _volume, capacity);
        Resize(ref _buyVolume, capacity);
        Resize(ref _quoteVolume, capacity);
        Resize(ref _buyQuoteVolume, capacity);
        Resize(ref _tradeCount, capacity);
        Resize(ref _buyTradeCount, capacity);
        Resize(ref _hasHole, capacity);
    }

    internal void Append(in BarTotals bar)
    {
        var i = Count++;
        _firstId[i] = bar.FirstId;
        _lastId[i] = bar.LastId;
        _openTimeMs[i] = bar.OpenTimeMs;
        _closeTimeMs[i] = bar.CloseTimeMs;
        _open[i] = bar.Open;
        _high[i] = bar.High;
        _low[i] = bar.Low;
        _close[i] = bar.Close;
        _volume[i] = bar.Volume;
        _buyVolume[i] = bar.BuyVolume;
        _quoteVolume[i] = bar.QuoteVolume;
        _buyQuoteVolume[i] = bar.BuyQuoteVolume;
        _tradeCount[i] = bar.TradeCount;
        _buyTradeCount[i] = bar.BuyTradeCount;
        _hasHole[i] = bar.HasHole;
    }

    internal BarTotals Row(int i) => new()
    {
        Index = i,
        FirstId = _firstId[i],
        LastId = _lastId[i],
        OpenTimeMs = _openTimeMs[i],
        CloseTimeMs = _closeTimeMs[i],
        Open = _open[i],
        High = _high[i],
        Low = _low[i],
        Close = _close[i],
        Volume = _volume[i],
        BuyVolume = _buyVolume[i],
        QuoteVolume = _quoteVolume[i],
        BuyQuoteVolume = _buyQuoteVolume[i],
        TradeCount = _tradeCount[i],
        BuyTradeCount = _buyTradeCount[i],
        HasHole = _hasHole[i],
    };

    /// <summary>Makes room; what is beyond the items kept is not cleared, because every row is written before it is counted.</summary>
    internal static void Resize<T>(ref T[] column, int capacity)
        where T : unmanaged
    {
        var wider = GC.AllocateUninitializedArray<T>(capacity);
        column.AsSpan().CopyTo(wider);
        column = wider;
    }
}
