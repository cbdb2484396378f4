namespace Granary.Silo.Dashboard.Bodies;

/// <summary>The silo and what it measures.</summary>
/// <param name="Runtime">Which actor runtime carries the grains.</param>
/// <param name="StartedMs">When the silo started, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Process">The process.</param>
/// <param name="Grains">Configured grains by kind; they are always active.</param>
/// <param name="Metrics">What is measured, by name; the families of /metrics.</param>
/// <param name="Viewers">Dashboards that watch now.</param>
/// <param name="ViewersStalled">Dashboards disconnected since the start because they took nothing.</param>
public sealed record ClusterBody(
    string Runtime, long StartedMs, ProcessBody Process, IReadOnlyDictionary<string, int> Grains, IReadOnlyDictionary<string, FamilyBody> Metrics, int Viewers,
    long ViewersStalled);
