using Granary.Silo.Alerts;
using Granary.Silo.Alerts.Rules;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Operator;

/// <summary>Alerts in the operator API.</summary>
internal static class AlertEndpoints
{
    /// <summary>Maps what there is to read, and the trial of all channels.</summary>
    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alerts", (AlertHub hub) => AlertsBody.From(hub));
        api.MapPost("/alerts/test", async (HttpContext http, AlertHub hub) =>
        {
            var request = await CommandRequest.ReadAsync(http.Request, http.RequestAborted);
            var text = $"a trial of the channels by {request.Who}{(request.Reason.Length > 0 ? $": {request.Reason}" : "")}";
            hub.Post(new AlertSignal(AlertSignalKind.Event, AlertRules.Test, "engine", AlertSeverity.Critical, text));
            return AlertsBody.From(hub);
        });
    }
}
