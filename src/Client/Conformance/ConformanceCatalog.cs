using Granary.Client.Conformance.Tables;

namespace Granary.Client.Conformance;

/// <summary>All families of tables that the product computes.</summary>
public static class ConformanceCatalog
{
    /// <summary>The families over one source, in the order they are written in.</summary>
    public static IReadOnlyList<IConformanceFamily> Create(ConformanceSource source) =>
    [
        new CleaningTables(source),
        new VolumeBarTables(source),
        new FeatureTables(source),
        new BookTables(source),
        new SelectionTables(source),
        new PositionTables(source),
    ];
}
