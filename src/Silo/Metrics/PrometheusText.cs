using System.Globalization;
using System.Text;

namespace Granary.Silo.Metrics;

/// <summary>Writes metrics in Prometheus' text format 0.0.4; what is measured in milliseconds is told in seconds.</summary>
public static class PrometheusText
{
    /// <summary>Content type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Everything that is known, with the process's own figures at the end.</summary>
    public static string Write(MetricCollector collector)
    {
        var text = new StringBuilder(16 * 1024);
        var (families, scrape) = collector.Collect();
        foreach (var family in families) Write(text, family, scrape);
        Single(text, "granary_metrics_dropped_total", "counter", "Measurements that were not kept.", collector.Dropped);
        ProcessMetrics.Write(text);
        return text.ToString();
    }

    /// <summary>A metric or label name of the allowed characters: letters, digits and underscores, not beginning with a digit.</summary>
    public static string Name(string name)
    {
        var clean = string.Create(name.Length, name, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
        });
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }

    /// <summary>One metric without labels.</summary>
    internal static void Single(StringBuilder text, string name, string type, string help, double value)
    {
        Head(text, name, type, help);
        text.Append(name).Append(' ').Append(Number(value)).Append('\n');
    }

    /// <summary>The two comment lines above a metric.</summary>
    internal static void Head(StringBuilder text, string name, string type, string help)
    {
        if (help.Length > 0) text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\").Replace("\n", "\\n")).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    /// <summary>A sample's value.</summary>
    internal static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        // A negative zero is a zero.
        0 => "0",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void Write(StringBuilder text, MetricFamily family, long scrape)
    {
        // An observed series that was silent this time belongs to something that is gone.
        var series = family.Series.Where(s => !family.IsObserved || s.ObservedIn == scrape).ToList();
        if (series.Count == 0) return;
        var (name, divisor) = BaseUnit.Of(family);
        Head(text, name, family.Kind.ToString().ToLowerInvariant(), family.Help);
        foreach (var one in series)
        {
            var labels = Labels(one.Tags);
            var (value, count, buckets) = one.Read();
            if (family.Kind != MetricKind.Histogram)
            {
                Sample(text, name, labels, value / divisor);
                continue;
            }
            Histogram(text, name, [.. family.Bounds.Select(bound => bound / divisor)], labels, value / divisor, count, buckets);
        }
    }

    private static void Histogram(StringBuilder text, string name, double[] bounds, string labels, double sum, long count, long[] buckets)
    {
        var comma = labels.Length > 0 ? "," : "";
        long total = 0;
        for (var i = 0; i < bounds.Length; i++)
        {
            total += buckets[i];
            Sample(text, name + "_bucket", $"{labels}{comma}le=\"{Number(bounds[i])}\"", total);
        }
        Sample(text, name + "_bucket", $"{labels}{comma}le=\"+Inf\"", count);
        Sample(text, name + "_sum", labels, sum);
        Sample(text, name + "_count", labels, count);
    }

    private static void Sample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(KeyValuePair<string, object?>[] tags) => string.Join(',', tags.Select(t => $"{Name(t.Key)}=\"{Escape(t.Value)}\""));

    private static string Escape(object? value) =>
        (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
}
