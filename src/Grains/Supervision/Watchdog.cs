using System.Globalization;
using Granary.Engine.Supervision;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Telemetry;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Granary.Grains.Supervision;

/// <summary>
/// Keeps the configured grains active by asking each of them every few seconds, and acts on what does not answer: begins it anew where that is safe, halts the
/// accounts that trade with it where it is not. Looks at the queues as well. Runs on <see cref="TimeProvider"/> and waits for no grain.
/// </summary>
public sealed partial class Watchdog
{
    /// <summary>Who halts an account.</summary>
    public const string Who = "watchdog";

    private const long RestartWindowMs = 600_000;

    /// <summary>Rounds without an answer after which those who wait for a grain are held up by it.</summary>
    private const long LateRounds = 2;

    private readonly IGrainFactory _grains;
    private readonly WatchdogFindings _findings;
    private readonly IActivationControl? _control;
    private readonly TimeProvider _time;
    private readonly EngineMetrics _metrics;
    private readonly ILogger<Watchdog> _logger;
    private readonly TimeSpan _interval;
    private readonly IReadOnlyList<WatchedGrain> _watched;
    private readonly GrainSupervisor _supervisor;
    private readonly IReadOnlyList<WatchedQueue> _queues;

    /// <summary>Accounts that are to be halted and have not confirmed it.</summary>
    private readonly SortedDictionary<string, string> _halts = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int[] _mailboxes = [];

    /// <summary>Creates the watchdog; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="settings">What is configured.</param>
    /// <param name="grains">Makes references to the grains.</param>
    /// <param name="queues">The queues to look at beside the grains' own.</param>
    /// <param name="findings">Told what is found.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">The instruments.</param>
    /// <param name="logger">The log.</param>
    /// <param name="control">The inside of the actor runtime, where it shows it.</param>
    public Watchdog(
        EngineSettings settings, IGrainFactory grains, IEnumerable<WatchedQueue> queues, WatchdogFindings findings, TimeProvider time, EngineMetrics metrics,
        ILogger<Watchdog> logger, IActivationControl? control = null)
    {
        _grains = grains;
        _findings = findings;
        _control = control;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _interval = TimeSpan.FromMilliseconds(settings.KeepAliveIntervalMs);
        _watched = WatchedGrains.Of(settings, grains);
        var places = _watched.Select((w, i) => (w.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        _supervisor = new GrainSupervisor(
            [.. _watched.Select(w => new GrainRule(w.Name, w.Remedy, w.StuckMs, [.. w.WaitsFor.Select(name => places[name])]))],
            Math.Min(LateRounds * settings.KeepAliveIntervalMs, settings.Watchdog.StuckMs / 2), settings.Watchdog.RestartsMax, RestartWindowMs);
        _queues =
        [
            .. queues,
            .. _control is null ? [] : _watched.Select((w, i) => new WatchedQueue(
                $"calls of {w.Name}", () => _mailboxes.Length > i ? _mailboxes[i] : 0, _control.QueueMax, settings.Watchdog.Queue)),
        ];
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            LookAtGrains();
            foreach (var queue in _queues) LookAt(queue);
            foreach (var watched in _watched) _ = watched.AskAsync(NowMs, LogNoAnswer);
            HaltAccounts();
            await Task.Delay(_interval, _time, cancellationToken);
        }
    }

    private void LookAtGrains()
    {
        var now = NowMs;
        var seen = _control?.Look();
        _mailboxes = [.. _watched.Select(w => Find(w)?.QueueLength ?? 0)];
        var sightings = _watched.Select(w => new GrainSighting(
            w.UnansweredMs(now), seen is null ? null : Find(w)?.BusyMs ?? 0, Find(w)?.TimerMs ?? 0)).ToArray();
        foreach (var verdict in _supervisor.Look(now, sightings)) Act(_watched[verdict.Index], verdict, sightings[verdict.Index]);

        ActivationSighting? Find(WatchedGrain w) => seen is not null && seen.TryGetValue(w.Grain.GetGrainId(), out var sighting) ? sighting : null;
    }

    private void Act(WatchedGrain watched, GrainVerdict verdict, GrainSighting sighting)
    {
        if (verdict.Action == GrainAction.Answers)
        {
            _findings.Resolve(
                IncidentKinds.GrainAnswers, IncidentKinds.GrainStuck, watched.Name, $"it answers again after {Seconds(verdict.ForMs)}",
                $"restarts {verdict.Restarts}; what was halted stays so until an operator resumes it");
            return;
        }

        var what = sighting.TimerMs >= watched.StuckMs ? "a timer's tick does not end" : "no answer";
        var seen = $"{what} for {Seconds(verdict.ForMs)}";
        if (verdict.Action == GrainAction.Restart && _control is not null && _control.Abandon(watched.Grain.GetGrainId(), seen))
        {
            _metrics.WatchdogRestarts.Add(1, new KeyValuePair<string, object?>("grain", watched.Name));
            _findings.Raise(
                IncidentKinds.GrainStuck, watched.Name, seen, $"begun anew (restart {verdict.Restarts})",
                "the new one goes on from the journal; the old one can write and send nothing");
            return;
        }

        var why = watched.Remedy == GrainRemedy.Halt ? "it may not be begun anew: what it has on its way would leave late"
            : _control is null ? "this actor runtime cannot begin it anew" : "restarts have not helped";
        _findings.Raise(
            IncidentKinds.GrainStuck, watched.Name, seen, $"{why}; halting {string.Join(", ", watched.Accounts)}", "Halted until an operator resumes it");
        lock (_gate)
        {
            foreach (var account in watched.Accounts) _halts[account] = $"{watched.Name}: {seen}";
        }
    }

    /// <summary>Each account that is to be halted is told until it has confirmed it.</summary>
    private void HaltAccounts()
    {
        KeyValuePair<string, string>[] halts;
        lock (_gate) halts = [.. _halts];
        foreach (var (account, reason) in halts) _ = HaltAsync(account, reason);
    }

    private async Task HaltAsync(string account, string reason)
    {
        try
        {
            await _grains.GetGrain<IRiskGrain>(account).Halt(reason, Who);
            lock (_gate) _halts.Remove(account);
        }
        catch (Exception e)
        {
            LogNotHalted(e, account);
        }
    }

    private void LookAt(WatchedQueue queue)
    {
        var (verdict, length, perSecond) = queue.Look(NowMs);

        // There may be a thousand queues: those that are short have no series of their own.
        if (queue.IsGrowing || verdict == QueueVerdict.Over) _metrics.WatchdogQueue.Record(length, new KeyValuePair<string, object?>("queue", queue.Name));
        if (verdict == QueueVerdict.None) return;
        var seen = string.Create(CultureInfo.InvariantCulture, $"{length} of {queue.Bound} wait, {perSecond:+0.#;-0.#;0} a second");
        if (verdict == QueueVerdict.Growing)
            _findings.Raise(IncidentKinds.QueueGrowing, queue.Name, seen, queue.Told(), queue.AtBound);
        else _findings.Resolve(IncidentKinds.QueueShort, IncidentKinds.QueueGrowing, queue.Name, $"{seen}; {queue.Told()}", "nothing waits for it any more");
    }

    private static string Seconds(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 1_000.0:0.#} s");

    private void LogNoAnswer(WatchedGrain watched, Exception error) => LogPingFailed(error, watched.Name);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Grain} could not be activated or did not answer; it is tried again")]
    private partial void LogPingFailed(Exception exception, string grain);

    [LoggerMessage(Level = LogLevel.Error, Message = "account {Account} could not be halted yet; it is tried again")]
    private partial void LogNotHalted(Exception exception, string account);
}
