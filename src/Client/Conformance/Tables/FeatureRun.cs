using Granary.Engine.Features;

namespace Granary.Client.Conformance.Tables;

/// <summary>Volume bars with their features, computed once for all tables made of them (formulas §2).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class FeatureRun(ConformanceSource source)
{
    private List<FeatureBar>? _bars;

    /// <summary>The bars, in order.</summary>
    /// <exception cref="ConformanceException">A parameter or an input cannot be used.</exception>
    public IReadOnlyList<FeatureBar> Bars => _bars ??= Compute();

    /// <summary>The windows of the z-scores in the order of the parameters, which is that of the columns.</summary>
    /// <exception cref="ConformanceException">The parameter cannot be used.</exception>
    public IReadOnlyList<int> ZWindows()
    {
        var node = source.Params["features"]["z_windows"];
        var windows = node.Items.Select(item => item.Int(2, PipelineOptions.WindowMax)).ToList();
        if (windows.Count > PipelineOptions.ZWindowCountMax || windows.Distinct().Count() < windows.Count)
            throw node.Wrong($"up to {PipelineOptions.ZWindowCountMax} different windows");
        return windows;
    }

    private List<FeatureBar> Compute()
    {
        var pipeline = new SymbolPipeline(Options());
        var bars = new List<FeatureBar>();

        // The pipeline cleans for itself; a stable sort keeps the first of equal ids first.
        foreach (var trade in source.Inputs.Trades("aggtrades").OrderBy(trade => trade.Id))
        {
            if (pipeline.Add(trade)) bars.Add(pipeline.LastBar!);
        }
        return bars;
    }

    private PipelineOptions Options()
    {
        var features = source.Params["features"];
        int Window(string key, int min) => features[key].Int(min, PipelineOptions.WindowMax);
        var q90Window = Window("q90_window", 1);

        // The signals may look at a window that the z-score table does not have.
        int[] signalWindow = source.Params.Optional("signals")?.Optional("signal_z_window") is { } node ? [node.Int(2, PipelineOptions.WindowMax)] : [];
        return new PipelineOptions
        {
            VolumeThreshold = source.Params["volume_threshold"].Threshold(),
            VwapWindow = Window("vwap_window", 1),
            AtrWindow = Window("atr_window", 1),
            KyleWindow = Window("kyle_window", 2),
            Q90Window = q90Window,
            Q90Min = features["q90_min"].Int(1, q90Window),
            Q90Level = features["q90_level"].Decimal(0, 1),
            VpinWindow = Window("vpin_window", 1),
            ZWindows = [.. ZWindows().Union(signalWindow).Order()],
        };
    }
}
