using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Features;

/// <summary>
/// What a running bar gathers from its trades for its features: large trades, ticks and the returns between its trades (formulas §2.3, §2.5). Trades are
/// collected in columns and worked off in chunks, counted from the bar's first trade, so that a bar's numbers do not depend on how its trades were
/// delivered. Allocation-free.
/// </summary>
internal sealed class TradeStatistics
{
    private const int ChunkMax = 256;

    private readonly int _sizesMin;
    private readonly decimal _level;
    private readonly RollingOrderStatistics _sizes;

    // The price before the chunk, then those of the chunk; whole vectors are read, so a last one has room to reach beyond.
    private readonly long[] _prices = new long[1 + ChunkMax + Vector256<long>.Count];
    private readonly long[] _quantities = new long[ChunkMax + Vector256<long>.Count];
    private int _pending;
    private bool _isContinued;
    private SizeQuantile _quantile;
    private long _largeAbove = long.MaxValue;

    // Where the quantile lies among the sizes held, for the number of them it was last computed for.
    private int _placedCount;
    private int _rank;
    private decimal _fraction;

    // Returns between the trades of the bar's chunks so far: number, mean, sum of squared deviations from it.
    private int _returnCount;
    private double _returnMean;
    private double _returnSquares;

    public TradeStatistics(PipelineOptions options)
    {
        _sizesMin = options.Q90Min;
        _level = options.Q90Level;
        _sizes = new RollingOrderStatistics(options.Q90Window);
    }

    /// <summary>The sizes around the quantile above which a trade of the running bar is large; none while too few trades came before the bar.</summary>
    public SizeQuantile LargeAbove => _quantile;

    /// <summary>Volume of the bar's large trades, times 10^8. Valid after <see cref="CloseBar"/>, like all below.</summary>
    public long LargeVolumeE8 { get; private set; }

    public int UptickCount { get; private set; }

    public int DowntickCount { get; private set; }

    /// <summary>Standard deviation (n - 1) of the returns between the bar's trades; 0 for fewer than two returns.</summary>
    public double RealizedVolatility => _returnCount < 2 ? 0 : Math.Sqrt(_returnSquares / (_returnCount - 1));

    public void Add(long priceE8, long quantityE8)
    {
        var i = _pending;
        _prices[i + 1] = priceE8;
        _quantities[i] = quantityE8;
        _pending = i + 1;
        if (i + 1 == ChunkMax) TakeChunk();
    }

    /// <summary>Works off what is left of the bar.</summary>
    public void CloseBar() => TakeChunk();

    /// <summary>Forgets the closed bar; its trades are now those before the next one.</summary>
    public void BeginBar()
    {
        LargeVolumeE8 = 0;
        UptickCount = 0;
        DowntickCount = 0;
        _isContinued = false;
        _returnCount = 0;
        _returnMean = 0;
        _returnSquares = 0;
        var count = _sizes.Count;
        if (count < _sizesMin) return;
        Place(count);
        var (lower, upper) = _sizes.Neighbours(_rank);
        SetQuantile(new SizeQuantile(lower, upper, count));
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(TradeStatistics), 2);
        _sizes.Write(writer);
        _quantile.Write(writer);
        writer.Write(LargeVolumeE8);
        writer.Write(UptickCount);
        writer.Write(DowntickCount);
        writer.Write(_isContinued);
        writer.Write(_returnCount);
        writer.Write(_returnMean);
        writer.Write(_returnSquares);
        writer.Write(_prices[0]);
        writer.Write(_pending);
        for (var i = 0; i < _pending; i++)
        {
            writer.Write(_prices[i + 1]);
            writer.Write(_quantities[i]);
        }
    }

    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(TradeStatistics), 2, 2);
        _sizes.Restore(ref reader);
        SetQuantile(SizeQuantile.Read(ref reader));
        LargeVolumeE8 = reader.ReadInt64();
        UptickCount = reader.ReadInt32();
        DowntickCount = reader.ReadInt32();
        _isContinued = reader.ReadBoolean();
        _returnCount = reader.ReadInt32();
        _returnMean = reader.ReadDouble();
        _returnSquares = reader.ReadDouble();
        _prices[0] = reader.ReadInt64();
        _pending = reader.ReadInt32();
        if (_pending is < 0 or >= ChunkMax) throw new InvalidDataException($"snapshot of trade statistics is damaged: it claims {_pending} trades to be worked off");
        for (var i = 0; i < _pending; i++)
        {
            _prices[i + 1] = reader.ReadInt64();
            _quantities[i] = reader.ReadInt64();
            if (_prices[i + 1] is < 1 or > Fixed8.Max || _quantities[i] is < 1 or > Fixed8.Max)
                throw new InvalidDataException("snapshot of trade statistics is damaged: a trade is outside the range of prices and quantities");
        }
    }

    private void Place(int count)
    {
        if (count == _placedCount) return;
        (_rank, _fraction) = SizeQuantile.Place(_level, count);
        _placedCount = count;
    }

    /// <summary>Quantities are whole numbers of 10^-8: above the quantile means above its whole part.</summary>
    private void SetQuantile(SizeQuantile quantile)
    {
        _quantile = quantile;
        if (quantile.Count == 0) return;
        Place(quantile.Count);
        var width = quantile.Upper - quantile.Lower;
        _largeAbove = quantile.Lower + (width == 0 ? 0 : (long)(_fraction * width));
    }

    private void TakeChunk()
    {
        var n = _pending;
        if (n == 0) return;
        _sizes.Push(_quantities.AsSpan(0, n));

        // The very first trade of the stream has no price before it; its own makes it neither an uptick nor a downtick.
        if (_prices[0] == 0) _prices[0] = _prices[1];

        // The bar's first trade has a tick but no return: that move belongs to no bar.
        var from = _isContinued ? 0 : 1;
        var shift = n > from ? LogReturn.Of(_prices[from + 1], _prices[from]) : 0;
        ref var prices = ref MemoryMarshal.GetArrayDataReference(_prices);
        ref var quantities = ref MemoryMarshal.GetArrayDataReference(_quantities);
        var place = Vector256<long>.Indices;
        Vector256<long> first = Vector256.Create((long)from), end = Vector256.Create((long)n), largeAbove = Vector256.Create(_largeAbove);
        var shifts = Vector256.Create(shift);
        Vector256<long> ups = default, downs = default, large = default;
        Vector256<double> sum = default, squares = default;
        for (var i = 0; i < n; i += Vector256<long>.Count)
        {
            var inside = Vector256.LessThan(place, end);
            var previous = Vector256.LoadUnsafe(ref prices, (nuint)i);
            var price = Vector256.LoadUnsafe(ref prices, (nuint)(i + 1));
            var quantity = Vector256.LoadUnsafe(ref quantities, (nuint)i);

            // A comparison that holds is -1.
            ups -= Vector256.GreaterThan(price, previous) & inside;
            downs -= Vector256.LessThan(price, previous) & inside;
            large += quantity & Vector256.GreaterThan(quantity, largeAbove) & inside;
            var wanted = (inside & Vector256.GreaterThanOrEqual(place, first)).AsDouble();
            var shifted = (LogReturn.Of(price, previous, wanted) - shifts) & wanted;
            sum += shifted;
            squares += shifted * shifted;
            place += Vector256.Create((long)Vector256<long>.Count);
        }
        UptickCount += (int)Vector256.Sum(ups);
        DowntickCount += (int)Vector256.Sum(downs);
        LargeVolumeE8 += Vector256.Sum(large);
        if (n > from) MergeReturns(n - from, shift, Moments.Total(sum), Moments.Total(squares));
        _prices[0] = _prices[n];
        _isContinued = true;
        _pending = 0;
    }

    /// <summary>
    /// Adds a chunk's returns, given as sums of return - shift and of its square. The shift is one of the returns: returns that are all alike leave exactly 0,
    /// and no cancellation costs more than the chunk's length.
    /// </summary>
    private void MergeReturns(int count, double shift, double sum, double squares)
    {
        var offset = sum / count;
        var deviations = Math.Max(squares - (sum * offset), 0);
        var total = _returnCount + count;
        var distance = shift + offset - _returnMean;
        _returnSquares += deviations + (distance * distance * ((double)_returnCount * count / total));
        _returnMean += distance * ((double)count / total);
        _returnCount = total;
    }
}
