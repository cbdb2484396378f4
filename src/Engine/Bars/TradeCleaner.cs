using System.Runtime.CompilerServices;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// Cleans a stream of trades that arrive in the order of their ids (formulas §1.1): duplicates, invalid numbers, reversed times, price outliers, in
/// this order of tests. Holes in the ids are counted, not filled. Allocation-free per trade.
/// <para>
/// One rule is added to §1.1. The median there follows accepted prices only, so a lasting jump of more than the tolerance (a halt, a lost hour) would
/// have every later trade rejected for good. After <see cref="OutlierRunMax"/> outliers in a row the next one is therefore taken as the new level and
/// the median starts afresh from it.
/// </para>
/// </summary>
public sealed class TradeCleaner
{
    /// <summary>Accepted prices whose median is the yardstick: 20.</summary>
    public const int Window = 20;

    /// <summary>The largest accepted distance from the median, a fraction: 0.05.</summary>
    public const decimal Tolerance = 0.05m;

    /// <summary>Outliers in a row that are rejected before the price level is believed: 10, because the median of 20 follows a jump after 11 trades.</summary>
    public const int OutlierRunMax = 10;

    private const int ToleranceInverse = 20;

    // Half the width of the band, a fraction of its centre: 0.976 and 1.024 are less than 5 % apart, whichever of them is the median.
    private const double BandHalf = 0.024;
    private const int RingMask = 31;

    // The price accepted as number n lies at place n modulo 32.
    private readonly long[] _prices = new long[RingMask + 1];
    private readonly long[] _rejected = new long[5];
    private int _count;
    private int _outlierRun;

    // While every price of the window lies in one narrow band, a further price in it cannot be far from their median: no median is needed.
    // The width is 0 while that is not so.
    private long _bandLow;
    private ulong _bandWidth;

    /// <summary>The id expected next: the last one taken in, accepted or rejected for its contents, plus 1; 0 before the first trade.</summary>
    public long NextId { get; private set; }

    /// <summary>Trades accepted.</summary>
    public long AcceptedCount { get; private set; }

    /// <summary>Trades taken in that were not duplicates: accepted ones and those rejected for their contents.</summary>
    public long TradeCount =>
        AcceptedCount + _rejected[(int)TradeReject.Invalid] + _rejected[(int)TradeReject.TimeReversed] + _rejected[(int)TradeReject.Outlier];

    /// <summary>Ids that were skipped over since the first trade.</summary>
    public long MissingCount { get; private set; }

    /// <summary>Time of the last accepted trade, milliseconds since the Unix epoch, UTC; 0 before it.</summary>
    public long LastTimeMs { get; private set; }

    /// <summary>Price of the last accepted trade, times 10^8; 0 before it.</summary>
    public long LastPriceE8 => _prices[(int)(AcceptedCount - 1) & RingMask];

    /// <summary>Trades rejected for a reason.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The reason is <see cref="TradeReject.None"/> or unknown.</exception>
    public long RejectCount(TradeReject reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((int)reason, (int)TradeReject.Duplicate, nameof(reason));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)reason, (int)TradeReject.Outlier, nameof(reason));
        return _rejected[(int)reason];
    }

    /// <summary>Tests the next trade of the stream and remembers it.</summary>
    /// <returns><see cref="TradeReject.None"/> when accepted, else the first test that failed.</returns>
    public TradeReject Add(in AggTrade trade) => TryAdd(trade) ? TradeReject.None : AddUnusual(trade);

    /// <summary>
    /// Cleans a whole file: marks repeated ids (the first occurrence wins), then tests the rest in the order of their ids.
    /// </summary>
    /// <param name="trades">The rows in file order.</param>
    /// <returns>The verdict of each row, in file order.</returns>
    public static TradeReject[] CleanFile(ReadOnlySpan<AggTrade> trades)
    {
        var ids = new long[trades.Length];
        var rows = new int[trades.Length];
        for (var i = 0; i < trades.Length; i++) (ids[i], rows[i]) = (trades[i].Id, i);

        // Array.Sort is not stable; rows with one id are put in file order afterwards.
        Array.Sort(ids, rows);
        for (int from = 0, to; from < ids.Length; from = to)
        {
            for (to = from + 1; to < ids.Length && ids[to] == ids[from];) to++;
            Array.Sort(rows, from, to - from);
        }
        var verdicts = new TradeReject[trades.Length];
        var cleaner = new TradeCleaner();
        foreach (var row in rows) verdicts[row] = cleaner.Add(trades[row]);
        return verdicts;
    }

    /// <summary>
    /// Accepts what nearly every trade is: the one with the next id, time not reversed, quantity in range, price in the band (and thus in range).
    /// </summary>
    /// <returns>False when it is anything else; nothing has changed then, and <see cref="AddUnusual"/> tells what it is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryAdd(in AggTrade trade)
    {
        if (trade.Id != NextId || trade.TimeMs < LastTimeMs || (ulong)(trade.QuantityE8 - 1) >= Fixed8.Max
            || (ulong)(trade.PriceE8 - _bandLow) >= _bandWidth) return false;
        NextId = trade.Id + 1;
        LastTimeMs = trade.TimeMs;
        _prices[(int)AcceptedCount & RingMask] = trade.PriceE8;
        AcceptedCount++;
        return true;
    }

    /// <summary>Accepts trades as <see cref="TryAdd"/> does, up to the first it would not.</summary>
    /// <returns>The number of trades accepted.</returns>
    internal int AddRun(ReadOnlySpan<AggTrade> trades)
    {
        var (id, time, low, width) = (NextId, LastTimeMs, _bandLow, _bandWidth);
        var taken = 0;
        for (; taken < trades.Length; taken++)
        {
            ref readonly var trade = ref trades[taken];
            if (trade.Id != id || trade.TimeMs < time || (ulong)(trade.QuantityE8 - 1) >= Fixed8.Max || (ulong)(trade.PriceE8 - low) >= width) break;
            id++;
            time = trade.TimeMs;
        }
        (NextId, LastTimeMs) = (id, time);

        // Of the prices only those of the window will ever be looked at.
        for (var i = Math.Max(0, taken - Window); i < taken; i++) _prices[(int)(AcceptedCount + i) & RingMask] = trades[i].PriceE8;
        AcceptedCount += taken;
        return taken;
    }

    /// <summary>Tests a trade that <see cref="TryAdd"/> did not accept, and remembers it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal TradeReject AddUnusual(in AggTrade trade)
    {
        var verdict = Test(trade);
        if (verdict == TradeReject.None) Accept(trade);
        else _rejected[(int)verdict]++;
        return verdict;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(TradeCleaner), 2);
        foreach (var count in _rejected) writer.Write(count);
        writer.Write(_outlierRun);
        writer.Write(NextId);
        writer.Write(AcceptedCount);
        writer.Write(MissingCount);
        writer.Write(LastTimeMs);
        writer.Write(_count);
        for (var i = _count; i > 0; i--) writer.Write(_prices[(int)(AcceptedCount - i) & RingMask]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or not of a trade cleaner.</exception>
    public static TradeCleaner Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(TradeCleaner), 2, 2);
        var cleaner = new TradeCleaner();
        foreach (ref var count in cleaner._rejected.AsSpan()) count = reader.ReadInt64();
        cleaner._outlierRun = reader.ReadInt32();
        cleaner.NextId = reader.ReadInt64();
        cleaner.AcceptedCount = reader.ReadInt64();
        cleaner.MissingCount = reader.ReadInt64();
        cleaner.LastTimeMs = reader.ReadInt64();
        cleaner._count = reader.ReadInt32();
        if (cleaner._count is < 0 or > Window || cleaner._count > cleaner.AcceptedCount || (cleaner._count == 0 && cleaner.AcceptedCount != 0))
            throw new InvalidDataException("snapshot of a trade cleaner is damaged: its price window is out of bounds");
        for (var i = cleaner._count; i > 0; i--)
        {
            var price = reader.ReadInt64();
            if (price is < 1 or > Fixed8.Max) throw new InvalidDataException($"snapshot of a trade cleaner is damaged: it holds the price {price}");
            cleaner._prices[(int)(cleaner.AcceptedCount - i) & RingMask] = price;
        }
        cleaner.SetBand();
        return cleaner;
    }

    private TradeReject Test(in AggTrade trade)
    {
        if (trade.Id < NextId) return trade.Id < 0 ? TradeReject.Invalid : TradeReject.Duplicate;
        if (trade.Id > NextId && TradeCount > 0) MissingCount += trade.Id - NextId;
        NextId = trade.Id + 1;

        // As unsigned numbers, zero and everything negative wrap to above the limit.
        if ((ulong)(trade.PriceE8 - 1) >= Fixed8.Max || (ulong)(trade.QuantityE8 - 1) >= Fixed8.Max) return TradeReject.Invalid;
        if (trade.TimeMs < LastTimeMs && AcceptedCount > 0) return TradeReject.TimeReversed;
        if (_count < Window || !IsFarFromMedian(trade.PriceE8)) return TradeReject.None;
        _bandWidth = 0;
        if (++_outlierRun <= OutlierRunMax) return TradeReject.Outlier;
        _count = 0;
        return TradeReject.None;
    }

    private void Accept(in AggTrade trade)
    {
        LastTimeMs = trade.TimeMs;
        _outlierRun = 0;
        _prices[(int)AcceptedCount & RingMask] = trade.PriceE8;
        AcceptedCount++;
        if (_count < Window) _count++;
        SetBand();
    }

    /// <summary>Lays the band around the window, if that is narrow enough and the run of outliers is over.</summary>
    private void SetBand()
    {
        _bandWidth = 0;
        if (_count < Window || _outlierRun > 0) return;
        var (lowest, highest) = (long.MaxValue, 0L);
        for (var i = 1; i <= Window; i++)
        {
            var price = _prices[(int)(AcceptedCount - i) & RingMask];
            lowest = Math.Min(lowest, price);
            highest = Math.Max(highest, price);
        }
        var centre = lowest + ((highest - lowest) / 2);
        var half = (long)(centre * BandHalf);
        if (lowest < centre - half || highest > centre + half) return;
        _bandLow = centre - half;
        _bandWidth = (ulong)(Math.Min(centre + half, Fixed8.Max) - _bandLow) + 1;
    }

    /// <summary>|price / median - 1| > 5 %, in integers: with twice the median as the sum of the two middle prices, 20·|2·price - sum| > sum.</summary>
    private bool IsFarFromMedian(long price)
    {
        Span<long> sorted = stackalloc long[Window];
        for (var i = 0; i < Window; i++) sorted[i] = _prices[(int)(AcceptedCount - 1 - i) & RingMask];
        sorted.Sort();
        var sum = (Int128)sorted[(Window / 2) - 1] + sorted[Window / 2];
        return ToleranceInverse * Int128.Abs((2 * (Int128)price) - sum) > sum;
    }
}
