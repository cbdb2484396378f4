using Granary.Client.Api;

namespace Granary.Client.Views;

/// <summary>What one look at the silo brought.</summary>
/// <param name="Status">The status, as it came and as a model.</param>
/// <param name="Positions">Open positions.</param>
/// <param name="Decisions">The latest decisions, newest first.</param>
/// <param name="Incidents">The latest incidents, newest first.</param>
/// <param name="Failure">Why the newest look failed, so that the rest is old; or empty.</param>
public sealed record WatchLook(
    ApiAnswer<StatusBody> Status, IReadOnlyList<PositionBody> Positions, IReadOnlyList<DecisionBody> Decisions, IReadOnlyList<IncidentBody> Incidents,
    string Failure);
