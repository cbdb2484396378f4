using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Execution.Slicing;

/// <summary>An order that is to be worked in slices.</summary>
public sealed record SliceOrder
{
    /// <summary>Intervals of a horizon at most.</summary>
    public const int IntervalsMax = 10_000;

    /// <summary>The largest quantity, base units: what <see cref="Market.Fixed8"/> holds of market data.</summary>
    public const decimal QuantityLimit = 46_000_000_000m;

    /// <summary>How it is spread.</summary>
    public required SliceKind Kind { get; init; }

    /// <summary>Buy or sell.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Base units, above 0, a multiple of <see cref="StepSize"/>.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Base units; slices are multiples of it. Above 0, at most eight decimals.</summary>
    public required decimal StepSize { get; init; }

    /// <summary>First moment of the horizon, milliseconds since the Unix epoch, UTC, 0 or more.</summary>
    public required long StartMs { get; init; }

    /// <summary>Length of the horizon, milliseconds, 1 to thirty days; at most <see cref="IntervalsMax"/> intervals.</summary>
    public required long HorizonMs { get; init; }

    /// <summary>
    /// Length of an interval, milliseconds, 1 or more; one slice an interval is planned, the last interval may be shorter. Without meaning for an iceberg.
    /// Default a
    /// minute.
    /// </summary>
    public long IntervalMs { get; init; } = 60_000;

    /// <summary>The venue's smallest quantity, base units, 0 or more.</summary>
    public decimal QuantityMin { get; init; }

    /// <summary>The venue's largest quantity of one order, base units, at least the step; null for none.</summary>
    public decimal? QuantityMax { get; init; }

    /// <summary>The venue's smallest notional, quote units, 0 or more; 0 for orders that only reduce.</summary>
    public decimal NotionalMin { get; init; }

    /// <summary>
    /// Largest share of the market's volume, above 0 to 1, of the whole horizon so far as of the last <see cref="ParticipationWindowMs"/>; null for no cap.
    /// The market's volume holds the order's own fills. Default 0.1. With a cap nothing is sent before the market has traded.
    /// </summary>
    public decimal? ParticipationMax { get; init; } = 0.1m;

    /// <summary>Window of the cap, milliseconds, 16 to thirty days. Default five minutes.</summary>
    public long ParticipationWindowMs { get; init; } = 300_000;

    /// <summary>Least time between two slices sent, milliseconds, 0 or more; an iceberg's visible part that was filled whole is followed at once. Default
    /// 5,000.</summary>
    public long PauseMs { get; init; } = 5_000;

    /// <summary>Visible part of an iceberg, base units, the step or more; raised to the venue's minimum. Null for the other kinds.</summary>
    public decimal? VisibleQuantity { get; init; }

    /// <summary>With a seed the parts and the moments within their intervals are drawn from it: the same seed draws the same. Null for none.</summary>
    public long? Seed { get; init; }

    /// <summary>
    /// How far a draw goes, 0 to 0.9: parts are up to this share larger or smaller, moments up to this share of the interval later, an iceberg's visible
    /// part up
    /// to this share smaller. Default 0.2; without meaning when there is no seed.
    /// </summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>First moment after the horizon, milliseconds since the Unix epoch, UTC.</summary>
    public long EndMs => StartMs + HorizonMs;

    /// <summary>Intervals of the horizon; 1 for an iceberg.</summary>
    public int Intervals => Kind == SliceKind.Iceberg ? 1 : (int)Math.Min(((HorizonMs - 1) / IntervalMs) + 1, int.MaxValue);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and the range.</exception>
    public void Validate()
    {
        const long month = 30L * VolumeCurveOptions.DayMs;
        ExecutionCheck.Require(nameof(Kind), Kind, Kind is SliceKind.Twap or SliceKind.Vwap or SliceKind.Iceberg, "Twap, Vwap or Iceberg");
        ExecutionCheck.Require(nameof(Side), Side, Side is OrderSide.Buy or OrderSide.Sell, "Buy or Sell");
        ExecutionCheck.Require(
            nameof(StepSize), StepSize, StepSize is > 0 and <= QuantityLimit && decimal.Round(StepSize, 8) == StepSize, "above 0, with at most eight decimals");
        ExecutionCheck.Require(
            nameof(Quantity), Quantity, Quantity is > 0 and <= QuantityLimit && Quantity % StepSize == 0, "above 0 and a multiple of StepSize");
        ExecutionCheck.Require(nameof(StartMs), StartMs, StartMs is >= 0 and <= long.MaxValue / 2, "0 or more");
        ExecutionCheck.Within(nameof(HorizonMs), HorizonMs, 1, month);
        ExecutionCheck.Require(nameof(IntervalMs), IntervalMs, IntervalMs >= 1 && Intervals <= IntervalsMax, "1 or more, and at most 10,000 in HorizonMs");
        ExecutionCheck.Within(nameof(QuantityMin), QuantityMin, 0, QuantityLimit);
        ExecutionCheck.Require(
            nameof(QuantityMax), QuantityMax, QuantityMax is null || QuantityMax >= Math.Max(StepSize, QuantityMin), "StepSize and QuantityMin or more");
        ExecutionCheck.Within(nameof(NotionalMin), NotionalMin, 0, QuantityLimit);
        ExecutionCheck.Require(nameof(ParticipationMax), ParticipationMax, ParticipationMax is null or (> 0 and <= 1), "above 0, at most 1, or null");
        ExecutionCheck.Within(nameof(ParticipationWindowMs), ParticipationWindowMs, 16, month);
        ExecutionCheck.Within(nameof(PauseMs), PauseMs, 0, month);
        ExecutionCheck.Require(
            nameof(VisibleQuantity), VisibleQuantity, Kind == SliceKind.Iceberg ? VisibleQuantity >= StepSize : VisibleQuantity is null,
            "StepSize or more for an iceberg, null otherwise");
        ExecutionCheck.Within(nameof(Jitter), Jitter, 0, 0.9);
    }

    /// <summary>Whether the venue accepts a quantity.</summary>
    /// <param name="quantity">Base units.</param>
    /// <param name="price">Quote units.</param>
    internal bool IsEnough(decimal quantity, decimal price) => quantity >= StepSize && quantity >= QuantityMin && quantity * price >= NotionalMin;

    /// <summary>The smallest multiple of the step that the venue accepts at a price.</summary>
    internal decimal Smallest(decimal price)
    {
        var steps = decimal.Ceiling(Math.Max(QuantityMin, NotionalMin / price) / StepSize);
        // The quotient was rounded: one step more where that was downwards.
        var smallest = Math.Max(steps, 1) * StepSize;
        return IsEnough(smallest, price) ? smallest : smallest + StepSize;
    }

    internal void Write(SnapshotWriter writer)
    {
        writer.Write((int)Kind);
        writer.Write((int)Side);
        writer.Write(Quantity);
        writer.Write(StepSize);
        writer.Write(StartMs);
        writer.Write(HorizonMs);
        writer.Write(IntervalMs);
        writer.Write(QuantityMin);
        writer.WriteOptional(QuantityMax);
        writer.Write(NotionalMin);
        writer.WriteOptional(ParticipationMax);
        writer.Write(ParticipationWindowMs);
        writer.Write(PauseMs);
        writer.WriteOptional(VisibleQuantity);
        writer.Write(Seed.HasValue);
        writer.Write(Seed ?? 0);
        writer.Write(Jitter);
    }

    /// <exception cref="InvalidDataException">The values are not those of an order.</exception>
    internal static SliceOrder Read(ref SnapshotReader reader)
    {
        var order = new SliceOrder
        {
            Kind = (SliceKind)reader.ReadInt32(),
            Side = (OrderSide)reader.ReadInt32(),
            Quantity = reader.ReadDecimal(),
            StepSize = reader.ReadDecimal(),
            StartMs = reader.ReadInt64(),
            HorizonMs = reader.ReadInt64(),
            IntervalMs = reader.ReadInt64(),
            QuantityMin = reader.ReadDecimal(),
            QuantityMax = reader.ReadOptionalDecimal(),
            NotionalMin = reader.ReadDecimal(),
            ParticipationMax = reader.ReadOptionalDecimal(),
            ParticipationWindowMs = reader.ReadInt64(),
            PauseMs = reader.ReadInt64(),
            VisibleQuantity = reader.ReadOptionalDecimal(),
            Seed = reader.ReadBoolean() ? reader.ReadInt64() : SkipSeed(ref reader),
            Jitter = reader.ReadDouble(),
        };
        try
        {
            order.Validate();
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"the snapshot of a slice schedule is damaged: {e.Message}", e);
        }
        return order;
    }

    private static long? SkipSeed(ref SnapshotReader reader)
    {
        reader.ReadInt64();
        return null;
    }
}
