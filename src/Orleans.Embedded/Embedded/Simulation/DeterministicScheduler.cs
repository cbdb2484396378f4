using System.Globalization;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.Simulation;

/// <summary>
/// Runs silos, and any asynchronous code beside them, on one thread and on virtual time. Which of the turns that could run next does run is chosen by a seed,
/// and so are message delays and losses; time moves when nothing can run. Code that runs here must get its time, delays and timeouts from the simulation's
/// <see cref="System.TimeProvider"/> and must not leave the thread: no Task.Run, no ConfigureAwait(false), no socket or asynchronous file. That goes for the
/// framework's own code too where it awaits without coming back: read a channel by WaitToReadAsync and TryRead, not by ReadAllAsync; do not combine (WhenAny,
/// WhenAll, WaitAsync) the task of a completion source that has RunContinuationsAsynchronously; do not give SemaphoreSlim.WaitAsync a timeout or token; cancel
/// by Cancel, not by CancelAsync. A continuation that comes back from a foreign thread ends the run with a <see cref="SimulationException"/>. Drive a
/// simulation from one thread: between two runs call grains only from the thread that made the last run, or by <see cref="Run(Func{Task}, TimeSpan?)"/>.
/// </summary>
public sealed partial class DeterministicScheduler
{
    private readonly Lock _lock = new();
    private readonly SplitMix64 _random;
    private readonly List<(SimulationProcess Process, object Work)> _runnable = [];
    private readonly PriorityQueue<SimulationEvent, (long Ticks, long Sequence)> _events = new();
    private readonly List<SimulatedSilo> _silos = [];
    private readonly SimulationProcess _world;
    private readonly SimulationSlice _slice;
    private long _sequence;
    private int _processCount;
    private volatile bool _isRunning;
    private volatile int _drivingThread = Environment.CurrentManagedThreadId;
    private long _turnsAtInstant;
    private Exception? _failure;

    /// <summary>Creates a simulation.</summary>
    /// <param name="options">What it is run with.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public DeterministicScheduler(SimulationOptions? options = null)
    {
        Options = options ?? new SimulationOptions();
        Options.Validate();
        _random = new SplitMix64(Options.Seed);
        TimeProvider = new VirtualTimeProvider(Options.Start, isOwned: true);
        _world = new SimulationProcess(this, "world");
        _slice = new SimulationSlice(this);
        TraceHash = StableHash.Seed;
    }

    /// <summary>What the simulation is run with.</summary>
    public SimulationOptions Options { get; }

    /// <summary>Decides everything that is left to chance.</summary>
    public ulong Seed => Options.Seed;

    /// <summary>The clock of the world around the silos; timers made here outlive a silo's crash. A silo has a view of its own of the same time.</summary>
    public VirtualTimeProvider TimeProvider { get; }

    /// <summary>Virtual time.</summary>
    public DateTimeOffset Now => TimeProvider.GetUtcNow();

    /// <summary>Turns run so far.</summary>
    public long TurnCount { get; private set; }

    /// <summary>Hash over number, time, actor and method of every turn so far; equal runs have equal hashes.</summary>
    public ulong TraceHash { get; private set; }

    /// <summary>Runs tasks as turns of the world around the silos.</summary>
    public TaskScheduler TaskScheduler => _world.Tasks;

    /// <summary>
    /// Starts work of the world around the silos, for example a simulated venue; it goes on over crashes. If it fails, the run ends with the exception, whether
    /// or not anyone looks at the task.
    /// </summary>
    /// <param name="work">The work; its token is never cancelled.</param>
    public Task StartBackground(Func<CancellationToken, Task> work) => StartBackground(_world, work);

    /// <summary>Text that lets a failure be run again.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, turn {TurnCount}, {Now:O}, trace {TraceHash:x16}");

    internal Task StartBackground(SimulationProcess process, Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var token = process.Stopping.Token;
        return Start(process, () => Guard(process, work, token));
    }

    internal static Task Start(SimulationProcess process, Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, process.Tasks).Unwrap();

    internal SimulationProcess CreateProcess(SimulatedSilo silo, string name)
    {
        _silos.RemoveAll(static other => other.IsDead);
        _silos.Add(silo);
        return new SimulationProcess(this, string.Create(CultureInfo.InvariantCulture, $"{name}#{++_processCount}"));
    }

    /// <summary>Something can run: an activation, a task, the end of a call, a timer.</summary>
    internal void Add(SimulationProcess process, object work)
    {
        if (IsForeignThread)
        {
            Fail("A thread from outside of the simulation resumed work in it; find what left the simulation's thread (Task.Run, ConfigureAwait(false), real timers, sockets or files)", new InvalidOperationException(Environment.StackTrace));
            return;
        }

        lock (_lock)
        {
            if (process.IsAlive) _runnable.Add((process, work));
        }
    }

    /// <summary>Between runs the pool's threads are told apart from the one that drives the simulation.</summary>
    private bool IsForeignThread => Environment.CurrentManagedThreadId != _drivingThread && (_isRunning || Thread.CurrentThread.IsThreadPoolThread);

    /// <summary>Something happens after a delay drawn from the options.</summary>
    internal void AddEvent(SimulationProcess process, long ticks, Action action) =>
        _events.Enqueue(new SimulationEvent(process, action), (ticks, ++_sequence));

    internal long NextDelayTicks() => Options.MessageDelayMax == TimeSpan.Zero ? 0 : _random.Between(Options.MessageDelayMin.Ticks, Options.MessageDelayMax.Ticks);

    internal bool NextIsDropped() => Options.OneWayDropProbability > 0 && _random.Fraction() < Options.OneWayDropProbability;

    internal void Trace(ulong actor, string name)
    {
        var hash = StableHash.Combine(TraceHash, (ulong)TurnCount);
        hash = StableHash.Combine(hash, (ulong)TimeProvider.NowTicks);
        hash = StableHash.Combine(hash, actor);
        TraceHash = StableHash.Combine(hash, StableHash.Of64(name));
    }

    /// <summary>Removes everything that a process was about to do.</summary>
    internal void Kill(SimulationProcess process)
    {
        lock (_lock)
        {
            process.IsAlive = false;
            _runnable.RemoveAll(unit => ReferenceEquals(unit.Process, process));
        }

        TimeProvider.RemoveTimersOf(process);
    }

    internal void Fail(string what, Exception exception)
    {
        var failure = new SimulationException($"{what} ({this}): {exception.Message}", exception);
        Interlocked.CompareExchange(ref _failure, failure, null);
    }

    private async Task Guard(SimulationProcess process, Func<CancellationToken, Task> work, CancellationToken token)
    {
        try
        {
            await work(token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            Fail($"Background work of {process.Name} failed", exception);
            throw;
        }
    }
}
