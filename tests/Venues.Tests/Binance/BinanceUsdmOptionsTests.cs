using Granary.Venues.Binance;

namespace Granary.Venues.Tests.Binance;

public sealed class BinanceUsdmOptionsTests
{
    private static readonly Secret _key = new("key");

    [Fact]
    public void Production_needs_both_switches()
    {
        Should.Throw<InvalidOperationException>(() => BinanceUsdmOptions.Production(false, _key, _key)).Message.ShouldContain("AllowRealMoney");
        Should.Throw<InvalidOperationException>(() => BinanceUsdmOptions.Production(true, null, null)).Message.ShouldContain("ApiKey");
        BinanceUsdmOptions.Production(true, _key, _key).RestUrl.Host.ShouldBe("fapi.binance.com");
    }

    [Theory]
    [InlineData("https://fapi.binance.com", "ws://127.0.0.1:1")]
    [InlineData("http://127.0.0.1:1", "wss://fstream.binance.com")]
    [InlineData("https://FAPI.Binance.com.", "ws://127.0.0.1:1")]
    [InlineData("https://fapi3.binance.com", "wss://fstream.binance.com")]
    [InlineData("https://proxy.example.org", "ws://127.0.0.1:1")]
    [InlineData("http://fapi.binance.com", "ws://127.0.0.1:1")]
    public void Addresses_that_may_lead_to_real_money_need_them_whatever_the_preset(string rest, string stream)
    {
        var options = BinanceUsdmOptions.BuiltIn("http://127.0.0.1:1") with { RestUrl = new Uri(rest), StreamUrl = new Uri(stream) };
        options.IsRealMoney.ShouldBeTrue();
        Should.Throw<InvalidOperationException>(options.Validate);
        Should.Throw<InvalidOperationException>((options with { ApiKey = _key, ApiSecret = _key }).Validate);
        Should.Throw<InvalidOperationException>((options with { AllowRealMoney = true }).Validate);
        (options with { AllowRealMoney = true, ApiKey = _key, ApiSecret = _key }).Validate();
    }

    [Fact]
    public void Testnet_demo_and_built_in_need_neither()
    {
        foreach (var options in new[] { BinanceUsdmOptions.Testnet(), BinanceUsdmOptions.Demo(), BinanceUsdmOptions.BuiltIn("http://127.0.0.1:8089") })
        {
            options.IsRealMoney.ShouldBeFalse();
            options.Validate();
        }
    }

    [Fact]
    public void Built_in_streams_are_at_the_same_port()
    {
        BinanceUsdmOptions.BuiltIn("http://127.0.0.1:8089").StreamUrl.ShouldBe(new Uri("ws://127.0.0.1:8089"));
        BinanceUsdmOptions.BuiltIn("https://localhost:9000").StreamUrl.ShouldBe(new Uri("wss://localhost:9000"));
        Should.Throw<ArgumentException>(() => BinanceUsdmOptions.BuiltIn("127.0.0.1:8089")).Message.ShouldContain("127.0.0.1:8089");
    }

    [Fact]
    public void A_value_out_of_range_is_named()
    {
        var options = BinanceUsdmOptions.BuiltIn("http://127.0.0.1:1");
        Should.Throw<ArgumentException>((options with { RecvWindowMs = 60_001 }).Validate).Message.ShouldBe("RecvWindowMs is 60001; it must be 1 to 60000");
        Should.Throw<ArgumentException>((options with { ConnectionAgeMax = TimeSpan.FromHours(25) }).Validate).Message.ShouldContain("ConnectionAgeMax");
        Should.Throw<ArgumentException>((options with { WeightReserve = 2000 }).Validate).Message.ShouldContain("WeightReserve");
        Should.Throw<ArgumentException>((options with { ApiKey = _key }).Validate).Message.ShouldContain("ApiSecret");
        Should.Throw<ArgumentException>((options with { RestUrl = new Uri("http://127.0.0.1:1/fapi") }).Validate).Message.ShouldContain("RestUrl");
    }
}
