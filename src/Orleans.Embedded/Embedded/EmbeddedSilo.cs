using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Embedded.Activations;
using Orleans.Embedded.CodeGeneration;
using Orleans.Embedded.Hosting;
using Orleans.Embedded.Scheduling;
using Orleans.Embedded.Validation;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// All grains of one process. Registered as a singleton by UseOrleans, which also starts and stops it with the host. Not Microsoft Orleans: the same
/// programming model for one process, without transport, membership or cluster.
/// </summary>
public sealed partial class EmbeddedSilo
{
    /// <summary>What logs, health checks and consoles call this runtime.</summary>
    public const string RuntimeName = "Orleans.Embedded (one process; not Microsoft Orleans)";

    private static readonly TimeSpan s_stopMargin = TimeSpan.FromSeconds(5);

    private readonly GrainAssemblies _assemblies;
    private readonly Activation _nowhere;
    private readonly int _queuedMax;
    private volatile SiloState _state;

    internal EmbeddedSilo(IServiceProvider services)
    {
        Services = services;
        TimeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System;
        MessagingOptions = OptionsOf<SiloMessagingOptions>(services);
        CollectionOptions = OptionsOf<GrainCollectionOptions>(services);
        SchedulingOptions = OptionsOf<SchedulingOptions>(services);
        OptionsValidation.Check(MessagingOptions, CollectionOptions, SchedulingOptions);
        _queuedMax = MessagingOptions.MaxEnqueuedRequestsHardLimit == 0 ? int.MaxValue : MessagingOptions.MaxEnqueuedRequestsHardLimit;
        Log = new SiloLog((ILogger?)services.GetService<ILoggerFactory>()?.CreateLogger("Orleans.Embedded") ?? NullLogger.Instance);
        _assemblies = services.GetService<GrainAssemblies>() ?? new GrainAssemblies();
        Scheduler = services.GetService<SchedulerFactory>()?.Create(this) ?? new ThreadPoolScheduler(this);
        References = new ReferenceFactory(this);
        _nowhere = new Activation(new GrainClass(this, GrainType.Create("sys.nowhere")), IdSpan.Create("nowhere"));
    }

    /// <summary>Name in logs.</summary>
    public string Name => "embedded";

    /// <summary>The host's services.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The silo's clock: the registered <see cref="System.TimeProvider"/>, or the system's.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Where the silo stands.</summary>
    public SiloState State => _state;

    /// <summary>Makes references to grains.</summary>
    public IGrainFactory GrainFactory => References;

    /// <summary>Access to grains from outside of grains.</summary>
    public IClusterClient Client => References;

    internal SiloMessagingOptions MessagingOptions { get; }

    internal GrainCollectionOptions CollectionOptions { get; }

    internal SchedulingOptions SchedulingOptions { get; }

    internal SiloLog Log { get; }

    internal SiloScheduler Scheduler { get; }

    internal ReferenceFactory References { get; }

    /// <summary>Validates all grain interfaces and takes calls from here on.</summary>
    /// <exception cref="GrainContractException">A grain interface carries a type that Microsoft Orleans could not serialize, or grain classes clash.</exception>
    /// <exception cref="InvalidOperationException">The silo was started before.</exception>
    public void Start()
    {
        if (_state != SiloState.Created) throw new InvalidOperationException($"The silo is {_state}; it starts once.");
        var manifest = _assemblies.Build();
        GrainContracts.Check(manifest);
        Copying.CopierProvider.Register(manifest);
        References.Use(manifest);
        Scheduler.Start(CollectIdle);
        _state = SiloState.Running;
        Log.Started(RuntimeName, References.Classes.Count);
    }

    /// <summary>
    /// Ends all activations, in the order of their ids, and refuses new ones. Waits at most the deactivation timeout plus 5 s; what has not ended by then is
    /// left behind with a warning.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_state != SiloState.Running) return;
        _state = SiloState.Stopping;
        var activations = References.Classes.SelectMany(grainClass => grainClass.Activations).OrderBy(activation => activation.GrainId).ToList();
        foreach (var activation in activations) activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops."), cancellationToken);
        try
        {
            await Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(CollectionOptions.DeactivationTimeout + s_stopMargin, TimeProvider, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            Log.StopTookTooLong(activations.Count(activation => !activation.IsEnded));
        }

        _state = SiloState.Stopped;
        Scheduler.Stop();
        foreach (var call in Scheduler.PendingCalls.ToList()) call.TryAbandon(call.Word, new SiloUnavailableException("The silo has stopped; whether the call ran is unknown."));
    }

    internal void Send(GrainCall call, GrainProxy proxy)
    {
        call.Sender = Activation.Current;
        call.RequestContext = RequestContext.Current;
        if (call.Sender is { IsAbandoned: true } sender)
        {
            call.Target = _nowhere;
            call.Reject(new OrleansMessageRejectionException($"{sender.GrainId} was left behind; its successor speaks for it."));
            return;
        }

        var target = proxy.Target;
        if (target is null || target.IsEnded)
        {
            target = Resolve(proxy.Shared.Class, proxy.Key);
            if (target is null)
            {
                call.Target = _nowhere;
                call.Reject(Unavailable(proxy.Shared.Class, proxy.GrainId));
                return;
            }

            proxy.Target = target;
        }

        call.Target = target;
        if (_state >= SiloState.Stopped)
        {
            call.Reject(Unavailable(proxy.Shared.Class, proxy.GrainId));
            return;
        }

        var queued = target.Reserve();
        if (queued > _queuedMax)
        {
            RejectOverflow(call, target, queued);
            return;
        }

        if (call.Cancellation is { } cancellation)
        {
            var word = call.Word;
            Scheduler.Deliver(call, target);
            cancellation.Start(word);
            return;
        }

        Scheduler.Deliver(call, target);
    }

    /// <summary>A call found its activation ended; it goes to a new one.</summary>
    internal void Redirect(GrainCall call)
    {
        var old = call.Target!;
        var target = Resolve(old.Class, old.Key);
        if (target is null || ReferenceEquals(target, old))
        {
            call.Reject(Unavailable(old.Class, old.GrainId));
            return;
        }

        call.Target = target;
        target.Reserve();
        target.Push(call, false);
    }

    internal GrainReference CreateReference(GrainReference reference, Type interfaceType) => References.Create(reference, interfaceType);

    internal void OnOneWayFailed(GrainCall call, Exception exception)
    {
        Interlocked.Increment(ref Scheduler.Counters.OneWayFailureCount);
        Log.OneWayFailed(call.Method.Name, call.Target!.GrainId, exception);
    }

    /// <summary>Everything is gone at once, as when the process is killed.</summary>
    internal void Crash()
    {
        _state = SiloState.Crashed;
        foreach (var grainClass in References.Classes) grainClass.Clear();
    }

    private static TOptions OptionsOf<TOptions>(IServiceProvider services)
        where TOptions : class, new() => services.GetService<IOptions<TOptions>>()?.Value ?? new TOptions();

    private Activation? Resolve(GrainClass grainClass, IdSpan key) => _state switch
    {
        SiloState.Running => grainClass.IsObserver ? grainClass.Find(key) : grainClass.GetOrAdd(key),
        SiloState.Stopping => grainClass.Find(key),
        _ => null
    };

    private Exception Unavailable(GrainClass grainClass, GrainId id) => grainClass.IsObserver && _state == SiloState.Running
        ? new ClientNotAvailableException(id)
        : new SiloUnavailableException($"The silo is {_state}; {id} cannot be called.");

    private void RejectOverflow(GrainCall call, Activation target, int queued)
    {
        target.Unreserve();
        Interlocked.Increment(ref call.IsOneWay ? ref Scheduler.Counters.OneWayDropCount : ref Scheduler.Counters.OverflowCount);
        call.Reject(new LimitExceededException(nameof(SiloMessagingOptions.MaxEnqueuedRequestsHardLimit), queued, _queuedMax, $"Calls waiting at {target.GrainId}."));
    }

    private void CollectIdle(uint nowSeconds)
    {
        References.DropCollectedObservers();
        foreach (var grainClass in References.Classes)
        {
            if (grainClass.IsKeptAlive) continue;

            // In the order of their keys, so that a seeded run is the same each time.
            var idle = grainClass.Activations.Where(activation => activation.IsIdle(nowSeconds)).OrderBy(activation => activation.Key).ToList();
            foreach (var activation in idle) activation.CollectIfIdle();
        }
    }
}
