using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded.Hosting;

namespace Orleans.Embedded.Simulation;

/// <summary>
/// A silo in a simulation, built from services as in a host. It can be killed at any turn: its activations, mailboxes, timers, calls under way and background
/// work are gone and never go on; start another one on the same scheduler for the restart.
/// </summary>
public sealed class SimulatedSilo
{
    private static readonly TimeSpan s_backgroundEndMax = TimeSpan.FromSeconds(30);

    private readonly DeterministicScheduler _scheduler;
    private readonly SimulationProcess _process;
    private readonly SimulationSiloScheduler _siloScheduler;
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _hosted = [];
    private readonly List<Task> _background = [];
    private ICrashParticipant[] _crashParticipants = [];
    private long _crashTurn = long.MaxValue;

    private SimulatedSilo(DeterministicScheduler scheduler, Action<IServiceCollection> configure, Assembly[] grainAssemblies, string name)
    {
        _scheduler = scheduler;
        _process = scheduler.CreateProcess(this, name);
        SimulationSiloScheduler? siloScheduler = null;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new ProcessTimeProvider(scheduler.TimeProvider, _process));
        services.AddSingleton(new GrainAssemblies(grainAssemblies));
        services.AddSingleton(new SchedulerFactory(silo => siloScheduler = new SimulationSiloScheduler(scheduler, _process, silo)));
        services.AddLogging();
        OrleansSiloGenericHostExtensions.Add(services, new ConfigurationBuilder().Build(), static _ => { });
        configure(services);
        _services = services.BuildServiceProvider();
        Silo = _services.GetRequiredService<EmbeddedSilo>();
        _siloScheduler = siloScheduler!;
    }

    /// <summary>The silo.</summary>
    public EmbeddedSilo Silo { get; }

    /// <summary>The silo's services. Its <see cref="System.TimeProvider"/> is the simulation's clock; timers made by it die with the silo.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Makes references to grains.</summary>
    public IGrainFactory GrainFactory => Silo.GrainFactory;

    /// <summary>Whether it has neither crashed nor stopped.</summary>
    public bool IsAlive => _process.IsAlive && Silo.State == SiloState.Running;

    internal bool IsDead => !_process.IsAlive;

    internal bool HasCallsUnderWay => _siloScheduler.HasCallsUnderWay;

    internal long NextDeadlineTicks => _siloScheduler.NextDeadlineTicks;

    /// <summary>Builds and starts a silo. Hosted services are not started by this; see <see cref="StartHostedServices"/>.</summary>
    /// <param name="scheduler">The simulation.</param>
    /// <param name="configure">Adds services; call AddOrleans here for options and streams.</param>
    /// <param name="grainAssemblies">Assemblies with grains; what they reference comes along.</param>
    /// <exception cref="GrainContractException">A grain interface breaks a rule.</exception>
    public static SimulatedSilo Start(DeterministicScheduler scheduler, Action<IServiceCollection> configure, params Assembly[] grainAssemblies)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(configure);
        var silo = new SimulatedSilo(scheduler, configure, grainAssemblies, "silo");
        silo.Silo.Start();
        silo._crashParticipants = [.. silo.Services.GetServices<ICrashParticipant>()];
        return silo;
    }

    /// <summary>Starts the registered hosted services in their order, as background work that dies with the silo.</summary>
    public void StartHostedServices()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            if (service is SiloHostedService) continue;
            if (service is BackgroundService background)
            {
                StartBackground(token => ExecuteAsync(background, token));
                continue;
            }

            _hosted.Add(service);
            StartBackground(service.StartAsync);
        }
    }

    /// <summary>Starts work that belongs to the silo. If it fails, the run ends with the exception.</summary>
    /// <param name="work">The work; its token is cancelled by <see cref="StopAsync"/>, not by a crash.</param>
    public Task StartBackground(Func<CancellationToken, Task> work)
    {
        _background.RemoveAll(static task => task.IsCompleted);
        var started = _scheduler.StartBackground(_process, work);
        _background.Add(started);
        return started;
    }

    /// <summary>
    /// Stops in order: background work is told to end and has 30 s of virtual time for it, hosted services are stopped in reverse order, activations are
    /// deactivated.
    /// </summary>
    public async Task StopAsync()
    {
        // Not CancelAsync, which goes through the thread pool.
        _process.Stopping.Cancel();
        await Task.WhenAny(Task.WhenAll(_background), Task.Delay(s_backgroundEndMax, _scheduler.TimeProvider));
        for (var index = _hosted.Count - 1; index >= 0; index--) await _hosted[index].StopAsync(CancellationToken.None);
        await Silo.StopAsync(CancellationToken.None);
    }

    /// <summary>Kills the silo now. From outside of its turns, or from one of them, which then is its last.</summary>
    public void Crash()
    {
        if (!_process.IsAlive) return;
        _crashTurn = long.MaxValue;
        _scheduler.Kill(_process);
        Silo.Crash();
        foreach (var participant in _crashParticipants) participant.OnCrash();
    }

    /// <summary>Kills the silo right after a turn of the simulation.</summary>
    /// <param name="turn">Number of the turn, counted from 1 as <see cref="DeterministicScheduler.TurnCount"/>.</param>
    public void CrashAtTurn(long turn) => _crashTurn = turn;

    internal void OnTurnEnded(long turn)
    {
        if (turn >= _crashTurn) Crash();
    }

    internal void TellTime(long nowTicks) => _siloScheduler.TellTime(nowTicks);

    internal void EndLateCalls(long nowTicks) => _siloScheduler.EndLateCalls(nowTicks);

    /// <summary>BackgroundService.StartAsync goes through the thread pool, which a simulation must not; the work itself need not.</summary>
    private static Task ExecuteAsync(BackgroundService service, CancellationToken token)
    {
        var method = typeof(BackgroundService).GetMethod("ExecuteAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;
        return (Task)method.Invoke(service, BindingFlags.DoNotWrapExceptions, null, [token], null)!;
    }
}
