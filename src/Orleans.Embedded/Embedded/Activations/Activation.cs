using Orleans.Embedded.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>
/// One activation of a grain, or one observer object. It is the <see cref="TaskScheduler"/> of its grain: whatever the grain awaits goes on as a turn of this
/// activation, and turns never run at once. A single object, because there may be hundreds of thousands.
/// </summary>
internal sealed partial class Activation : TaskScheduler, IGrainContext
{
    private readonly IdSpan _key;
    private object? _instance;
    private ActivationExtras? _extras;
    private volatile ActivationState _state;
    private bool _deactivationRequested;

    public Activation(GrainClass grainClass, IdSpan key)
    {
        Class = grainClass;
        _key = key;
        LastActivitySeconds = grainClass.Silo.Scheduler.CoarseSeconds;
    }

    /// <summary>The activation whose turn runs on this thread.</summary>
    [field: ThreadStatic]
    public static new Activation? Current { get; private set; }

    public GrainClass Class { get; }

    public EmbeddedSilo Silo => Class.Silo;

    public GrainId GrainId => new(Class.GrainType, _key);

    public IdSpan Key => _key;

    public ActivationState State => _state;

    /// <summary>Whether calls go to a successor.</summary>
    public bool IsEnded => _state == ActivationState.Ended || IsAbandoned;

    public object? GrainInstance => _instance is WeakReference<object> weak ? weak.TryGetTarget(out var target) ? target : null : _instance;

    public GrainReference GrainReference => Silo.References.Create(this);

    public Task Deactivated => Extras.Deactivated.Task;

    public IServiceProvider ActivationServices => Extras.GetServices(Silo.Services);

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>When the last request began or ended, in the scheduler's coarse seconds.</summary>
    public uint LastActivitySeconds { get; private set; }

    /// <summary>Turns run so far; only written in a turn.</summary>
    public uint Turns { get; private set; }

    private ActivationExtras Extras => _extras ?? Interlocked.CompareExchange(ref _extras, new ActivationExtras(), null) ?? _extras;

    /// <summary>The activation that a grain object under construction belongs to.</summary>
    public static Activation ForConstruction(Type type)
    {
        var current = Current;
        if (current is null || current._state != ActivationState.Activating || current._instance is not null || current.Class.Type != type)
            throw new InvalidOperationException($"{type} is a grain and is made by the runtime only; get a reference from {nameof(IGrainFactory)}.");
        return current;
    }

    public static Activation Of(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain.GrainContext as Activation ?? throw new ArgumentException($"{grain.GetType()} has no activation; its {nameof(IGrainBase.GrainContext)} is null.", nameof(grain));
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => GrainId.ToString();

    /// <summary>Makes this the activation of an observer, which is there from the start.</summary>
    public void BecomeObserver(object observer)
    {
        _instance = new WeakReference<object>(observer);
        _state = ActivationState.Active;
    }

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
