using Granary.Silo.Alerts;

namespace Granary.Silo.Operator.Bodies;

/// <summary>Alerts as the API tells them.</summary>
/// <param name="Active">Those that stand.</param>
/// <param name="Recent">The latest notices, newest first, at most 200.</param>
/// <param name="Channels">Where they are told.</param>
/// <param name="SignalsLost">Signals that found no room.</param>
public sealed record AlertsBody(IReadOnlyList<AlertNotice> Active, IReadOnlyList<AlertNotice> Recent, IReadOnlyList<AlertChannelBody> Channels, long SignalsLost)
{
    /// <summary>As of now.</summary>
    public static AlertsBody From(AlertHub hub) => new(
        hub.Active, hub.Recent, [.. hub.Lanes.Select(lane => new AlertChannelBody(lane.Name, lane.Sent, lane.Lost, lane.Failures, lane.Waiting))], hub.SignalsLost);
}
