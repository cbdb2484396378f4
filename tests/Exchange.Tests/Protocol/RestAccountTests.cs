using System.Text.Json;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Tests.Protocol;

public class RestAccountTests
{
    private readonly ProtocolRig _rig = new();

    public RestAccountTests() => _rig.Exchange.Positions.Add(new ExchangePosition(
        "BTCUSDT", -0.5m, 60000.123456m, 60001.12345678m, -0.50000039m, 120345.6m, 1500.028m, 750.014m, 12.5m, 20, FakeExchange.Start - 1)
    {
        BreakEvenPrice = 59970.5m,
    });

    [Fact]
    public void Position_risk_v3_shows_only_what_is_held()
    {
        _rig.Exchange.Orders[5] = new ExchangeOrder(
            5, "c", "BTCUSDT", OrderSide.Buy, OrderType.Limit, TimeInForce.Gtc, 2m, 50000m, false, OrderStatus.PartiallyFilled, 0.5m, 25000m, 1, 1);
        const string Json = """{"symbol":"BTCUSDT","positionSide":"BOTH","positionAmt":"-0.500","entryPrice":"60000.123456","breakEvenPrice":"59970.50000","markPrice":"60001.12345678","unRealizedProfit":"-0.50000039","liquidationPrice":"120345.6","isolatedMargin":"0.00000000","notional":"-30000.56172839","isolatedWallet":"0","updateTime":1699999999999,"marginAsset":"USDT","initialMargin":"1512.52800000","maintMargin":"750.01400000","positionInitialMargin":"1500.02800000","openOrderInitialMargin":"12.50000000","adl":4,"bidNotional":"75000","askNotional":"0"}""";
        _rig.SignedText("GET", "/fapi/v3/positionRisk").ShouldBe($"[{Json}]");
        _rig.SignedText("GET", "/fapi/v3/positionRisk", "symbol=BTCUSDT").ShouldBe($"[{Json}]");
        _rig.SignedText("GET", "/fapi/v3/positionRisk", "symbol=ETHUSDT").ShouldBe("[]");
    }

    [Fact]
    public void Position_risk_v2_shows_every_symbol_with_its_settings()
    {
        using var json = JsonDocument.Parse(_rig.SignedText("GET", "/fapi/v2/positionRisk"));
        json.RootElement.GetArrayLength().ShouldBe(2);
        json.RootElement[1].GetRawText().ShouldBe(
            """{"symbol":"ETHUSDT","positionSide":"BOTH","positionAmt":"0.000","entryPrice":"0.00000","breakEvenPrice":"0.00000","markPrice":"60001.12345678","unRealizedProfit":"0.00000000","liquidationPrice":"0","isolatedMargin":"0.00000000","notional":"0.00000000","isolatedWallet":"0","updateTime":0,"marginType":"cross","isAutoAddMargin":"false","leverage":"20","maxNotionalValue":"100000000"}""");
    }

    [Theory]
    [InlineData("/fapi/v2/balance")]
    [InlineData("/fapi/v3/balance")]
    public void Balance_is_the_wallet(string path) => _rig.SignedText("GET", path).ShouldBe(
        """[{"accountAlias":"main","asset":"USDT","balance":"100012.50000000","crossWalletBalance":"100012.50000000","crossUnPnl":"-3.25000000","availableBalance":"99000.00000000","maxWithdrawAmount":"99000.00000000","marginAvailable":true,"updateTime":1699999999995}]""");

    [Fact]
    public void Account_v3_sums_the_positions()
    {
        _rig.SignedText("GET", "/fapi/v3/account").ShouldBe(
            """
            {"totalInitialMargin":"1512.52800000","totalMaintMargin":"750.01400000","totalWalletBalance":"100012.50000000","totalUnrealizedProfit":"-3.25000000",
            "totalMarginBalance":"100009.25000000","totalPositionInitialMargin":"1500.02800000","totalOpenOrderInitialMargin":"12.50000000",
            "totalCrossWalletBalance":"100012.50000000","totalCrossUnPnl":"-3.25000000","availableBalance":"99000.00000000","maxWithdrawAmount":"99000.00000000",
            "assets":[{"asset":"USDT","walletBalance":"100012.50000000","unrealizedProfit":"-3.25000000","marginBalance":"100009.25000000",
            "maintMargin":"750.01400000","initialMargin":"1512.52800000","positionInitialMargin":"1500.02800000","openOrderInitialMargin":"12.50000000",
            "crossWalletBalance":"100012.50000000","crossUnPnl":"-3.25000000","availableBalance":"99000.00000000","maxWithdrawAmount":"99000.00000000",
            "updateTime":1699999999995}],"positions":[{"symbol":"BTCUSDT","positionSide":"BOTH","positionAmt":"-0.500","unrealizedProfit":"-0.50000039",
            "isolatedMargin":"0.00000000","notional":"-30000.56172839","isolatedWallet":"0","initialMargin":"1512.52800000","maintMargin":"750.01400000",
            "updateTime":1699999999999}]}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void Account_v2_names_every_symbol()
    {
        using var json = JsonDocument.Parse(_rig.SignedText("GET", "/fapi/v2/account"));
        json.RootElement.GetProperty("canTrade").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("positions").EnumerateArray().Select(position => position.GetProperty("leverage").GetString()).ShouldBe(["20", "20"]);
    }

    [Fact]
    public void Money_keeps_every_digit_that_the_exchange_has()
    {
        _rig.Exchange.Wallet = _rig.Exchange.Wallet with { Balance = 0.1234567890123456789m };
        using var json = JsonDocument.Parse(_rig.SignedText("GET", "/fapi/v3/balance"));
        json.RootElement[0].GetProperty("balance").GetString().ShouldBe("0.1234567890123456789");
    }

    [Theory]
    [InlineData("/fapi/v1/positionSide/dual", "", """{"dualSidePosition":false}""")]
    [InlineData("/fapi/v1/multiAssetsMargin", "", """{"multiAssetsMargin":false}""")]
    [InlineData("/fapi/v1/feeBurn", "", """{"feeBurn":false}""")]
    [InlineData("/fapi/v1/commissionRate", "symbol=BTCUSDT", """{"symbol":"BTCUSDT","makerCommissionRate":"0.0002","takerCommissionRate":"0.0004","rpiCommissionRate":"0.0002"}""")]
    [InlineData("/fapi/v1/accountConfig", "", """{"feeTier":0,"canTrade":true,"canDeposit":false,"canWithdraw":false,"dualSidePosition":false,"updateTime":0,"multiAssetsMargin":false,"tradeGroupId":-1}""")]
    [InlineData("/fapi/v1/symbolConfig", "symbol=ETHUSDT", """[{"symbol":"ETHUSDT","marginType":"CROSSED","isAutoAddMargin":false,"leverage":20,"maxNotionalValue":"100000000"}]""")]
    public void Settings_are_those_of_the_account(string path, string query, string expected)
    {
        _rig.SignedText("GET", path, query).ShouldBe(expected);
        ProtocolRig.Code(_rig.Call("GET", path, query)).ShouldBe(-2014);
    }
}
