using Granary.Engine.Execution.Placement;
using Granary.Engine.Execution.Slicing;
using Granary.Grains.Configuration;

namespace Granary.Simulation.Seeds;

/// <summary>How a seed's engine places its orders: half of them at market, the others limit first or post-only, with every policy at the timeout.</summary>
internal static class PlacementDraw
{
    private const ulong Salt = 0x706c_6163_656d_656e;

    public static PlacementSettings Of(ulong seed)
    {
        var random = new SplitMix(new SplitMix(seed ^ Salt).Next());
        if (random.Unit() < 0.5) return new PlacementSettings();
        return new PlacementSettings
        {
            Slicing = random.Unit() < 0.5 ? new SlicingOptions() : Slice(random),
            OrdersPerSecondMax = 1 + (int)(random.Unit() * 5),
            Entry = Draw(random),
            Exit = Draw(random),
            ForcedExit = random.Unit() < 0.3 ? Draw(random) with { Style = PlacementStyle.LimitFirst, TimeoutMs = 2_000, AtTimeout = PlacementTimeout.Cross } : new PlacementPolicy(),
        };
    }

    /// <summary>Small enough for the orders of a simulation to be large.</summary>
    private static SlicingOptions Slice(SplitMix random) => new()
    {
        VolumeShareMax = 0.0001m,
        RecentMs = 60_000,
        Kind = (SliceKind)(1 + (int)(random.Unit() * 3)),
        ParticipationMax = 0.01m + ((decimal)random.Unit() * 0.2m),
        HorizonMsMin = 5_000 + (int)(random.Unit() * 60_000),
        HorizonMsMax = 300_000,
        IntervalMs = 2_000 + (int)(random.Unit() * 20_000),
        PauseMs = (int)(random.Unit() * 3_000),
    };

    private static PlacementPolicy Draw(SplitMix random) => new()
    {
        Style = random.Unit() < 0.6 ? PlacementStyle.LimitFirst : PlacementStyle.PostOnly,
        DistanceTicks = (int)(random.Unit() * 4),
        RepriceTicks = 1 + (int)(random.Unit() * 4),
        RepriceMs = 200 + (int)(random.Unit() * 3_000),
        BoundShare = 0.0005m + ((decimal)random.Unit() * 0.002m),
        TimeoutMs = 1_000 + (int)(random.Unit() * 30_000),
        AtTimeout = random.Unit() < 0.5 ? PlacementTimeout.Cross : PlacementTimeout.Cancel,
    };
}
