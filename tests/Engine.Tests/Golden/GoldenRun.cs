using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Signals;

namespace Granary.Engine.Tests.Golden;

/// <summary>Trades sent through the pipeline and the signals, with everything that came out.</summary>
internal sealed class GoldenRun
{
    public GoldenRun(AggTrade[] trades, decimal threshold, SignalOptions? options = null)
    {
        Trades = trades;
        Pipeline = new SymbolPipeline(new PipelineOptions { VolumeThreshold = threshold });
        var signals = new SignalSet(options ?? new SignalOptions());
        foreach (ref readonly var trade in trades.AsSpan())
        {
            if (!Pipeline.Add(trade)) continue;
            Bars.Add(Pipeline.LastBar!);
            Reports.Add(signals.Evaluate(Pipeline.LastBar!));
        }
    }

    public AggTrade[] Trades { get; }

    public SymbolPipeline Pipeline { get; }

    public List<FeatureBar> Bars { get; } = [];

    public List<SignalReport> Reports { get; } = [];

    /// <summary>Compares all columns of features, z-scores and signals with the tables of a golden folder.</summary>
    /// <returns>The number of fields compared.</returns>
    public int ShouldMatch(string folder)
    {
        var count = Compare(folder, "features.csv", Bars, GoldenColumns.Features);
        count += Compare(folder, "zscores.csv", Bars, GoldenColumns.ZScores);
        return count + Compare(folder, "signals.csv", Reports, GoldenColumns.Signals);
    }

    public static int Compare<T>(string folder, string file, IReadOnlyList<T> rows, IReadOnlyDictionary<string, Func<T, object?>> columns)
    {
        var path = Path.Combine(folder, "expected", file);
        var table = CsvTable.Load(File.Exists(path) ? path : path + ".gz");
        return GoldenComparer.ShouldMatch(table, ColumnSpec.Load(Path.Combine(folder, "COLUMNS.csv"), file), rows, columns);
    }
}
