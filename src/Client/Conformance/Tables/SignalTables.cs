using Granary.Engine.Features;
using Granary.Engine.Signals;

namespace Granary.Client.Conformance.Tables;

/// <summary>What the signals say about every volume bar (formulas §3); no position is assumed.</summary>
/// <param name="source">Parameters and inputs.</param>
/// <param name="run">The bars.</param>
public sealed class SignalTables(ConformanceSource source, FeatureRun run) : IConformanceFamily
{
    private const int LookbackMax = 10_000;
    private const int ZScoreMax = 100;
    private const int RatioMax = 1_000;

    private static readonly CsvColumn<SignalReport>[] Columns = [.. SignalTable.Columns.Select(column => new CsvColumn<SignalReport>(column.Name, column.Value))];

    /// <inheritdoc/>
    public string Name => "signals";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() => [new(Name, Write)];

    private void Write(CsvTableWriter csv)
    {
        var signals = new SignalSet(Options());
        csv.Write(run.Bars.Select(signals.Evaluate), Columns);
    }

    private SignalOptions Options()
    {
        var node = source.Params["signals"];
        return new SignalOptions
        {
            Momentum = Momentum(node),
            Reversion = Reversion(node),
            Regime = Regime(node),
            StopOfiLookback = node["stop_ofi_ema"].Int(1, LookbackMax),
        };
    }

    private static MomentumOptions Momentum(ParamNode signals)
    {
        var a = signals["A"];
        return new MomentumOptions
        {
            OfiLookback = a["ofi_lookback"].Int(1, LookbackMax),
            OfiThreshold = a["ofi_threshold"].PositiveDouble(1),
            DeltaLookback = a["delta_lookback"].Int(2, LookbackMax),
            IntensityThreshold = a["intensity_threshold"].PositiveDouble(ZScoreMax),
            LargeTradeThreshold = a["large_trade_threshold"].PositiveDouble(ZScoreMax),
            SizeRatio = a["size_ratio"].PositiveDouble(ZScoreMax),
            OptionalNeeded = a["optional_needed"].Int(0, 3),
            SignalZWindow = SignalZWindow(signals),
        };
    }

    private static ReversionOptions Reversion(ParamNode signals)
    {
        var b = signals["B"];
        return new ReversionOptions
        {
            EntryQuantile = b["entry_quantile"].Double(0, 1),
            EntryWindow = b["entry_window"].Int(1, PipelineOptions.WindowMax),
            DeviationExit = b["exit"].Double(0, 1),
            OfiLookback = b["ofi_ema"].Int(1, LookbackMax),
            OfiNeutral = b["ofi_neutral"].PositiveDouble(1),
            VolumeWindow = b["sell_decline_window"].Int(2, LookbackMax),
            VolatilityWindow = b["vol_decline_window"].Int(1, LookbackMax),
            LowEntryMultiplier = signals["C"]["low_entry_multiplier"].PositiveDouble(10),
        };
    }

    private static RegimeOptions Regime(ParamNode signals)
    {
        var c = signals["C"];
        return new RegimeOptions
        {
            VolatilityShortWindow = c["vol_short"].Int(2, PipelineOptions.WindowMax),
            VolatilityLongWindow = c["vol_long"].Int(2, PipelineOptions.WindowMax),
            DurationWindow = c["duration_ma"].Int(1, PipelineOptions.WindowMax),
            ExtremeRatio = c["extreme"].PositiveDouble(RatioMax),
            ImpactThreshold = c["impact_z"].PositiveDouble(RatioMax),
            HighRatio = c["high"].PositiveDouble(RatioMax),
            HighDurationRatio = c["dur_high"].PositiveDouble(RatioMax),
            LowRatio = c["low"].PositiveDouble(RatioMax),
            LowDurationRatio = c["dur_low"].PositiveDouble(RatioMax),
            SignalZWindow = SignalZWindow(signals),
        };
    }

    private static int SignalZWindow(ParamNode signals) => signals["signal_z_window"].Int(2, PipelineOptions.WindowMax);
}
