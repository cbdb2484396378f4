using Granary.Grains.Interfaces.Risk;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Silo.Logging;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Operator;

/// <summary>
/// Carries out an operator's commands and records each in the journal as an incident of kind <see cref="IncidentKind"/>. The command comes first: a
/// broken journal must not keep an operator from halting.
/// </summary>
public sealed partial class OperatorCommands(
    IGrainFactory grains, EngineObserver observer, IJournal journal, TimeProvider time, ILogger<OperatorCommands> logger)
{
    /// <summary>Kind of the incident that records a command.</summary>
    public const string IncidentKind = "OperatorCommand";

    private static readonly Dictionary<string, Func<IRiskGrain, CommandRequest, ValueTask<RiskView>>> OfAccount = new(StringComparer.Ordinal)
    {
        ["halt"] = (grain, request) => grain.SetState("Halted", request.Reason, request.Who),
        ["reduce-only"] = (grain, request) => grain.SetState("ReduceOnly", request.Reason, request.Who),
        ["resume"] = (grain, request) => grain.SetState("Active", request.Reason, request.Who),
        ["flatten"] = (grain, request) => grain.Flatten(request.Reason, request.Who),
        ["reconcile"] = (grain, request) => grain.Reconcile(request.Reason),
    };

    private static readonly Dictionary<string, string> OfEngine = new(StringComparer.Ordinal)
    {
        ["halt"] = "Halt",
        ["reduce-only"] = "ReduceOnly",
        ["resume"] = "None",
        ["flatten"] = "Flatten",
    };

    /// <summary>Names of the commands to an account.</summary>
    public static IReadOnlyCollection<string> Names => OfAccount.Keys;

    /// <summary>Names of the commands to the whole engine.</summary>
    public static IReadOnlyCollection<string> EngineNames => OfEngine.Keys;

    /// <summary>Carries out a command; once begun it is not given up when the caller goes away.</summary>
    /// <param name="command">One of <see cref="Names"/>.</param>
    /// <param name="account">A configured account.</param>
    /// <param name="request">Why and who.</param>
    /// <exception cref="OperatorProblem">409 when the account refuses, 504 when the outcome is unknown, 500 when it failed.</exception>
    public async Task<CommandBody> RunAsync(string command, string account, CommandRequest request)
    {
        var view = await CarryOutAsync(command, $"account {account}", request, said => OfAccount[command](grains.GetGrain<IRiskGrain>(account), said));
        var recorded = await RecordAsync(command, $"account {account}", Said(request), "carried out", $"state {view.State}");
        return new CommandBody(account, command, request.Reason, recorded, AccountBody.From(view));
    }

    /// <summary>Carries out a command to the whole engine.</summary>
    /// <param name="command">One of <see cref="EngineNames"/>.</param>
    /// <param name="request">Why and who.</param>
    /// <exception cref="OperatorProblem">409 when the engine refuses, 504 when the outcome is unknown, 500 when it failed.</exception>
    public async Task<EngineCommandBody> RunEngineAsync(string command, CommandRequest request)
    {
        var answer = await CarryOutAsync(
            command, "engine", request, said => grains.GetGrain<IKillSwitchGrain>(IKillSwitchGrain.Key).Set(OfEngine[command], said.Reason, said.Who));
        var result = answer.Untold.Count == 0 ? $"stop {answer.Stop.Action}" : $"stop {answer.Stop.Action}, not told yet: {string.Join(", ", answer.Untold)}";
        var recorded = await RecordAsync(command, "engine", Said(request), "carried out", result);
        return new EngineCommandBody(command, request.Reason, recorded, answer.Stop, answer.Untold, await observer.GetAccountsAsync(CancellationToken.None));
    }

    /// <summary>Changes a level of the log and records who did.</summary>
    /// <param name="source">A name of <see cref="LogLevels.All"/>.</param>
    /// <param name="level">A name of <see cref="LogLevels.Names"/>.</param>
    /// <param name="levels">The levels.</param>
    /// <param name="request">Why and who.</param>
    public async Task ChangeLevelAsync(string source, string level, LogLevels levels, CommandRequest request)
    {
        var said = Said(request);
        var before = levels.All[source];
        levels.TrySet(source, level);
        LogCommand("log-level", source, said.Who, said.Reason);
        await RecordAsync("log-level", $"log {source}", said, "carried out", $"level {levels.All[source]}, was {before}");
    }

    private static CommandRequest Said(CommandRequest request) => request.Reason.Length > 0 ? request : request with { Reason = "no reason given" };

    private async Task<T> CarryOutAsync<T>(string command, string scope, CommandRequest request, Func<CommandRequest, ValueTask<T>> call)
    {
        var said = Said(request);
        LogCommand(command, scope, said.Who, said.Reason);
        try
        {
            return await call(said);
        }
        catch (Exception e)
        {
            var problem = e switch
            {
                TimeoutException => new OperatorProblem(
                    StatusCodes.Status504GatewayTimeout, "Outcome unknown", $"{scope} did not answer to {command} in time; it may still be carried out: look at the account"),
                InvalidOperationException or ArgumentException => new OperatorProblem(
                    StatusCodes.Status409Conflict, "Refused", $"{scope} refuses to {command}: {e.Message}"),
                _ => new OperatorProblem(StatusCodes.Status500InternalServerError, "Failed", $"{command} of {scope} failed: {e.Message}"),
            };
            LogFailed(e, command, scope);
            await RecordAsync(command, scope, said, problem.Title.ToLowerInvariant(), e.Message);
            throw problem;
        }
    }

    private async Task<bool> RecordAsync(string command, string scope, CommandRequest said, string done, string result)
    {
        var by = said.Who == CommandRequest.WhoDefault ? "" : $" by {said.Who}";
        var record = new IncidentRecord(scope, IncidentKind, $"{command}{by}: {said.Reason}", done, result, time.GetUtcNow().ToUnixTimeMilliseconds());
        try
        {
            await journal.AppendAsync([record], epoch: null);
            return true;
        }
        catch (JournalException e)
        {
            LogNotRecorded(e, command, scope);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "operator command {Command} for {Scope} by {Who}: {Reason}")]
    private partial void LogCommand(string command, string scope, string who, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "operator command {Command} for {Scope} failed")]
    private partial void LogFailed(Exception exception, string command, string scope);

    [LoggerMessage(Level = LogLevel.Error, Message = "operator command {Command} for {Scope} could not be recorded in the journal")]
    private partial void LogNotRecorded(Exception exception, string command, string scope);
}
