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

    // A factor short of 1 ± tolerance by more than a double's rounding: what lies inside is inside for sure, all else is computed exactly.
    private const double SafeUp = 1.05 - 1e-9;
    private const double SafeDown = 0.95 + 1e-9;

    private readonly long[] _prices = new long[Window];
    private readonly long[] _rejected = new long[5];
    private int _count;
    private int _next;
    private int _outlierRun;

    // Lowest and highest price of the running block of 20 and of the one before it: together they cover the last 20 accepted prices.
    private long _blockLow = long.MaxValue;
    private long _blockHigh;
    private long _earlierLow = long.MaxValue;
    private long _earlierHigh;
    private long _safeLow = long.MaxValue;
    private long _safeHigh;

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
    public long LastPriceE8 { get; private set; }

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
    public TradeReject Add(in AggTrade trade)
    {
        var verdict = Test(trade);
        if (verdict == TradeReject.None) Accept(trade);
        else _rejected[(int)verdict]++;
        return verdict;
    }

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

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(TradeCleaner), 1);
        foreach (var price in _prices) writer.Write(price);
        foreach (var count in _rejected) writer.Write(count);
        writer.Write(_count);
        writer.Write(_next);
        writer.Write(_outlierRun);
        writer.Write(_blockLow);
        writer.Write(_blockHigh);
        writer.Write(_earlierLow);
        writer.Write(_earlierHigh);
        writer.Write(NextId);
        writer.Write(AcceptedCount);
        writer.Write(MissingCount);
        writer.Write(LastTimeMs);
        writer.Write(LastPriceE8);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or not of a trade cleaner.</exception>
    public static TradeCleaner Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(TradeCleaner), 1);
        var cleaner = new TradeCleaner();
        foreach (ref var price in cleaner._prices.AsSpan()) price = reader.ReadInt64();
        foreach (ref var count in cleaner._rejected.AsSpan()) count = reader.ReadInt64();
        cleaner._count = reader.ReadInt32();
        cleaner._next = reader.ReadInt32();
        cleaner._outlierRun = reader.ReadInt32();
        cleaner._blockLow = reader.ReadInt64();
        cleaner._blockHigh = reader.ReadInt64();
        cleaner._earlierLow = reader.ReadInt64();
        cleaner._earlierHigh = reader.ReadInt64();
        cleaner.NextId = reader.ReadInt64();
        cleaner.AcceptedCount = reader.ReadInt64();
        cleaner.MissingCount = reader.ReadInt64();
        cleaner.LastTimeMs = reader.ReadInt64();
        cleaner.LastPriceE8 = reader.ReadInt64();
        if (cleaner._count is < 0 or > Window || cleaner._next is < 0 or >= Window)
            throw new InvalidDataException("snapshot of a trade cleaner is damaged: its price window is out of bounds");
        if (cleaner._count > 0) cleaner.SetSafeRange();
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
        if (_count < Window || (trade.PriceE8 >= _safeLow && trade.PriceE8 <= _safeHigh) || !IsFarFromMedian(trade.PriceE8)) return TradeReject.None;
        if (++_outlierRun <= OutlierRunMax) return TradeReject.Outlier;
        ForgetPrices();
        return TradeReject.None;
    }

    private void Accept(in AggTrade trade)
    {
        var price = trade.PriceE8;
        AcceptedCount++;
        LastTimeMs = trade.TimeMs;
        LastPriceE8 = price;
        _outlierRun = 0;
        _prices[_next] = price;
        if (_count < Window) _count++;
        if (price < _blockLow || price > _blockHigh)
        {
            _blockLow = Math.Min(_blockLow, price);
            _blockHigh = Math.Max(_blockHigh, price);
            SetSafeRange();
        }
        if (++_next < Window) return;
        _next = 0;
        (_earlierLow, _earlierHigh) = (_blockLow, _blockHigh);
        (_blockLow, _blockHigh) = (long.MaxValue, 0);
        SetSafeRange();
    }

    /// <summary>Prices that are near enough to every one of the last 20, and so to their median.</summary>
    private void SetSafeRange()
    {
        _safeLow = (long)(Math.Max(_blockHigh, _earlierHigh) * SafeDown) + 1;
        _safeHigh = (long)(Math.Min(_blockLow, _earlierLow) * SafeUp);
    }

    /// <summary>|price / median - 1| > 5 %, in integers: with twice the median as the sum of the two middle prices, 20·|2·price - sum| > sum.</summary>
    private bool IsFarFromMedian(long price)
    {
        Span<long> sorted = stackalloc long[Window];
        _prices.CopyTo(sorted);
        sorted.Sort();
        var sum = (Int128)sorted[(Window / 2) - 1] + sorted[Window / 2];
        return ToleranceInverse * Int128.Abs((2 * (Int128)price) - sum) > sum;
    }

    private void ForgetPrices()
    {
        _count = 0;
        _next = 0;
        (_blockLow, _blockHigh, _earlierLow, _earlierHigh) = (long.MaxValue, 0, long.MaxValue, 0);
    }
}
