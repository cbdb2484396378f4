using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Granary.Silo.Metrics;

/// <summary>
/// Collects what one host measures: the meters that its own factory made and whose names start with Granary, so that another silo in the same process never
/// shows here. Microsoft Orleans measures the whole process on one meter, which is taken as it is. With <see cref="PrometheusText"/> it stands in for
/// OpenTelemetry's Prometheus exporter.
/// </summary>
/// <remarks>Bounds: 500 names and 200 label sets a name; what is beyond is counted by <see cref="Dropped"/> and not kept.</remarks>
public sealed class MetricCollector : IDisposable
{
    private const int FamiliesMax = 500;
    private const string RuntimeMeter = "Microsoft.Orleans";
    private static readonly double[] BoundsMs = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
    private static readonly double[] BoundsS = [.. BoundsMs.Select(b => b / 1_000)];
    private static readonly double[] BoundsCount = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000];

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _scraping = new();
    private readonly IMeterFactory _meters;
    private readonly MeterListener _listener = new();
    private long _dropped;
    private long _scrape;

    /// <summary>Starts to listen.</summary>
    /// <param name="meters">The host's factory: a meter is the host's when this is its scope.</param>
    public MetricCollector(IMeterFactory meters)
    {
        _meters = meters;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<byte>((i, v, t, s) => Take(i, v, t, s));
        _listener.SetMeasurementEventCallback<short>((i, v, t, s) => Take(i, v, t, s));
        _listener.SetMeasurementEventCallback<int>((i, v, t, s) => Take(i, v, t, s));
        _listener.SetMeasurementEventCallback<long>((i, v, t, s) => Take(i, v, t, s));
        _listener.SetMeasurementEventCallback<float>((i, v, t, s) => Take(i, v, t, s));
        _listener.SetMeasurementEventCallback<double>(Take);
        _listener.SetMeasurementEventCallback<decimal>((i, v, t, s) => Take(i, (double)v, t, s));
        _listener.Start();
    }

    /// <summary>Measurements that were not kept: too many names or label sets, an instrument whose name means something else already, or a failing observer.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Asks the observed instruments, and gives all families in the order of their names together with the number of this scrape.</summary>
    internal (IReadOnlyList<MetricFamily> Families, long Scrape) Collect()
    {
        lock (_scraping)
        {
            _scrape++;
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // One broken observer must not take the others' values away.
                Interlocked.Increment(ref _dropped);
            }
            return ([.. _families.Values.OrderBy(f => f.Name, StringComparer.Ordinal)], _scrape);
        }
    }

    /// <summary>Every metric that can be measured, measured yet or not, as /metrics names it, in the order of the names.</summary>
    public IReadOnlyList<MetricDescription> Describe() =>
    [
        .. _families.Values.Select(static f => new MetricDescription(BaseUnit.Of(f).Name, f.Kind, f.Help)).OrderBy(static d => d.Name, StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!IsOurs(instrument.Meter)) return;
        if (KindOf(instrument) is not { } kind) return;
        var name = PrometheusText.Name(instrument.Name);
        if (kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal)) name += "_total";
        if (_families.Count >= FamiliesMax && !_families.ContainsKey(name))
        {
            Interlocked.Increment(ref _dropped);
            return;
        }
        var family = _families.GetOrAdd(name, n => new MetricFamily(n, kind, instrument.IsObservable, instrument.Description ?? "", instrument.Unit ?? "", BoundsOf(instrument, kind)));
        if (family.Kind == kind && family.IsObserved == instrument.IsObservable) listener.EnableMeasurementEvents(instrument, family);
        else Interlocked.Increment(ref _dropped);
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (state is not MetricFamily family || family.Find(tags) is not { } series)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }
        if (family.Kind == MetricKind.Histogram) series.Record(value);
        else if (family.IsObserved) series.Observe(value, _scrape);
        else if (IsGenericOf(instrument, typeof(Gauge<>))) series.Set(value);
        else series.Add(value);
    }

    private bool IsOurs(Meter meter) => meter.Name.StartsWith("Granary", StringComparison.Ordinal)
        ? ReferenceEquals(meter.Scope, _meters)
        : meter is { Name: RuntimeMeter, Scope: null };

    private static MetricKind? KindOf(Instrument instrument)
    {
        if (IsGenericOf(instrument, typeof(Counter<>)) || IsGenericOf(instrument, typeof(ObservableCounter<>))) return MetricKind.Counter;
        if (IsGenericOf(instrument, typeof(Histogram<>))) return MetricKind.Histogram;
        var isGauge = IsGenericOf(instrument, typeof(Gauge<>)) || IsGenericOf(instrument, typeof(ObservableGauge<>))
            || IsGenericOf(instrument, typeof(UpDownCounter<>)) || IsGenericOf(instrument, typeof(ObservableUpDownCounter<>));
        return isGauge ? MetricKind.Gauge : null;
    }

    private static bool IsGenericOf(Instrument instrument, Type definition) =>
        instrument.GetType().IsGenericType && instrument.GetType().GetGenericTypeDefinition() == definition;

    private static double[] BoundsOf(Instrument instrument, MetricKind kind)
    {
        if (kind != MetricKind.Histogram) return [];
        var advice = instrument switch
        {
            Histogram<double> h => h.Advice?.HistogramBucketBoundaries,
            Histogram<long> h => h.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToArray(),
            Histogram<int> h => h.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToArray(),
            _ => null,
        };
        return advice is { Count: > 0 } ? [.. advice] : instrument.Unit switch { "ms" => BoundsMs, "s" => BoundsS, _ => BoundsCount };
    }
}
