using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Features;

/// <summary>
/// What a running bar gathers trade by trade for its features: large trades, ticks and the returns between its trades (formulas §2.3, §2.5).
/// Allocation-free.
/// </summary>
internal sealed class TradeStatistics
{
    private readonly int _sizesMin;
    private readonly decimal _level;
    private readonly RollingOrderStatistics _sizes;
    private long _largeAbove;
    private long _previousPrice;
    private int _tradeCount;
    private int _moveCount;

    // Sums of return - shift and its square; the shift (the first return that is not 0) keeps them small when all returns are alike.
    private double _shift;
    private double _sum;
    private double _sumSquares;

    public TradeStatistics(PipelineOptions options)
    {
        _sizesMin = options.Q90Min;
        _level = options.Q90Level;
        _sizes = new RollingOrderStatistics(options.Q90Window);
    }

    /// <summary>The size above which a trade of the running bar is large, base units; null while too few trades came before the bar.</summary>
    public decimal? LargeAbove { get; private set; }

    /// <summary>Volume of the running bar's large trades, times 10^8.</summary>
    public long LargeVolumeE8 { get; private set; }

    public int UptickCount { get; private set; }

    public int DowntickCount { get; private set; }

    /// <summary>Standard deviation (n - 1) of the returns between the bar's trades; 0 for fewer than two returns.</summary>
    public double RealizedVolatility
    {
        get
        {
            var n = _tradeCount - 1;
            if (n < 2) return 0;
            var unchanged = n - _moveCount;
            var sum = _sum - (unchanged * _shift);
            var sumSquares = _sumSquares + (unchanged * _shift * _shift);
            return Math.Sqrt(Math.Max(sumSquares - (sum * sum / n), 0) / (n - 1));
        }
    }

    public void Add(in AggTrade trade)
    {
        if (_tradeCount == 0) BeginBar();
        var quantity = trade.QuantityE8;
        if (quantity > _largeAbove) LargeVolumeE8 += quantity;
        _sizes.Push(quantity);

        var price = trade.PriceE8;
        if (price != _previousPrice && _previousPrice != 0)
        {
            if (price > _previousPrice) UptickCount++;
            else DowntickCount++;
            if (_tradeCount > 0) AddReturn(LogReturn.Of(price, _previousPrice));
        }
        _previousPrice = price;
        _tradeCount++;
    }

    /// <summary>Starts the next bar with the next trade.</summary>
    public void EndBar() => _tradeCount = 0;

    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(TradeStatistics), 1);
        _sizes.Write(writer);
        writer.WriteOptional(LargeAbove);
        writer.Write(_largeAbove);
        writer.Write(LargeVolumeE8);
        writer.Write(_previousPrice);
        writer.Write(_tradeCount);
        writer.Write(_moveCount);
        writer.Write(UptickCount);
        writer.Write(DowntickCount);
        writer.Write(_shift);
        writer.Write(_sum);
        writer.Write(_sumSquares);
    }

    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(TradeStatistics), 1);
        _sizes.Restore(ref reader);
        LargeAbove = reader.ReadOptionalDecimal();
        _largeAbove = reader.ReadInt64();
        LargeVolumeE8 = reader.ReadInt64();
        _previousPrice = reader.ReadInt64();
        _tradeCount = reader.ReadInt32();
        _moveCount = reader.ReadInt32();
        UptickCount = reader.ReadInt32();
        DowntickCount = reader.ReadInt32();
        _shift = reader.ReadDouble();
        _sum = reader.ReadDouble();
        _sumSquares = reader.ReadDouble();
    }

    private void BeginBar()
    {
        LargeAbove = null;
        _largeAbove = long.MaxValue;
        if (_sizes.Count >= _sizesMin)
        {
            var quantileE8 = _sizes.Quantile(_level);
            LargeAbove = quantileE8 / Fixed8.One;

            // Quantities are whole numbers of 10^-8: above the quantile means above its whole part.
            _largeAbove = (long)decimal.Floor(quantileE8);
        }
        LargeVolumeE8 = 0;
        UptickCount = 0;
        DowntickCount = 0;
        _moveCount = 0;
        _shift = 0;
        _sum = 0;
        _sumSquares = 0;
    }

    private void AddReturn(double value)
    {
        if (_moveCount == 0) _shift = value;
        _moveCount++;
        var shifted = value - _shift;
        _sum += shifted;
        _sumSquares += shifted * shifted;
    }
}
