using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Execution.Slippage;

/// <summary>Follows one order, sliced or whole, against the price it arrived at. Exact; allocation-free per fill. Not safe for concurrent use.</summary>
public sealed class ShortfallTracker
{
    private const decimal PriceMax = 100_000_000_000m;
    private decimal _filled;
    private decimal _notional;
    private decimal? _midNotional = 0;
    private decimal _fees;

    /// <summary>An order arrives.</summary>
    /// <param name="side">Buy or sell.</param>
    /// <param name="quantity">Wanted, base units, above 0 to 10^11.</param>
    /// <param name="arrivalPrice">Mid price now, quote units, above 0 to 10^11.</param>
    /// <param name="decisionPrice">Mid price when the strategy decided, quote units, above 0 to 10^11; null when not known.</param>
    /// <param name="forecastBps">Slippage expected, basis points of the arrival price; null when nothing was.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public ShortfallTracker(OrderSide side, decimal quantity, decimal arrivalPrice, decimal? decisionPrice = null, double? forecastBps = null)
    {
        if (side is not (OrderSide.Buy or OrderSide.Sell)) throw new ArgumentOutOfRangeException(nameof(side), side, "expected Buy or Sell");
        Check(quantity, nameof(quantity));
        Check(arrivalPrice, nameof(arrivalPrice));
        if (decisionPrice is { } decision) Check(decision, nameof(decisionPrice));
        if (forecastBps is { } bps && !double.IsFinite(bps)) throw new ArgumentOutOfRangeException(nameof(forecastBps), bps, "expected a finite number");
        (Side, Quantity, ArrivalPrice, DecisionPrice, ForecastBps) = (side, quantity, arrivalPrice, decisionPrice, forecastBps);
    }

    /// <summary>Buy or sell.</summary>
    public OrderSide Side { get; }

    /// <summary>Wanted, base units.</summary>
    public decimal Quantity { get; }

    /// <summary>Mid price at the arrival, quote units.</summary>
    public decimal ArrivalPrice { get; }

    /// <summary>Mid price at the decision, quote units; null when not known.</summary>
    public decimal? DecisionPrice { get; }

    /// <summary>Slippage expected, basis points; null when nothing was.</summary>
    public double? ForecastBps { get; }

    /// <summary>Base units of the fills so far.</summary>
    public decimal Filled => _filled;

    /// <summary>Takes a fill; the caller tells every fill once.</summary>
    /// <param name="price">Quote units, above 0 to 10^11.</param>
    /// <param name="quantity">Base units, above 0 to 10^11.</param>
    /// <param name="mid">Mid price before it, quote units, above 0 to 10^11; null when not known, and then spread and impact of the order are not
    /// either.</param>
    /// <param name="fee">Paid, quote units; negative is a rebate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void OnFill(decimal price, decimal quantity, decimal? mid, decimal fee)
    {
        Check(price, nameof(price));
        Check(quantity, nameof(quantity));
        if (mid is { } known) Check(known, nameof(mid));
        _filled += quantity;
        _notional += price * quantity;
        _midNotional += mid * quantity;
        _fees += fee;
    }

    /// <summary>The cost so far.</summary>
    /// <param name="lastPrice">Mid price now, for what is not filled, quote units, above 0; null when not known.</param>
    public OrderShortfall Result(decimal? lastPrice = null)
    {
        var sign = (int)Side;
        var quote = sign * (_notional - (ArrivalPrice * _filled));
        decimal? average = _filled > 0 ? _notional / _filled : null;
        // From the money and not from the rounded average.
        decimal? move = _filled > 0 ? quote / _filled : null;
        var missed = Math.Max(0, Quantity - _filled);
        return new OrderShortfall(
            Quantity, _filled, ArrivalPrice, average, move, (double?)(move / ArrivalPrice) * 10_000, quote,
            sign * (ArrivalPrice - DecisionPrice) * _filled, sign * (_notional - _midNotional), sign * (_midNotional - (ArrivalPrice * _filled)),
            _fees, missed == 0 ? 0 : sign * (lastPrice - ArrivalPrice) * missed, ForecastBps);
    }

    /// <summary>Writes the state, the order included.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(ShortfallTracker), 1);
        writer.Write((int)Side);
        writer.Write(Quantity);
        writer.Write(ArrivalPrice);
        writer.WriteOptional(DecisionPrice);
        writer.WriteOptional(ForecastBps);
        writer.Write(_filled);
        writer.Write(_notional);
        writer.WriteOptional(_midNotional);
        writer.Write(_fees);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public static ShortfallTracker Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(ShortfallTracker), 1);
        var (side, quantity, arrival) = ((OrderSide)reader.ReadInt32(), reader.ReadDecimal(), reader.ReadDecimal());
        var (decision, forecast) = (reader.ReadOptionalDecimal(), reader.ReadOptionalDouble());
        ShortfallTracker tracker;
        try
        {
            tracker = new ShortfallTracker(side, quantity, arrival, decision, forecast);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException($"the snapshot of a shortfall is damaged: {e.Message}", e);
        }
        tracker._filled = reader.ReadDecimal();
        tracker._notional = reader.ReadDecimal();
        tracker._midNotional = reader.ReadOptionalDecimal();
        tracker._fees = reader.ReadDecimal();
        const decimal quantityMax = PriceMax * 100_000;
        if (tracker._filled is < 0 or > quantityMax || tracker._notional < 0 || tracker._notional > PriceMax * tracker._filled
            || tracker._midNotional < 0 || tracker._midNotional > PriceMax * tracker._filled || Math.Abs(tracker._fees) > PriceMax * quantityMax)
            throw new InvalidDataException("the snapshot of a shortfall is damaged: its sums contradict each other");
        return tracker;
    }

    private static void Check(decimal value, string name)
    {
        if (value is <= 0 or > PriceMax) throw new ArgumentOutOfRangeException(name, value, "expected above 0, at most 10^11");
    }
}
