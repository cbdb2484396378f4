using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Scheduling;
using Orleans.Runtime;

namespace Orleans.Embedded.Simulation;

/// <content>Running turns and moving time.</content>
public sealed partial class DeterministicScheduler
{
    private static readonly TimeSpan s_straysMax = TimeSpan.FromMilliseconds(1);

    private long _poolCompleted;

    /// <summary>Whether nothing can run, no message is under way and no grain call waits for its answer. Timers may still be set.</summary>
    public bool IsQuiet => _runnable.Count == 0 && _events.Count == 0 && !_silos.Exists(silo => silo.HasCallsUnderWay);

    /// <summary>Runs everything up to a virtual instant.</summary>
    /// <param name="instant">The instant; not before now.</param>
    /// <exception cref="SimulationException">Background work failed, a foreign thread took part, or time stands still.</exception>
    public void RunUntil(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, Now);
        Loop(instant.UtcTicks, static () => false);
        TimeProvider.SetNow(instant.UtcTicks);
        TellTime();
    }

    /// <summary>Runs everything for a virtual time.</summary>
    /// <param name="time">How long.</param>
    /// <inheritdoc cref="RunUntil(DateTimeOffset)" path="/exception"/>
    public void RunFor(TimeSpan time) => RunUntil(Now + time);

    /// <summary>Runs until <see cref="IsQuiet"/>.</summary>
    /// <param name="bound">Longest virtual time.</param>
    /// <returns>Whether it became quiet in time.</returns>
    /// <inheritdoc cref="RunUntil(DateTimeOffset)" path="/exception"/>
    public bool RunUntilQuiet(TimeSpan bound) => RunUntil(() => IsQuiet, bound);

    /// <summary>Runs until a condition holds; it is looked at between turns.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="bound">Longest virtual time.</param>
    /// <returns>Whether it held in time.</returns>
    /// <inheritdoc cref="RunUntil(DateTimeOffset)" path="/exception"/>
    public bool RunUntil(Func<bool> condition, TimeSpan bound)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var end = Now + bound;
        if (Loop(end.UtcTicks, condition)) return true;
        TimeProvider.SetNow(end.UtcTicks);
        TellTime();
        return condition();
    }

    /// <summary>Runs work of the world around the silos to its end and gives its result.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <param name="work">The work; it may call grains and await anything of the simulation.</param>
    /// <param name="bound">Longest virtual time; default 1 h.</param>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    /// <inheritdoc cref="RunUntil(DateTimeOffset)" path="/exception"/>
    public T Run<T>(Func<Task<T>> work, TimeSpan? bound = null)
    {
        _drivingThread = Environment.CurrentManagedThreadId;
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler).Unwrap();
        Await(task, bound);
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run{T}"/>
    public void Run(Func<Task> work, TimeSpan? bound = null)
    {
        _drivingThread = Environment.CurrentManagedThreadId;
        var task = Start(_world, work);
        Await(task, bound);
        task.GetAwaiter().GetResult();
    }

    private void Await(Task task, TimeSpan? bound)
    {
        var time = bound ?? TimeSpan.FromHours(1);
        if (!RunUntil(() => task.IsCompleted, time)) throw new TimeoutException($"The work did not end within {time} of virtual time ({this}).");
    }

    private bool Loop(long endTicks, Func<bool> isDone)
    {
        if (_isRunning) throw new InvalidOperationException("The simulation is running already; do not run it from a turn.");
        var context = SynchronizationContext.Current;
        var values = RequestContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        RequestContext.Current = null;
        _drivingThread = Environment.CurrentManagedThreadId;
        _isRunning = true;
        try
        {
            while (true)
            {
                if (_failure is { } failure)
                {
                    _failure = null;
                    throw failure;
                }

                if (isDone()) return true;
                if (_runnable.Count > 0) RunTurn();
                else if (!MoveTime(endTicks) && !AwaitStrays()) return false;
            }
        }
        finally
        {
            _isRunning = false;
            RequestContext.Current = values;
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>
    /// At the end of a run, gives work that slipped away to the thread pool the moment it needs to come back, so that it is found out instead of being lost.
    /// Costs nothing while nobody uses the pool.
    /// </summary>
    /// <returns>Whether something came back.</returns>
    private bool AwaitStrays()
    {
        var completed = ThreadPool.CompletedWorkItemCount;
        if (completed == _poolCompleted && ThreadPool.PendingWorkItemCount == 0) return false;
        var start = System.TimeProvider.System.GetTimestamp();
        var spin = new SpinWait();
        while (ThreadPool.PendingWorkItemCount > 0 && _failure is null && System.TimeProvider.System.GetElapsedTime(start) < s_straysMax) spin.SpinOnce();
        for (var round = 0; round < 10 && _failure is null; round++) Thread.Yield();
        _poolCompleted = ThreadPool.CompletedWorkItemCount;
        return _failure is not null;
    }

    private void RunTurn()
    {
        if (++_turnsAtInstant > Options.TurnsPerInstantMax)
            throw new SimulationException($"Time stands still: more than {Options.TurnsPerInstantMax} turns at one instant ({this}). Something loops without waiting; or raise {nameof(SimulationOptions.TurnsPerInstantMax)}.");
        (SimulationProcess Process, object Work) unit;
        lock (_lock)
        {
            var index = _random.Below(_runnable.Count);
            unit = _runnable[index];
            _runnable[index] = _runnable[^1];
            _runnable.RemoveAt(_runnable.Count - 1);
        }

        TurnCount++;
        Execute(unit.Process, unit.Work);
        foreach (var silo in _silos) silo.OnTurnEnded(TurnCount);
    }

    private void Execute(SimulationProcess process, object work)
    {
        switch (work)
        {
            case Activation activation:
                TurnSlice.Current = _slice;
                _slice.Reset();
                if (activation.RunTurns(_slice)) Add(process, activation);
                TurnSlice.Current = null;
                break;
            case Task task:
                Trace(process.Hash, "task");
                process.Tasks.Execute(task);
                break;
            case ResumeItem item:
                Trace(process.Hash, "answer");
                Try(process, item.Execute);
                break;
            case VirtualTimer timer:
                Trace(process.Hash, "timer");
                Try(process, timer.Fire);
                break;
            default:
                throw new InvalidOperationException($"{work.GetType()} is no work of a simulation.");
        }
    }

    private void Try(SimulationProcess process, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Fail($"A callback of {process.Name} failed", exception);
        }
    }

    /// <summary>Moves the clock to the next thing that happens, if that is not after the end.</summary>
    private bool MoveTime(long endTicks)
    {
        var next = TimeProvider.NextDueTicks ?? long.MaxValue;
        if (_events.TryPeek(out _, out var priority)) next = Math.Min(next, priority.Ticks);
        foreach (var silo in _silos) next = Math.Min(next, silo.NextDeadlineTicks);
        next = Math.Max(next, TimeProvider.NowTicks);
        if (next > endTicks) return false;
        if (next > TimeProvider.NowTicks)
        {
            _turnsAtInstant = 0;
            TimeProvider.SetNow(next);
            TellTime();
        }

        while (_events.TryPeek(out var simulationEvent, out priority) && priority.Ticks <= next)
        {
            _events.Dequeue();
            if (simulationEvent.Process.IsAlive) simulationEvent.Action();
        }

        while (TimeProvider.TakeDue() is { } timer) Add(timer.Owner ?? _world, timer);
        foreach (var silo in _silos) silo.EndLateCalls(next);
        return true;
    }

    private void TellTime()
    {
        foreach (var silo in _silos) silo.TellTime(TimeProvider.NowTicks);
    }
}
