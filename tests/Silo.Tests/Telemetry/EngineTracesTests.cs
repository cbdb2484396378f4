using System.Collections.Concurrent;
using System.Diagnostics;
using Granary.Grains.Telemetry;
using Granary.Silo.Tests.Hosting;

namespace Granary.Silo.Tests.Telemetry;

/// <summary>Spans from tick to order. Another test's silo may run in this process, so that only what belongs together is looked at.</summary>
public sealed class EngineTracesTests : IDisposable
{
    private readonly SiloBench _bench = new();

    [Fact]
    public async Task A_bar_a_proposal_a_decision_and_an_order_are_one_trace()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == EngineTraces.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var silo = await _bench.StartActiveAsync("--Exchange:Speed", "120", "--Accounts:0:Name", SiloBench.Account, "--Accounts:0:Limits:ProfitToFeesMin", "0");
        Activity? bar = null;
        await _bench.UntilAsync(() =>
        {
            bar = ended.FirstOrDefault(a => a.OperationName == "bar" && ended.Any(o => o.OperationName == "order" && o.TraceId == a.TraceId));
            return Task.FromResult(bar is not null);
        });

        var trace = ended.Where(a => a.TraceId == bar!.TraceId).ToList();
        var propose = trace.First(a => a.OperationName == "propose");
        propose.ParentSpanId.ShouldBe(bar!.SpanId);
        trace.First(a => a.OperationName == "gate").ParentSpanId.ShouldBe(propose.SpanId);
        trace.Select(a => a.OperationName).Distinct().Order().ShouldBe(["bar", "gate", "order", "propose"]);
        trace.First(a => a.OperationName == "order").GetTagItem("order").ShouldBeOfType<string>().ShouldNotBeEmpty();
        bar.GetTagItem("symbol").ShouldBe("BTCUSDT");
    }

    public void Dispose() => _bench.Dispose();
}
