using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Granary.Engine.Bars;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Features;

/// <summary>
/// What a running bar gathers from its trades for its features: large trades, ticks and the returns between its trades (formulas §2.3, §2.5). Trades
/// come in chunks (<see cref="TradeChunk"/>). Allocation-free.
/// </summary>
internal sealed class TradeStatistics
{
    private readonly int _sizesMin;
    private readonly decimal _level;
    private readonly RollingOrderStatistics _sizes;

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

    /// <summary>Volume of the bar's large trades, times 10^8. Like all below it lacks the trades of the running chunk.</summary>
    public long LargeVolumeE8 { get; private set; }

    public int UptickCount { get; private set; }

    public int DowntickCount { get; private set; }

    /// <summary>Standard deviation (n - 1) of the returns between the bar's trades; 0 for fewer than two returns.</summary>
    public double RealizedVolatility => _returnCount < 2 ? 0 : Math.Sqrt(_returnSquares / (_returnCount - 1));

    /// <summary>Takes the trades of the running bar's next chunk.</summary>
    public void Take(TradeChunk chunk)
    {
        var n = chunk.Count;
        _sizes.Push(chunk.QuantitySpan);

        // The bar's first trade has a tick but no return: that move belongs to no bar. The stream's first trade has not even a tick.
        var firstReturn = _isContinued ? 0 : 1;
        var firstTick = Vector256.Create(chunk.Previous == 0 ? 1L : 0);
        var shift = n > firstReturn ? LogReturn.Of(Unsafe.Add(ref chunk.Prices, firstReturn), Unsafe.Add(ref chunk.Previous, firstReturn)) : 0;
        Vector256<long> first = Vector256.Create((long)firstReturn), largeAbove = Vector256.Create(_largeAbove);
        var shifts = Vector256.Create(shift);
        Vector256<long> place = Vector256<long>.Indices, ups = default, downs = default, large = default;
        Vector256<double> sum = default, squares = default;
        for (var i = 0; i < n; i += Vector256<long>.Count)
        {
            var exists = chunk.Existing(i);
            var previous = Vector256.LoadUnsafe(ref chunk.Previous, (nuint)i);
            var price = Vector256.LoadUnsafe(ref chunk.Prices, (nuint)i);
            var quantity = Vector256.LoadUnsafe(ref chunk.Quantities, (nuint)i);

            // A comparison that holds is -1.
            var ticks = exists & Vector256.GreaterThanOrEqual(place, firstTick);
            ups -= Vector256.GreaterThan(price, previous) & ticks;
            downs -= Vector256.LessThan(price, previous) & ticks;
            large += quantity & Vector256.GreaterThan(quantity, largeAbove) & exists;
            var wanted = (exists & Vector256.GreaterThanOrEqual(place, first)).AsDouble();
            var shifted = (LogReturn.Of(price, previous, wanted) - shifts) & wanted;
            sum += shifted;
            squares += shifted * shifted;
            place += Vector256.Create((long)Vector256<long>.Count);
        }
        UptickCount += (int)Vector256.Sum(ups);
        DowntickCount += (int)Vector256.Sum(downs);
        LargeVolumeE8 += Vector256.Sum(large);
        if (n > firstReturn) MergeReturns(n - firstReturn, shift, Moments.Total(sum), Moments.Total(squares));
        _isContinued = true;
    }

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
