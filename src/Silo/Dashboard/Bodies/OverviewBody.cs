using Granary.Grains.Interfaces.Risk;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Dashboard.Bodies;

/// <summary>What the dashboard shows on every page.</summary>
/// <param name="Status">The whole picture.</param>
/// <param name="Stop">The stop of the whole engine; null when the kill switch does not answer.</param>
/// <param name="Stream">The market stream's connection.</param>
public sealed record OverviewBody(StatusBody Status, EngineStop? Stop, StreamBody Stream);
