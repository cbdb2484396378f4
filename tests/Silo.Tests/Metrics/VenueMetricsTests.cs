using System.Text;
using Granary.Silo.Hosting;
using Granary.Silo.Metrics;
using Granary.Venues.Binance;
using Granary.Venues.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Silo.Tests.Metrics;

public sealed class VenueMetricsTests
{
    [Fact]
    public async Task What_each_client_counts_is_shown_under_its_name()
    {
        using var market = Client(new Answers("""{"symbol":"X","price":"1","shiny":1,"new\"er":2}""", 17));
        using var account = Client(new Answers("{}", 0));
        using var host = new MetricHost();
        _ = new VenueMetrics(host.Meters, new VenueClients(market, new Dictionary<string, BinanceUsdmClient> { ["main"] = account }).Named);

        var before = host.Lines();
        await market.GetPricesAsync("X", default);
        await market.GetPricesAsync("X", default);
        var after = host.Lines();

        before.ShouldContain("""granary_venue_requests_total{client="market"} 0""");
        before.ShouldNotContain(line => line.StartsWith("granary_venue_unknown_fields_total"));
        after.ShouldContain("# TYPE granary_venue_requests_total counter");
        after.ShouldContain("""granary_venue_requests_total{client="market"} 2""");
        after.ShouldContain("""granary_venue_requests_total{client="account/main"} 0""");
        after.ShouldContain("""granary_venue_unknown_fields_total{client="market",field="/fapi/v2/ticker/price.shiny"} 2""");
        after.ShouldContain("""granary_venue_unknown_fields_total{client="market",field="/fapi/v2/ticker/price.new\\\"er"} 2""");
        after.ShouldContain("# TYPE granary_venue_weight_used gauge");
        // The first answer named 17; the second request came on top.
        after.ShouldContain("""granary_venue_weight_used{client="market"} 18""");
        after.ShouldContain($$"""granary_venue_weight_limit{client="market"} {{market.WeightLimit}}""");
        market.WeightLimit.ShouldBe(BinanceUsdmOptions.BuiltIn("http://127.0.0.1:1").WeightPerMinute);
        foreach (var name in new[] { "query_retries", "clock_resyncs", "reconnects", "renewals", "repeats", "silent_streams", "market_rejects", "user_rejects", "handler_faults" })
            after.ShouldContain($$"""granary_venue_{{name}}_total{client="market"} 0""");
    }

    private static BinanceUsdmClient Client(IRestTransport rest) =>
        new(BinanceUsdmOptions.BuiltIn("http://127.0.0.1:1"), rest, new NoStreams(), new StoppedTime(), NullLogger.Instance);

    private sealed class Answers(string body, int weight) : IRestTransport
    {
        public ValueTask<RestResponse> SendAsync(RestRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new RestResponse(200, Encoding.UTF8.GetBytes(body), weight, -1));
    }

    private sealed class NoStreams : IStreamTransport
    {
        public ValueTask<IStreamConnection> ConnectAsync(string path, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>So that the minute of the weight does not end inside the test.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
