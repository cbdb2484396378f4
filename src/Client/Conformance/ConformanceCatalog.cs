using Granary.Client.Conformance.Tables;

namespace Granary.Client.Conformance;

/// <summary>All families of tables that the product computes.</summary>
public static class ConformanceCatalog
{
    /// <summary>The families over one source, in the order they are written in.</summary>
    public static IReadOnlyList<IConformanceFamily> Create(ConformanceSource source)
    {
        var features = new FeatureRun(source);
        return
        [
            new CleaningTables(source),
            new TradeBarTables(source),
            new TimeBarTables(source),
            new CalibrationTables(source),
            new FeatureTables(features),
            new SignalTables(source, features),
            new SizingTables(source),
            new KellyTables(source),
            new StopTables(source),
            new RiskTables(source),
            new BookTables(source),
            new SelectionTables(source),
            new PositionTables(source),
            new MinuteFactorTables(source),
            new IndicatorTables(source),
            new MetricTables(source),
            new SplitTables(source),
            new GridTables(source),
        ];
    }
}
