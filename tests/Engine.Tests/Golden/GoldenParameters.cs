using System.Text.Json;
using Granary.Engine.Protection;
using Granary.Engine.Signals;
using Granary.Engine.Sizing;

namespace Granary.Engine.Tests.Golden;

/// <summary>The parameters that a folder of golden tables was made with (its params.json).</summary>
internal sealed class GoldenParameters
{
    private readonly JsonElement _root;

    private GoldenParameters(JsonElement root) => _root = root;

    public SignalOptions Signals
    {
        get
        {
            var signals = _root.GetProperty("signals");
            var (a, b, c) = (signals.GetProperty("A"), signals.GetProperty("B"), signals.GetProperty("C"));
            var window = Int(signals, "signal_z_window");
            return new SignalOptions
            {
                Momentum = new MomentumOptions
                {
                    OfiLookback = Int(a, "ofi_lookback"),
                    OfiThreshold = Number(a, "ofi_threshold"),
                    DeltaLookback = Int(a, "delta_lookback"),
                    IntensityThreshold = Number(a, "intensity_threshold"),
                    LargeTradeThreshold = Number(a, "large_trade_threshold"),
                    SizeRatio = Number(a, "size_ratio"),
                    OptionalNeeded = Int(a, "optional_needed"),
                    SignalZWindow = window,
                },
                Reversion = new ReversionOptions
                {
                    EntryQuantile = Number(b, "entry_quantile"),
                    EntryWindow = Int(b, "entry_window"),
                    DeviationExit = Number(b, "exit"),
                    OfiLookback = Int(b, "ofi_ema"),
                    OfiNeutral = Number(b, "ofi_neutral"),
                    VolumeWindow = Int(b, "sell_decline_window"),
                    VolatilityWindow = Int(b, "vol_decline_window"),
                    LowEntryMultiplier = Number(c, "low_entry_multiplier"),
                },
                Regime = new RegimeOptions
                {
                    VolatilityShortWindow = Int(c, "vol_short"),
                    VolatilityLongWindow = Int(c, "vol_long"),
                    DurationWindow = Int(c, "duration_ma"),
                    ExtremeRatio = Number(c, "extreme"),
                    ImpactThreshold = Number(c, "impact_z"),
                    HighRatio = Number(c, "high"),
                    HighDurationRatio = Number(c, "dur_high"),
                    LowRatio = Number(c, "low"),
                    LowDurationRatio = Number(c, "dur_low"),
                    SignalZWindow = window,
                },
                StopOfiLookback = Int(signals, "stop_ofi_ema"),
            };
        }
    }

    public KellyOptions Kelly
    {
        get
        {
            var kelly = _root.GetProperty("kelly");
            return new KellyOptions
            {
                Window = Int(kelly, "window"),
                TradesMin = Int(kelly, "min_trades"),
                Initial = Number(kelly, "default"),
                Floor = Number(kelly, "floor"),
                Cap = Number(kelly, "cap"),
            };
        }
    }

    public GuardParameters Stops
    {
        get
        {
            var stops = _root.GetProperty("stops");
            return new GuardParameters
            {
                StopAtrMultiple = stops.GetProperty("l1").GetDecimal(),
                TrailActivationAtrMultiple = stops.GetProperty("activate").GetDecimal(),
                TrailAtrMultiple = stops.GetProperty("trail").GetDecimal(),
                TrailWideAtrMultiple = stops.GetProperty("trail_wide").GetDecimal(),
                FlowExitLevel = Number(stops, "l2_level"),
                FlowExitBars = Int(stops, "l2_bars"),
                HoldingBarsMax = Int(stops, "max_bars"),
            };
        }
    }

    public decimal Threshold => decimal.Parse(
        _root.TryGetProperty("threshold", out var real) ? real.GetString()! : _root.GetProperty("volume_threshold").GetString()!,
        System.Globalization.CultureInfo.InvariantCulture);

    public static GoldenParameters Load(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "params.json")));
        return new GoldenParameters(document.RootElement.Clone());
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
