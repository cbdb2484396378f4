using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Granary.Venues.Binance;

namespace Granary.Venues.Tests.Binance;

public sealed class BinanceSignerTests
{
    [Theory]
    // Binance USDⓈ-M general information, "SIGNED endpoint examples".
    [InlineData(
        "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943",
        "3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9")]
    // Binance spot general information, example 1.
    [InlineData(
        "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j",
        "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559",
        "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")]
    // RFC 4231, test case 2.
    [InlineData("Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    public void Known_vectors(string key, string text, string signature) =>
        new BinanceSigner(new Secret(key)).Sign(text, "").ShouldBe($"{text}&signature={signature}");

    [Fact]
    public void Window_and_timestamp_are_appended_before_the_signature()
    {
        var signer = new BinanceSigner(new Secret("2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9"));
        signer.Sign("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC", 5000, 1591702613943).ShouldEndWith(
            "timeInForce=GTC&recvWindow=5000&timestamp=1591702613943&signature=3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9");
        signer.Sign("", 1, 2).ShouldStartWith("recvWindow=1&timestamp=2&signature=");
    }

    [Fact]
    public void Any_text_of_any_length_is_signed_like_the_framework_does()
    {
        var signer = new BinanceSigner(new Secret("key"));
        Prop.ForAll(
            ArbMap.Default.ArbFor<PositiveInt>(),
            size =>
            {
                var text = string.Concat(Enumerable.Range(0, size.Get * 7 % 3000).Select(i => i % 97 == 96 ? '€' : (char)('!' + (i * size.Get % 90))));
                var expected = Convert.ToHexStringLower(HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes(text)));
                return signer.Sign(text, "") == $"{text}&signature={expected}";
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_signature_allocates_its_string_and_nothing_else()
    {
        var signer = new BinanceSigner(new Secret("key"));
        const string parameters = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC";
        var length = signer.Sign(parameters, 5000, 1591702613943).Length;
        for (var i = 0; i < 100; i++) signer.Sign(parameters, 5000, 1591702613943);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) signer.Sign(parameters, 5000, 1591702613943);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000.0;
        // A string is its header of 20 bytes, two bytes a character and a terminator, rounded up to 8.
        each.ShouldBeLessThanOrEqualTo(22 + (2 * length) + 8);
    }
}
