using Granary.Grains.Interfaces.Risk;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Operator;

/// <summary>
/// Carries out an operator's commands and records each in the journal as an incident of kind <see cref="IncidentKind"/>. The command comes first: a
/// broken journal must not keep an operator from halting.
/// </summary>
public sealed partial class OperatorCommands(IGrainFactory grains, IJournal journal, TimeProvider time, ILogger<OperatorCommands> logger)
{
    /// <summary>Kind of the incident that records a command.</summary>
    public const string IncidentKind = "OperatorCommand";

    private const string Who = "operator";

    private static readonly Dictionary<string, Func<IRiskGrain, string, ValueTask<RiskView>>> Actions = new(StringComparer.Ordinal)
    {
        ["halt"] = (grain, reason) => grain.SetState("Halted", reason, Who),
        ["reduce-only"] = (grain, reason) => grain.SetState("ReduceOnly", reason, Who),
        ["resume"] = (grain, reason) => grain.SetState("Active", reason, Who),
        ["flatten"] = (grain, reason) => grain.Flatten(reason, Who),
        ["reconcile"] = (grain, reason) => grain.Reconcile(reason),
    };

    /// <summary>Names of the commands.</summary>
    public static IReadOnlyCollection<string> Names => Actions.Keys;

    /// <summary>Carries out a command; once begun it is not given up when the caller goes away.</summary>
    /// <param name="command">One of <see cref="Names"/>.</param>
    /// <param name="account">A configured account.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <exception cref="OperatorProblem">409 when the account refuses, 504 when the outcome is unknown, 500 when it failed.</exception>
    public async Task<CommandBody> RunAsync(string command, string account, string reason)
    {
        var said = reason.Length > 0 ? reason : "no reason given";
        LogCommand(command, account, said);
        try
        {
            var view = await Actions[command](grains.GetGrain<IRiskGrain>(account), said);
            var recorded = await RecordAsync(command, account, said, "carried out", $"state {view.State}");
            return new CommandBody(account, command, reason, recorded, AccountBody.From(view));
        }
        catch (Exception e)
        {
            var problem = e switch
            {
                TimeoutException => new OperatorProblem(
                    StatusCodes.Status504GatewayTimeout, "Outcome unknown", $"account {account} did not answer to {command} in time; it may still be carried out: look at the account"),
                InvalidOperationException or ArgumentException => new OperatorProblem(
                    StatusCodes.Status409Conflict, "Refused", $"account {account} refuses to {command}: {e.Message}"),
                _ => new OperatorProblem(StatusCodes.Status500InternalServerError, "Failed", $"{command} of account {account} failed: {e.Message}"),
            };
            LogFailed(e, command, account);
            await RecordAsync(command, account, said, problem.Title.ToLowerInvariant(), e.Message);
            throw problem;
        }
    }

    private async Task<bool> RecordAsync(string command, string account, string reason, string done, string result)
    {
        var record = new IncidentRecord($"account {account}", IncidentKind, $"{command}: {reason}", done, result, time.GetUtcNow().ToUnixTimeMilliseconds());
        try
        {
            await journal.AppendAsync([record], epoch: null);
            return true;
        }
        catch (JournalException e)
        {
            LogNotRecorded(e, command, account);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "operator command {Command} for account {Account}: {Reason}")]
    private partial void LogCommand(string command, string account, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "operator command {Command} for account {Account} failed")]
    private partial void LogFailed(Exception exception, string command, string account);

    [LoggerMessage(Level = LogLevel.Error, Message = "operator command {Command} for account {Account} could not be recorded in the journal")]
    private partial void LogNotRecorded(Exception exception, string command, string account);
}
