using Granary.Engine.Risk;
using Granary.Engine.Snapshots;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Risk;
using Granary.Journal;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Granary.Grains.Risk;

/// <summary>Keeps the stop of the whole engine in the journal, and tells the accounts.</summary>
[GrainType("kill-switch")]
public sealed partial class KillSwitchGrain(EngineSettings settings, IJournal journal, TimeProvider time, ILogger<KillSwitchGrain> logger) : Grain, IKillSwitchGrain
{
    private const string Owner = "kill-switch";

    private readonly KillSwitch _switch = new([]);
    private JournalEpoch _epoch = null!;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString() is not IKillSwitchGrain.Key and var key) throw new KeyNotFoundException($"there is no kill switch {key}");
        _epoch = await journal.AcquireEpochAsync(Owner, cancellationToken);
        if (await journal.Reader.GetSnapshotAsync(Owner, cancellationToken) is { } snapshot)
        {
            var reader = new SnapshotReader(snapshot.Bytes);
            _switch.Read(ref reader);
        }

        await base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask Ping() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<EngineStop> GetStop() => ValueTask.FromResult(Message(_switch.OfEngine));

    /// <inheritdoc/>
    public async ValueTask<EngineStopAnswer> Set(string action, string reason, string who)
    {
        if (!Enum.TryParse<StopAction>(action, out var wanted) || !Enum.IsDefined(wanted))
            throw new ArgumentException($"action was '{action}', expected {string.Join(", ", Enum.GetNames<StopAction>())}", nameof(action));
        var before = _switch.OfEngine;

        // Two stops of one millisecond are two.
        var stop = new StopOrder(wanted, StopScope.Engine, who, reason, Math.Max(NowMs, before.TimeMs + 1));
        JournalException? unwritten = null;
        try
        {
            await AppendAsync(stop);
        }
        catch (StaleEpochException e)
        {
            LogStale(e.Message);
            DeactivateOnIdle();
            throw;
        }
        catch (JournalException e) when (wanted > before.Action)
        {
            // A broken journal keeps nobody from stopping; whoever asked is told that it will not outlive a restart.
            unwritten = e;
        }

        _switch.Request(stop);
        LogStop(wanted, who, reason);
        var untold = await TellAsync(Message(stop));
        if (unwritten is not null) throw unwritten;
        return new EngineStopAnswer(Message(stop), untold);
    }

    private async Task AppendAsync(StopOrder stop)
    {
        var next = new KillSwitch([]);
        next.Request(stop);
        var writer = new SnapshotWriter();
        next.Write(writer);
        await journal.AppendAsync(
            [
                new IncidentRecord("engine", "EngineStop", $"{stop.Who}: {stop.Reason}", stop.Action == StopAction.None ? "stop lifted" : stop.Action.ToString(), $"every account {stop.State}", stop.TimeMs),
                new SnapshotRecord(Owner, writer.ToArray(), stop.TimeMs),
            ],
            _epoch);
    }

    private async Task<IReadOnlyList<string>> TellAsync(EngineStop stop)
    {
        var untold = new List<string>();
        foreach (var account in settings.Accounts)
        {
            try
            {
                await GrainFactory.GetGrain<IRiskGrain>(account.Name).OnEngineStop(stop);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogUntold(e, account.Name);
                untold.Add(account.Name);
            }
        }

        return untold;
    }

    private static EngineStop Message(StopOrder stop) => new(stop.Action.ToString(), stop.Who, stop.Reason, stop.TimeMs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the engine's stop is {Action} ({Who}: {Reason})")]
    private partial void LogStop(StopAction action, string who, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "account {Account} could not be told of the engine's stop; it finds out at its next audit")]
    private partial void LogUntold(Exception exception, string account);

    [LoggerMessage(Level = LogLevel.Error, Message = "this activation is not the newest any more and stops: {Error}")]
    private partial void LogStale(string error);
}
