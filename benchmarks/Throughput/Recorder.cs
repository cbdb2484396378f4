using System.Diagnostics.Metrics;

namespace Granary.Throughput;

/// <summary>Keeps every value of some of the engine's histograms, so that percentiles are exact.</summary>
internal sealed class Recorder : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, List<double>> _values = [];

    public Recorder(params string[] instruments)
    {
        foreach (var name in instruments) _values[name] = [];
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Granary" && _values.ContainsKey(instrument.Name)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
        {
            var list = _values[instrument.Name];
            lock (list) list.Add(value);
        });
        _listener.Start();
    }

    public void Clear()
    {
        foreach (var list in _values.Values)
        {
            lock (list) list.Clear();
        }
    }

    public double[] Sorted(string instrument)
    {
        var list = _values[instrument];
        lock (list)
        {
            var copy = list.ToArray();
            Array.Sort(copy);
            return copy;
        }
    }

    public static double Percentile(double[] sorted, double p) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(p * sorted.Length) - 1 < 0 ? 0 : (int)Math.Ceiling(p * sorted.Length) - 1)];

    public void Dispose() => _listener.Dispose();
}
