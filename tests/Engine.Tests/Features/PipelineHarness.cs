using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Features;

/// <summary>Pipelines with windows so short that everything is warm after a few hundred trades.</summary>
internal static class PipelineHarness
{
    public static PipelineOptions Short { get; } = new()
    {
        VolumeThreshold = 5m,
        VwapWindow = 6,
        AtrWindow = 5,
        KyleWindow = 7,
        Q90Window = 60,
        Q90Min = 20,
        VpinWindow = 4,
        ZWindows = [3, 8],
    };

    public static List<FeatureBar> Run(SymbolPipeline pipeline, ReadOnlySpan<AggTrade> trades)
    {
        var bars = new List<FeatureBar>();
        foreach (ref readonly var trade in trades)
        {
            if (pipeline.Add(trade)) bars.Add(pipeline.LastBar!);
        }
        return bars;
    }

    public static List<FeatureBar> Run(ReadOnlySpan<AggTrade> trades) => Run(new SymbolPipeline(Short), trades);

    public static byte[] Snapshot(SymbolPipeline pipeline)
    {
        var writer = new SnapshotWriter();
        pipeline.Write(writer);
        return writer.ToArray();
    }

    public static SymbolPipeline Restore(byte[] snapshot, PipelineOptions options)
    {
        var reader = new SnapshotReader(snapshot);
        var pipeline = SymbolPipeline.Read(ref reader, options);
        reader.AtEnd.ShouldBeTrue();
        return pipeline;
    }
}
