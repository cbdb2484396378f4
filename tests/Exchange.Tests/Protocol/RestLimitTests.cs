using Granary.Exchange.Protocol;

namespace Granary.Exchange.Tests.Protocol;

public class RestLimitTests
{
    private const string Market = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1";

    [Theory]
    [InlineData("/fapi/v1/ping", "", 1)]
    [InlineData("/fapi/v1/depth", "symbol=BTCUSDT&limit=50", 2)]
    [InlineData("/fapi/v1/depth", "symbol=BTCUSDT&limit=100", 5)]
    [InlineData("/fapi/v1/depth", "symbol=BTCUSDT", 10)]
    [InlineData("/fapi/v1/depth", "symbol=BTCUSDT&limit=1000", 20)]
    [InlineData("/fapi/v1/aggTrades", "symbol=BTCUSDT", 20)]
    [InlineData("/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=99", 1)]
    [InlineData("/fapi/v1/klines", "symbol=BTCUSDT&interval=1m", 5)]
    [InlineData("/fapi/v1/premiumIndex", "", 10)]
    [InlineData("/fapi/v1/ticker/bookTicker", "", 5)]
    [InlineData("/fapi/v1/nothing", "", 1)]
    public void Every_answer_tells_the_weight_used(string path, string query, int weight)
    {
        var rig = new ProtocolRig();
        rig.Call("GET", path, query).UsedWeight1m.ShouldBe(weight);
        rig.Call("GET", "/fapi/v1/time").UsedWeight1m.ShouldBe(weight + 1);
    }

    [Fact]
    public void Weight_over_the_limit_is_429_until_the_minute_ends()
    {
        var rig = new ProtocolRig(new RestOptions { WeightPerMinuteMax = 40 });
        rig.Exchange.ServerTimeMs = 1_700_000_040_000 + 12_345;
        rig.Call("GET", "/fapi/v1/aggTrades", "symbol=BTCUSDT").Status.ShouldBe(200);
        rig.Call("GET", "/fapi/v1/aggTrades", "symbol=BTCUSDT").Status.ShouldBe(200);
        var refused = rig.Call("GET", "/fapi/v1/ping");
        refused.Status.ShouldBe(429);
        refused.RetryAfterS.ShouldBe(48);
        refused.UsedWeight1m.ShouldBe(40);
        ProtocolRig.Code(refused).ShouldBe(-1003);
        rig.Call("GET", "/fapi/v1/ping", address: "127.0.0.2").Status.ShouldBe(200);
        rig.Exchange.ServerTimeMs += refused.RetryAfterS * 1000;
        var accepted = rig.Call("GET", "/fapi/v1/ping");
        accepted.Status.ShouldBe(200);
        accepted.UsedWeight1m.ShouldBe(1);
    }

    [Fact]
    public void Going_on_after_429_is_banned_with_418_and_the_ban_ends()
    {
        var rig = new ProtocolRig(new RestOptions { WeightPerMinuteMax = 1, RefusalsBeforeBan = 3, BanS = 120 });
        var statuses = Enumerable.Range(0, 6).Select(_ => rig.Call("GET", "/fapi/v1/ping").Status).ToList();
        statuses.ShouldBe([200, 429, 429, 418, 418, 418]);
        rig.Exchange.ServerTimeMs += 119_000;
        var banned = rig.Call("GET", "/fapi/v1/ping");
        banned.Status.ShouldBe(418);
        banned.RetryAfterS.ShouldBe(1);
        ProtocolRig.Text(banned).ShouldContain($"banned until {FakeExchange.Start + 120_000}");
        rig.Exchange.ServerTimeMs += 1_000;
        Enumerable.Range(0, 4).Select(_ => rig.Call("GET", "/fapi/v1/ping").Status).ShouldBe([200, 429, 429, 418]);
    }

    [Fact]
    public void A_ban_that_ends_within_the_minute_is_followed_by_429_again()
    {
        var rig = new ProtocolRig(new RestOptions { WeightPerMinuteMax = 1, RefusalsBeforeBan = 2, BanS = 1 });
        rig.Exchange.ServerTimeMs = 1_700_000_040_000;
        Enumerable.Range(0, 3).Select(_ => rig.Call("GET", "/fapi/v1/ping").Status).ShouldBe([200, 429, 418]);
        rig.Exchange.ServerTimeMs += 1_000;
        rig.Call("GET", "/fapi/v1/ping").Status.ShouldBe(429);
    }

    [Fact]
    public void Orders_are_counted_per_account_in_both_windows()
    {
        var rig = new ProtocolRig(new RestOptions { OrdersPer10sMax = 2, OrdersPerMinuteMax = 3 });
        rig.Exchange.ServerTimeMs = 1_700_000_040_000;
        var first = rig.Signed("POST", "/fapi/v1/order", Market);
        (first.OrderCount10s, first.OrderCount1m).ShouldBe((1, 1));
        rig.Signed("POST", "/fapi/v1/order", Market).OrderCount10s.ShouldBe(2);
        var full = rig.Signed("POST", "/fapi/v1/order", Market);
        ProtocolRig.Text(full).ShouldBe("""{"code":-1015,"msg":"Too many new orders; current limit is 2 orders per 10 SECOND."}""");
        rig.Signed("POST", "/fapi/v1/order", Market, FakeExchange.Other).Status.ShouldBe(200);
        rig.Exchange.ServerTimeMs += 10_000;
        var third = rig.Signed("POST", "/fapi/v1/order", Market);
        (third.OrderCount10s, third.OrderCount1m).ShouldBe((1, 3));
        ProtocolRig.Text(rig.Signed("POST", "/fapi/v1/order", Market)).ShouldContain("3 orders per 1 MINUTE");
        rig.Signed("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&orderId=1001").Status.ShouldBe(200);
        rig.Exchange.Placed.Count.ShouldBe(4);
    }

    [Fact]
    public void Limits_can_be_switched_off()
    {
        var rig = new ProtocolRig(new RestOptions { WeightPerMinuteMax = 0, OrdersPer10sMax = 0, OrdersPerMinuteMax = 0 });
        for (var i = 0; i < 3000; i++) rig.Signed("POST", "/fapi/v1/order", Market).Status.ShouldBe(200);
        rig.Call("GET", "/fapi/v1/aggTrades", "symbol=BTCUSDT").Status.ShouldBe(200);
        rig.Get("/fapi/v1/exchangeInfo").ShouldContain("\"limit\":2147483647");
    }
}
