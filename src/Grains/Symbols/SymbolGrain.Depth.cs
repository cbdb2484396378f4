using Granary.Engine.Market;
using Granary.Grains.Interfaces.Symbols;

namespace Granary.Grains.Symbols;

/// <summary>What slippage is expected by.</summary>
public sealed partial class SymbolGrain
{
    /// <summary>A book that was not heard of for this long says nothing about what an order would fill at.</summary>
    private const long BookAgeMsMax = 5_000;

    private const long DayMs = 86_400_000;
    private const double DaysPerYear = 365;

    /// <summary>Live trades of this long make a volume of the day where no calibration tells it.</summary>
    private const long VolumeMsMin = 3_600_000;

    private long _tradedSinceMs;

    private DepthState Depth()
    {
        var isHeard = _book is not null && NowMs - _bookHeardMs <= BookAgeMsMax;
        return new DepthState(isHeard ? _book!.Bids : [], isHeard ? _book!.Asks : [], _measures.Volatility / Math.Sqrt(DaysPerYear), DayVolume());
    }

    /// <summary>Expected volume of a day: by the calibration, whose bars are a stated number a day; else by an hour or more of live trades.</summary>
    private double? DayVolume()
    {
        if (_pipeline.Options.Calibration is { } calibration) return (double)_pipeline.VolumeThreshold * calibration.BarsPerDay;
        var heardMs = NowMs - _tradedSinceMs;
        return _tradedE8 > 0 && heardMs >= VolumeMsMin ? (double)_tradedE8 / Fixed8.One * DayMs / heardMs : null;
    }
}
