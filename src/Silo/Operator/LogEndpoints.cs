using Granary.Silo.Logging;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Operator;

/// <summary>Levels of the log in the operator API.</summary>
internal static class LogEndpoints
{
    /// <summary>Maps what stands, and its change: PUT /log-level?source=Granary.Grains&amp;level=Debug, with reason and who in the body as for a command.</summary>
    public static void MapLogLevels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/log-level", (LogLevels levels) => new LogLevelsBody(levels.All));
        api.MapPut("/log-level", async (HttpContext http, LogLevels levels, OperatorCommands commands) =>
        {
            var (asked, level) = (OperatorNames.TextOf(http.Request.Query, "source") ?? LogLevels.Default, OperatorNames.TextOf(http.Request.Query, "level") ?? "");
            var source = levels.Find(asked) ?? throw OperatorProblem.NotFound("source", asked, levels.All.Keys);
            if (!LogLevels.Names.Contains(level, StringComparer.OrdinalIgnoreCase))
                throw OperatorProblem.BadRequest($"level was '{OperatorProblem.Echo(level)}'; allowed is {string.Join(", ", LogLevels.Names)}");
            await commands.ChangeLevelAsync(source, level, levels, await CommandRequest.ReadAsync(http.Request, http.RequestAborted));
            return new LogLevelsBody(levels.All);
        });
    }
}
