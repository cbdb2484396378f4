using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Signals;

namespace Granary.Engine.Tests.Golden;

/// <summary>Trades sent through the pipeline and the momentum signal, with everything that came out.</summary>
internal sealed class GoldenRun
{
    public GoldenRun(AggTrade[] trades, decimal threshold)
    {
        Trades = trades;
        Pipeline = new SymbolPipeline(new PipelineOptions { VolumeThreshold = threshold });
        var momentum = new OrderFlowMomentum(new MomentumOptions());
        foreach (ref readonly var trade in trades.AsSpan())
        {
            if (!Pipeline.Add(trade)) continue;
            Bars.Add(Pipeline.LastBar!);
            Decisions.Add(momentum.Evaluate(Pipeline.LastBar!));
        }
    }

    public AggTrade[] Trades { get; }

    public SymbolPipeline Pipeline { get; }

    public List<FeatureBar> Bars { get; } = [];

    public List<MomentumDecision> Decisions { get; } = [];

    /// <summary>Compares all columns of features and z-scores, and those of signal A, with the tables of a golden folder.</summary>
    /// <returns>The number of fields compared.</returns>
    public int ShouldMatch(string folder)
    {
        var count = Compare(folder, "features.csv", Bars, GoldenColumns.Features);
        count += Compare(folder, "zscores.csv", Bars, GoldenColumns.ZScores);
        return count + Compare(folder, "signals.csv", Decisions, GoldenColumns.Momentum);
    }

    public static int Compare<T>(string folder, string file, IReadOnlyList<T> rows, IReadOnlyDictionary<string, Func<T, object?>> columns)
    {
        var path = Path.Combine(folder, "expected", file);
        var table = CsvTable.Load(File.Exists(path) ? path : path + ".gz");
        return GoldenComparer.ShouldMatch(table, ColumnSpec.Load(Path.Combine(folder, "COLUMNS.csv"), file), rows, columns);
    }
}
