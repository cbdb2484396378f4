using System.Diagnostics.Metrics;
using Granary.Engine.Market;
using Granary.Silo.Configuration.Sections;
using Granary.Silo.Recording;
using Granary.Silo.Tests.Operator;
using Granary.Tape.Columnar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Silo.Tests.Recording;

/// <summary>A recorder of two symbols over a folder that goes away with its owner.</summary>
internal sealed class RecorderBench : IDisposable
{
    /// <summary>2024-10-18 00:00 UTC.</summary>
    public const long Midnight = 1_729_209_600_000;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<RecordingMetrics>().BuildServiceProvider();
    private readonly RecordingMetrics _metrics;
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = [];

    public RecorderBench()
    {
        _metrics = _services.GetRequiredService<RecordingMetrics>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, _metrics.Recorded.Meter)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var name = $"{instrument.Name} {(tags.Length > 0 ? tags[0].Value : "")}".Trim();
            _counts[name] = instrument.IsObservable ? value : _counts.GetValueOrDefault(name) + value;
        });
        _listener.Start();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("granary-recording-").FullName;

    public RecordingSection Options { get; set; } = new() { Enabled = true };

    public long Count(string name)
    {
        _listener.RecordObservableInstruments();
        return _counts.GetValueOrDefault(name);
    }

    public MarketRecorder Start() =>
        new(Options with { Folder = Folder }, ["APEUSDT", "LTCUSDT"], new InstantTimeProvider(), _metrics, NullLogger<MarketRecorder>.Instance);

    public string PathOf(string file, string symbol = "APEUSDT") => Path.Combine(Folder, symbol, file);

    public IReadOnlyList<AggTrade> Trades(string day, string symbol = "APEUSDT") => [.. ColumnarTape.Read<AggTrade>(PathOf($"{day}.aggTrades.tape", symbol))];

    /// <summary>Names of the files, without those of other symbols.</summary>
    public IReadOnlyList<string> Files(string symbol = "APEUSDT") =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, symbol)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>Trades with consecutive ids, one each <paramref name="stepMs"/>.</summary>
    public static AggTrade[] Sample(long firstId, int count, long timeMs = Midnight, long stepMs = 100) =>
        [.. Enumerable.Range(0, count).Select(i => new AggTrade(firstId + i, timeMs + (i * stepMs), 71_230_000 + (i % 7 * 10_000), (1 + (i % 90)) * 100_000_000L, firstId + i, 1, i % 3 == 0))];

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
