using Granary.Engine.Features;
using Granary.Engine.Orders;
using Granary.Engine.Signals;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Features;
using Granary.Engine.Tests.Market;

namespace Granary.Engine.Tests.Signals;

/// <summary>Bars, and signals whose windows and thresholds are so short and low that everything happens within a few hundred bars.</summary>
internal static class SignalScenes
{
    public static SignalOptions Short { get; } = new()
    {
        Momentum = new MomentumOptions
        {
            OfiLookback = 3,
            OfiThreshold = 0.05,
            DeltaLookback = 3,
            IntensityThreshold = 0.3,
            LargeTradeThreshold = 0.3,
            SignalZWindow = 8,
        },
        Reversion = new ReversionOptions
        {
            EntryQuantile = 0.4,
            EntryWindow = 12,
            DeviationExit = 0.00002,
            OfiLookback = 4,
            OfiNeutral = 0.4,
            VolatilityWindow = 2,
            VolumeWindow = 2,
        },
        Regime = new RegimeOptions
        {
            VolatilityShortWindow = 4,
            VolatilityLongWindow = 12,
            DurationWindow = 5,
            ExtremeRatio = 1.6,
            ImpactThreshold = 2.2,
            HighRatio = 1.1,
            HighDurationRatio = 0.9,
            LowRatio = 0.9,
            LowDurationRatio = 1.1,
            SignalZWindow = 8,
        },
        StopOfiLookback = 2,
    };

    public static List<FeatureBar> Bars(int seed, int trades = 3_000) => PipelineHarness.Run(TradeFactory.Walk(seed, trades));

    public static List<SignalReport> Evaluate(IEnumerable<FeatureBar> bars, SignalOptions options)
    {
        var signals = new SignalSet(options);
        return [.. bars.Select(signals.Evaluate)];
    }

    /// <summary>The bar of a market in which every buyer sells and every rise falls.</summary>
    public static FeatureBar Mirror(FeatureBar bar)
    {
        var (b, f) = (bar.Bar, bar.Features);
        return new FeatureBar(
            b with { BuyVolume = b.SellVolume, SellVolume = b.BuyVolume },
            f with
            {
                Ofi = -f.Ofi,
                Delta = -f.Delta,
                CumulativeDelta = -f.CumulativeDelta,
                AvgBuySize = f.AvgSellSize,
                AvgSellSize = f.AvgBuySize,
                VwapDeviation = -f.VwapDeviation,
                LogReturn = -f.LogReturn,
                PriceImpact = -f.PriceImpact,
            });
    }

    public static OrderSide? Opposite(OrderSide? side) => side switch { OrderSide.Buy => OrderSide.Sell, OrderSide.Sell => OrderSide.Buy, _ => null };

    public static byte[] Snapshot(SignalSet signals)
    {
        var writer = new SnapshotWriter();
        signals.Write(writer);
        return writer.ToArray();
    }

    public static SignalSet Restore(byte[] snapshot, SignalOptions options)
    {
        var reader = new SnapshotReader(snapshot);
        var signals = SignalSet.Read(ref reader, options);
        reader.AtEnd.ShouldBeTrue();
        return signals;
    }

    public static void ShouldBeSame(SignalReport one, SignalReport other)
    {
        foreach (var column in SignalTable.Columns) column.Value(one).ShouldBe(column.Value(other), $"bar {one.BarIndex} {column.Name}");
        one.Regime.Conditions.ShouldBe(other.Regime.Conditions);
        one.Momentum.Conditions.ShouldBe(other.Momentum.Conditions);
        one.Reversion.Conditions.ShouldBe(other.Reversion.Conditions);
        one.Combined.Conditions.ShouldBe(other.Combined.Conditions);
        one.Combined.Contributions.ShouldBe(other.Combined.Contributions);
    }
}
