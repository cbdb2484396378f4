using Granary.Engine.Execution.Placement;
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
            OrdersPerSecondMax = 1 + (int)(random.Unit() * 5),
            Entry = Draw(random),
            Exit = Draw(random),
            ForcedExit = random.Unit() < 0.3 ? Draw(random) with { Style = PlacementStyle.LimitFirst, TimeoutMs = 2_000, AtTimeout = PlacementTimeout.Cross } : new PlacementPolicy(),
        };
    }

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
