using System.Diagnostics.Metrics;
using Granary.Silo.Configuration;
using Granary.Silo.Metrics;
using Granary.Silo.Operator;

namespace Granary.Simulation.Soak;

/// <summary>A console, a dashboard, and a reader that stalls.</summary>
internal sealed class Readers : IDisposable
{
    private readonly World _world;
    private readonly EngineObserver _observer;
    private readonly MetricCollector _metrics;
    private readonly List<Task> _stalled = [];

    public Readers(World world)
    {
        _world = world;
        var services = world.Silo!.Services;
        var time = (TimeProvider)services.GetService(typeof(TimeProvider))!;
        var meters = (IMeterFactory)services.GetService(typeof(IMeterFactory))!;
        _metrics = new MetricCollector(meters);
        _observer = new EngineObserver(
            world.Silo.GrainFactory, WorldSettings.Make(world.Options), new GranaryOptions(), new SiloStart(time), new RuntimeMetrics(meters, services), time);
    }

    public int OutstandingMax { get; private set; }

    public long Answers { get; private set; }

    public int SeriesMax { get; private set; }

    public void Ask()
    {
        var status = _world.Scheduler.Run(async () => await _observer.GetStatusAsync(CancellationToken.None));
        if (status.Symbols.All(s => s.Error.Length == 0)) Answers++;
        SeriesMax = Math.Max(SeriesMax, PrometheusText.Write(_metrics).Count(c => c == '\n'));
        _stalled.Add(_world.Scheduler.StartBackground(async token => await _observer.GetSymbolsAsync(token)));
        _stalled.RemoveAll(t => t.IsCompleted);
        OutstandingMax = Math.Max(OutstandingMax, _stalled.Count);
    }

    public void Dispose() => _metrics.Dispose();
}
