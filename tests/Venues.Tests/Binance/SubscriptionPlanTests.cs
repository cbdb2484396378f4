using System.Text.Json;
using Granary.Venues.Binance;

namespace Granary.Venues.Tests.Binance;

public sealed class SubscriptionPlanTests
{
    [Fact]
    public void Small_plans_have_one_connection_of_each_kind()
    {
        var shards = SubscriptionPlan.Make(["BTCUSDT", "ETHUSDT"]);
        shards.Select(shard => (shard.Path, shard.CarriesTrades)).ShouldBe([("/market/stream", true), ("/public/stream", false)]);
        Streams(shards[0]).ShouldBe(["btcusdt@aggTrade", "btcusdt@markPrice@1s", "ethusdt@aggTrade", "ethusdt@markPrice@1s"]);
        Streams(shards[1]).ShouldBe(["btcusdt@bookTicker", "ethusdt@bookTicker"]);
    }

    [Theory]
    [InlineData(100, "btcusdt@depth@100ms"), InlineData(250, "btcusdt@depth"), InlineData(500, "btcusdt@depth@500ms")]
    public void Depth_goes_with_the_quotes(int intervalMs, string stream)
    {
        var shards = SubscriptionPlan.Make(["BTCUSDT"], intervalMs);
        Streams(shards[0]).ShouldBe(["btcusdt@aggTrade", "btcusdt@markPrice@1s"]);
        Streams(shards[1]).ShouldBe(["btcusdt@bookTicker", stream]);
        SubscriptionPlan.Make([.. Enumerable.Range(0, 150).Select(i => $"S{i}")], intervalMs).Count(shard => !shard.CarriesTrades).ShouldBe(2);
    }

    [Theory]
    [InlineData(200, 8), InlineData(1000, 8), InlineData(201, 60)]
    public void Large_plans_keep_every_bound_and_lose_nothing(int count, int nameLength)
    {
        var symbols = Enumerable.Range(0, count).Select(i => $"S{i}".PadRight(nameLength, 'X')).ToArray();
        var shards = SubscriptionPlan.Make(symbols);
        foreach (var shard in shards)
        {
            Streams(shard).Count.ShouldBeLessThanOrEqualTo(200);
            foreach (var message in shard.Subscriptions)
            {
                message.Length.ShouldBeLessThan(4000);
                using var document = JsonDocument.Parse(message);
                document.RootElement.GetProperty("params").EnumerateArray().Select(stream => stream.GetString()!.Split('@')[0]).Distinct().Count().ShouldBeLessThanOrEqualTo(50);
            }
        }
        shards.SelectMany(Streams).Order().ShouldBe(
            symbols.SelectMany(symbol => new[] { "@aggTrade", "@markPrice@1s", "@bookTicker" }.Select(stream => symbol.ToLowerInvariant() + stream)).Order());
    }

    [Fact]
    public void Bad_symbols_are_named()
    {
        Should.Throw<ArgumentException>(() => SubscriptionPlan.Make([])).Message.ShouldContain("0 symbols");
        Should.Throw<ArgumentException>(() => SubscriptionPlan.Make(["BTC\"USDT"])).Message.ShouldContain("BTC\"USDT");
        Should.Throw<ArgumentException>(() => SubscriptionPlan.Make(["btcusdt"])).Message.ShouldContain("btcusdt");
        SubscriptionPlan.Make(["币安人生USDT"]).Count.ShouldBe(2);
    }

    private static List<string> Streams(StreamShard shard)
    {
        var streams = new List<string>();
        for (var i = 0; i < shard.Subscriptions.Count; i++)
        {
            using var document = JsonDocument.Parse(shard.Subscriptions[i]);
            document.RootElement.GetProperty("method").GetString().ShouldBe("SUBSCRIBE");
            document.RootElement.GetProperty("id").GetInt32().ShouldBe(i + 1);
            streams.AddRange(document.RootElement.GetProperty("params").EnumerateArray().Select(stream => stream.GetString()!));
        }
        return streams;
    }
}
