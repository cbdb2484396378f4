using Granary.Engine.Market;
using Granary.Venues.Ports;
using Granary.Venues.Tests.Support;

namespace Granary.Venues.Tests.Binance;

public sealed class KlineQueryTests
{
    private const string Klines = "GET /fapi/v1/klines";

    [Fact]
    public void Candles_come_sorted_with_every_field()
    {
        var clients = new Clients();
        clients.Rest.On(Klines, 200, """
            [[86400000,"2","3","1","2.5","10.5",172799999,"21.25",7,"4","8.5","0"],
             [0,"1","1","1","1","0.00",86399999,"0",0,"0","0","0"]]
            """);
        var klines = clients.World.Run(() => clients.Client.GetKlinesAsync("BTCUSDT", KlineInterval.Day, 0, 86_400_000, 99, default));
        klines.ShouldBe(
        [
            new Kline(0, 1, 1, 1, 1, 0, 86_399_999, 0, 0, 0, 0),
            new Kline(86_400_000, 2, 3, 1, 2.5m, 10.5m, 172_799_999, 21.25m, 7, 4, 8.5m),
        ]);
        clients.Rest.Requests.Single().Query.ShouldBe("symbol=BTCUSDT&interval=1d&startTime=0&endTime=86400000&limit=99");
        Should.Throw<ArgumentException>(() => clients.World.Run(() => clients.Client.GetKlinesAsync("BTCUSDT", KlineInterval.Hour, 0, 1, 1501, default)))
            .Message.ShouldContain("1501");
    }

    [Theory]
    [InlineData("""[[0,"1","1","1"]]""", "candle 0")]
    [InlineData("""[[0,"2","1","1","1","0",1,"0",0,"0","0"]]""", "2, 1, 1, 1")]
    [InlineData("""[[0,"1","1","1","1","1",1,"0",0,"2","0"]]""", "takers bought 2")]
    [InlineData("""[["x","1","1","1","1","1",1,"0",0,"0","0"]]""", "open time")]
    [InlineData("""[[0,"1","1","1","1","",1,"0",0,"0","0"]]""", "volume")]
    [InlineData("""{"code":0}""", "not an array")]
    public void A_candle_that_cannot_be_one_is_named(string body, string part)
    {
        var clients = new Clients();
        for (var i = 0; i < 4; i++) clients.Rest.On(Klines, 200, body);
        Should.Throw<VenueException>(() => clients.World.Run(() => clients.Client.GetKlinesAsync("BTCUSDT", KlineInterval.Minute, 0, 1, 5, default)))
            .Message.ShouldContain(part);
    }

    [Fact]
    public void An_unknown_interval_is_refused_with_those_there_are()
    {
        KlineInterval.Parse("4h").DurationMs.ShouldBe(14_400_000);
        Should.Throw<FormatException>(() => KlineInterval.Parse("7m")).Message.ShouldBe(
            "'7m' is no candle interval; there are 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d");
    }
}
