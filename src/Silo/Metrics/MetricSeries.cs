namespace Granary.Silo.Metrics;

/// <summary>One metric with one set of labels. All members may be called from any thread.</summary>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] tags, double[] bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _value;
    private long _count;

    /// <summary>The labels, as they were measured.</summary>
    public KeyValuePair<string, object?>[] Tags { get; } = tags;

    /// <summary>The last scrape in which an observed value came in; 0 when values are recorded as they happen.</summary>
    public long ObservedIn { get; private set; }

    /// <summary>Adds to a counter or a gauge.</summary>
    public void Add(double amount)
    {
        lock (_gate) _value += amount;
    }

    /// <summary>Sets a gauge.</summary>
    public void Set(double value)
    {
        lock (_gate) _value = value;
    }

    /// <summary>Takes an observed value; several of one scrape, from instruments of one name, are added up.</summary>
    public void Observe(double value, long scrape)
    {
        lock (_gate)
        {
            _value = ObservedIn == scrape ? _value + value : value;
            ObservedIn = scrape;
        }
    }

    /// <summary>Records a value in its bucket.</summary>
    public void Record(double value)
    {
        var index = Array.BinarySearch(bounds, value);
        lock (_gate)
        {
            // A bucket holds values up to and including its bound.
            _buckets[index < 0 ? ~index : index]++;
            _value += value;
            _count++;
        }
    }

    /// <summary>Value or sum, number of values, and values per bucket, as of one moment.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_gate) return (_value, _count, [.. _buckets]);
    }

    /// <summary>Whether these are the series' labels, in the same order.</summary>
    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> other)
    {
        if (other.Length != Tags.Length) return false;
        for (var i = 0; i < other.Length; i++)
            if (!string.Equals(other[i].Key, Tags[i].Key, StringComparison.Ordinal) || !Equals(other[i].Value, Tags[i].Value)) return false;
        return true;
    }
}
