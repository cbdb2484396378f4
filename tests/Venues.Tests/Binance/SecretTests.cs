using System.Text.Json;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Granary.Venues.Tests.Support;
using Granary.Venues.Transport;

namespace Granary.Venues.Tests.Binance;

public sealed class SecretTests
{
    [Fact]
    public void No_way_of_printing_shows_it()
    {
        var options = BinanceUsdmOptions.Testnet(new Secret(Clients.ApiKeyText), new Secret(Clients.SecretText));
        foreach (var text in new[] { options.ToString(), $"{options.ApiSecret}", JsonSerializer.Serialize(options), JsonSerializer.Serialize(options.ApiSecret) })
        {
            text.ShouldNotContain(Clients.ApiKeyText);
            text.ShouldNotContain(Clients.SecretText);
        }
        options.ApiKey!.ToString().ShouldBe("***");
        new RestRequest("GET", "/fapi/v1/order", "signature=abc", "body", Clients.ApiKeyText, TimeSpan.Zero).ToString().ShouldBe("GET /fapi/v1/order");
    }

    [Fact]
    public void A_bad_secret_is_not_repeated_in_the_error()
    {
        Should.Throw<ArgumentException>(() => new Secret("bad secret")).Message.ShouldNotContain("bad secret");
        Should.Throw<ArgumentException>(() => new Secret(" \n"));
        new Secret(" padded\n").Reveal().ShouldBe("padded");
    }

    /// <summary>Every way in which a request can fail, with a transport and a venue that repeat all they were given.</summary>
    [Fact]
    public void Neither_logs_nor_exceptions_nor_answers_hold_a_secret_or_a_signature()
    {
        var clients = new Clients(options => options with { QueryRetries = 0 });
        string Everything(RestRequest request) => $"{request.Method} {request.Path}?{request.Query} {request.Body} {request.ApiKey} {Clients.SecretText}";
        Func<RestRequest, RestResponse>[] failures =
        [
            request => throw new RestTransportException(Everything(request), true, new IOException(Everything(request))),
            request => throw new RestTransportException(Everything(request), false),
            request => throw new InvalidOperationException(Everything(request)),
            request => new RestResponse(400, JsonSerializer.SerializeToUtf8Bytes(new { code = -1121, msg = Everything(request) })),
            request => new RestResponse(400, JsonSerializer.SerializeToUtf8Bytes(new { code = -2015, msg = $"key {request.ApiKey}" })),
            request => new RestResponse(503, JsonSerializer.SerializeToUtf8Bytes(new { code = -1007, msg = Everything(request) })),
            request => new RestResponse(200, JsonSerializer.SerializeToUtf8Bytes(Everything(request))),
        ];
        var texts = new List<string>();
        foreach (var failure in failures)
        {
            foreach (var method in new[] { "GET", "POST", "DELETE" }) clients.Rest.On($"{method} /fapi/v1/order", failure);
            clients.Rest.On("GET /fapi/v3/balance", failure).On("POST /fapi/v1/listenKey", failure);
        }
        foreach (var _ in failures)
        {
            texts.Add(clients.World.Run(() => clients.Client.PlaceAsync(TradingTests.Limit("id-1"), default)).ToString());
            texts.Add(clients.World.Run(() => clients.Client.CancelAsync("BTCUSDT", "id-1", default)).ToString());
            texts.Add(clients.World.Run(() => clients.Client.QueryAsync("BTCUSDT", "id-1", default)).ToString());
            texts.Add(Should.Throw<VenueException>(() => clients.World.Run(() => clients.Client.GetBalancesAsync(default))).ToString());
            texts.Add(Should.Throw<VenueException>(() => clients.World.Run(() => clients.Client.CreateListenKeyAsync(default))).ToString());
        }
        clients.Rest.Requests.Count.ShouldBeGreaterThanOrEqualTo(5 * failures.Length);
        foreach (var text in texts.Concat(clients.Log.Lines))
        {
            text.ShouldNotContain(Clients.ApiKeyText);
            text.ShouldNotContain(Clients.SecretText);
            text.ShouldNotContain("signature=");
        }
    }
}
