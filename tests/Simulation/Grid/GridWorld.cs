using Granary.Engine.Grid;
using Granary.Grains.Configuration;

namespace Granary.Simulation.Grid;

/// <summary>The world with the maker grid in place of the strategies: narrow rungs, so that a short run has round trips.</summary>
internal static class GridWorld
{
    /// <summary>Every symbol's settings with a grid that has it to itself.</summary>
    public static EngineSettings Engine(EngineSettings settings, GridMode mode) => settings with
    {
        Symbols =
        [
            .. settings.Symbols.Select(s => s with
            {
                Strategies = ["regime"],
                Grid = new GridSettings
                {
                    Enabled = true,
                    OrdersPerMinuteMax = 300,
                    BarMinutes = 1,

                    // The exchange's history begins with the run: the levels lie around the first price, not far below a high of months.
                    Ladder = new GridOptions
                    {
                        Mode = mode, LongLimitFraction = 1.1m, LongBoundaryFraction = 0.6m, ShortLimitFraction = 0.9m, ShortBoundaryFraction = 1.6m,
                        StepRatio = 0.001m, OrdersMax = 20, LookbackBars = 240,
                    },
                },
            }),
        ],
    };
}
