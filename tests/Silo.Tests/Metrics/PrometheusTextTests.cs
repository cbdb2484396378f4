using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace Granary.Silo.Tests.Metrics;

public sealed partial class PrometheusTextTests : IDisposable
{
    private readonly MetricHost _host = new();
    private readonly Meter _meter;

    public PrometheusTextTests() => _meter = _host.Meters.Create(new MeterOptions("Granary.Tests"));

    [GeneratedRegex("""^[a-zA-Z_][a-zA-Z0-9_]*(\{([a-zA-Z_][a-zA-Z0-9_]*="(\\\\|\\"|\\n|[^"\\\n])*",?)+\})? (NaN|[+-]Inf|-?[0-9.]+(E[+-]?[0-9]+)?)$""")]
    private static partial Regex Sample { get; }

    [Fact]
    public void A_counter_counts_from_the_moment_it_is_made_with_its_labels()
    {
        var counter = _meter.CreateCounter<long>("tidy.things", "things", "Things\nof all kinds.");
        counter.Add(2);
        counter.Add(3);
        counter.Add(7, new KeyValuePair<string, object?>("reason", "a \"b\"\\\n"));

        Lines().ShouldContain("# HELP tidy_things_total Things\\nof all kinds.");
        Lines().ShouldContain("# TYPE tidy_things_total counter");
        Lines().ShouldContain("tidy_things_total 5");
        Lines().ShouldContain("""tidy_things_total{reason="a \"b\"\\\n"} 7""");
    }

    [Fact]
    public void A_histogram_has_cumulative_buckets_sum_and_count_in_seconds()
    {
        var histogram = _meter.CreateHistogram<double>("latency_ms", "ms", "Latency.");
        foreach (var value in new[] { 0.05, 0.06, 1, 3, 99_999 }) histogram.Record(value, new KeyValuePair<string, object?>("venue", "x"));

        Lines().ShouldContain("""latency_seconds_bucket{venue="x",le="5E-05"} 1""");
        Lines().ShouldContain("""latency_seconds_bucket{venue="x",le="0.001"} 3""");
        Lines().ShouldContain("""latency_seconds_bucket{venue="x",le="10"} 4""");
        Lines().ShouldContain("""latency_seconds_bucket{venue="x",le="+Inf"} 5""");
        Lines().ShouldContain("""latency_seconds_count{venue="x"} 5""");
        Lines().Single(l => l.StartsWith("latency_seconds_sum", StringComparison.Ordinal)).ShouldContain("100.003");
    }

    [Fact]
    public void Buckets_can_be_advised()
    {
        _meter.CreateHistogram("own", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [10, 20] }).Record(15);

        Lines().Where(l => l.StartsWith("own_bucket", StringComparison.Ordinal)).ShouldBe(["""own_bucket{le="10"} 0""", """own_bucket{le="20"} 1""", """own_bucket{le="+Inf"} 1"""]);
    }

    [Fact]
    public void Gauges_and_observed_instruments_show_their_last_value_and_disappear_with_it()
    {
        var silent = false;
        _meter.CreateGauge<int>("level").Record(4);
        var up = _meter.CreateUpDownCounter<int>("open");
        up.Add(5);
        up.Add(-2);
        _meter.CreateObservableGauge("queue", () => silent ? [] : new[] { new Measurement<int>(9, new KeyValuePair<string, object?>("grain", "g")) });
        _meter.CreateObservableCounter("turns", () => 11L);

        Lines().ShouldContain("level 4");
        Lines().ShouldContain("open 3");
        Lines().ShouldContain("""queue{grain="g"} 9""");
        Lines().ShouldContain("turns_total 11");
        silent = true;
        Lines().ShouldNotContain(l => l.StartsWith("queue", StringComparison.Ordinal));
    }

    [Fact]
    public void Meters_of_others_are_left_out()
    {
        _host.Meters.Create(new MeterOptions("System.Net.Http.Tests")).CreateCounter<int>("foreign").Add(1);
        using var nobodys = new Meter("Granary");
        nobodys.CreateCounter<int>("nobodys").Add(1);
        using var runtime = new Meter("Microsoft.Orleans");
        runtime.CreateCounter<int>("orleans-grains-made").Add(1);

        Lines().ShouldNotContain(l => l.Contains("foreign") || l.Contains("nobodys"));
        Lines().ShouldContain("orleans_grains_made_total 1");
    }

    [Fact]
    public void Two_hosts_in_one_process_never_show_each_others_numbers()
    {
        using var other = new MetricHost();
        var theirs = other.Meters.Create(new MeterOptions("Granary.Tests"));
        foreach (var (meter, value) in new[] { (_meter, 1), (theirs, 20) })
        {
            meter.CreateCounter<int>("shared").Add(value);
            meter.CreateGauge<int>("shared_level").Record(value);
            meter.CreateHistogram<int>("shared_ms", "ms").Record(value);
            meter.CreateObservableGauge("shared_seen", () => value);
        }
        theirs.CreateCounter<int>("theirs_alone").Add(1);

        Lines().ShouldContain("shared_total 1");
        Lines().ShouldContain("shared_level 1");
        Lines().ShouldContain("shared_seconds_sum 0.001");
        Lines().ShouldContain("shared_seen 1");
        Lines().ShouldNotContain(l => l.Contains("theirs_alone"));
        other.Lines().ShouldContain("shared_total 20");
        other.Lines().ShouldContain("shared_level 20");
        other.Lines().ShouldContain("shared_seconds_sum 0.02");
        other.Lines().ShouldContain("shared_seen 20");
        other.Lines().ShouldContain("theirs_alone_total 1");
    }

    [Fact]
    public void Label_sets_are_bounded_and_what_is_dropped_is_counted()
    {
        var counter = _meter.CreateCounter<int>("wild");
        for (var i = 0; i < 250; i++) counter.Add(1, new KeyValuePair<string, object?>("id", i));

        Lines().Count(l => l.StartsWith("wild_total{", StringComparison.Ordinal)).ShouldBe(200);
        _host.Collector.Dropped.ShouldBeGreaterThanOrEqualTo(50);
    }

    [Fact]
    public void A_broken_observer_does_not_take_the_others_away()
    {
        _meter.CreateObservableGauge("broken", int () => throw new InvalidOperationException());
        _meter.CreateObservableGauge("sound", () => 1);

        Lines().ShouldContain("sound 1");
        _host.Collector.Dropped.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Counts_from_many_threads_add_up()
    {
        var counter = _meter.CreateCounter<long>("busy");
        var histogram = _meter.CreateHistogram<double>("busy_ms", "ms");
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("k", i % 3));
                histogram.Record(i % 10);
            }
        });

        Lines().Where(l => l.StartsWith("busy_total{", StringComparison.Ordinal)).Sum(l => double.Parse(l.Split(' ')[^1])).ShouldBe(80_000);
        Lines().ShouldContain("busy_seconds_count 80000");
    }

    [Fact]
    public void Every_line_is_a_comment_or_a_sample_and_each_family_stands_together_once()
    {
        _meter.CreateCounter<double>("a.b/c").Add(0.1, new KeyValuePair<string, object?>("1st", "x"), new("two", 2));
        _meter.CreateHistogram<double>("h_s", "s").Record(double.NaN);
        _meter.CreateGauge<double>("infinite").Record(double.PositiveInfinity);

        var types = new List<string>();
        foreach (var line in Lines().Where(l => l.Length > 0))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal)) types.Add(line.Split(' ')[2]);
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                Sample.IsMatch(line).ShouldBeTrue(line);
                line.ShouldStartWith(types[^1]);
            }
        }
        types.ShouldBeUnique();
        types.ShouldContain("process_resident_memory_bytes");
        types.ShouldContain("dotnet_gc_collections_total");
    }

    public void Dispose() => _host.Dispose();

    private string[] Lines() => _host.Lines();
}
