using Granary.Venues.Binance;

namespace Granary.Venues.Tests.Binance;

public sealed class BinanceErrorsTests
{
    [Theory]
    [InlineData(408, -1007), InlineData(503, -1007), InlineData(400, -1007), InlineData(400, -1000), InlineData(400, -1001), InlineData(400, -1006)]
    [InlineData(500, 0), InlineData(502, 0), InlineData(503, 0), InlineData(504, 0), InlineData(520, -1121), InlineData(408, 0), InlineData(200, 0)]
    public void Outcome_unknown(int status, int code) => BinanceErrors.Classify(status, code).ShouldBe(BinanceErrorKind.Unknown);

    [Theory]
    [InlineData(429, -1003), InlineData(418, -1003), InlineData(429, 0), InlineData(418, 0), InlineData(503, -1008), InlineData(400, -1015), InlineData(429, -1015)]
    public void Not_sent(int status, int code) => BinanceErrors.Classify(status, code).ShouldBe(BinanceErrorKind.NotSent);

    [Theory]
    [InlineData(-1002), InlineData(-1022), InlineData(-1102), InlineData(-1106), InlineData(-1111), InlineData(-1116), InlineData(-1117), InlineData(-1121)]
    [InlineData(-2010), InlineData(-2011), InlineData(-2013), InlineData(-2014), InlineData(-2015), InlineData(-2018), InlineData(-2019), InlineData(-2020)]
    [InlineData(-2021), InlineData(-2022), InlineData(-2023), InlineData(-2025), InlineData(-2026), InlineData(-2027), InlineData(-2028)]
    [InlineData(-4001), InlineData(-4002), InlineData(-4003), InlineData(-4004), InlineData(-4005), InlineData(-4013), InlineData(-4014), InlineData(-4023)]
    [InlineData(-4016), InlineData(-4024), InlineData(-4131), InlineData(-4028), InlineData(-4046), InlineData(-4047), InlineData(-4048), InlineData(-4055)]
    [InlineData(-4059), InlineData(-4061), InlineData(-4067), InlineData(-4068), InlineData(-4161), InlineData(-4118), InlineData(-4120), InlineData(-4164)]
    [InlineData(-4400), InlineData(-4401), InlineData(-5021), InlineData(-5022), InlineData(-5024), InlineData(-5025), InlineData(-5026), InlineData(-5027)]
    [InlineData(-5028), InlineData(-5037), InlineData(-5038), InlineData(-5039), InlineData(-5040), InlineData(-5041), InlineData(-9999), InlineData(0)]
    public void Definite_reject_with_a_4xx(int code)
    {
        BinanceErrors.Classify(400, code).ShouldBe(BinanceErrorKind.Reject);
        BinanceErrors.IsTransient(BinanceErrors.Classify(400, code)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(401, -2015), InlineData(403, 0), InlineData(404, 0), InlineData(301, 0), InlineData(200, -1121)]
    public void Definite_reject_with_other_statuses(int status, int code) => BinanceErrors.Classify(status, code).ShouldBe(BinanceErrorKind.Reject);

    [Theory]
    [InlineData(400, -1021, BinanceErrorKind.ClockSkew), InlineData(400, -4116, BinanceErrorKind.Duplicate), InlineData(400, -1125, BinanceErrorKind.ListenKeyGone)]
    public void Codes_with_a_cure_of_their_own(int status, int code, BinanceErrorKind kind)
    {
        BinanceErrors.Classify(status, code).ShouldBe(kind);
        BinanceErrors.IsTransient(kind).ShouldBeFalse();
    }
}
