using System.Globalization;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Tests.Protocol;

/// <summary>Every endpoint that the members of a USDⓈ-M client need: it exists, and demands and weighs what the venue's does.</summary>
public class EndpointListTests
{
    public static TheoryData<string, string, string, int, string> Endpoints => new()
    {
        // method, path, security, weight, parameters
        { "GET", "/fapi/v1/ping", "None", 1, "" },
        { "GET", "/fapi/v1/time", "None", 1, "" },
        { "GET", "/fapi/v1/exchangeInfo", "None", 1, "" },
        { "GET", "/fapi/v1/depth", "None", 2, "symbol=BTCUSDT&limit=50" },
        { "GET", "/fapi/v1/depth", "None", 5, "symbol=BTCUSDT&limit=100" },
        { "GET", "/fapi/v1/depth", "None", 10, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/depth", "None", 20, "symbol=BTCUSDT&limit=1000" },
        { "GET", "/fapi/v1/rpiDepth", "None", 20, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/aggTrades", "None", 20, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/trades", "None", 5, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/historicalTrades", "ApiKey", 20, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/klines", "None", 1, "symbol=BTCUSDT&interval=1m&limit=99" },
        { "GET", "/fapi/v1/klines", "None", 2, "symbol=BTCUSDT&interval=1m&limit=499" },
        { "GET", "/fapi/v1/klines", "None", 5, "symbol=BTCUSDT&interval=1m&limit=1000" },
        { "GET", "/fapi/v1/klines", "None", 10, "symbol=BTCUSDT&interval=1m&limit=1500" },
        { "GET", "/fapi/v1/continuousKlines", "None", 5, "pair=BTCUSDT&contractType=PERPETUAL&interval=1m" },
        { "GET", "/fapi/v1/markPriceKlines", "None", 5, "symbol=BTCUSDT&interval=1m" },
        { "GET", "/fapi/v1/indexPriceKlines", "None", 5, "pair=BTCUSDT&interval=1m" },
        { "GET", "/fapi/v1/premiumIndexKlines", "None", 5, "symbol=BTCUSDT&interval=1m" },
        { "GET", "/fapi/v1/premiumIndex", "None", 1, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/premiumIndex", "None", 10, "" },
        { "GET", "/fapi/v1/fundingRate", "None", 1, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/fundingInfo", "None", 1, "" },
        { "GET", "/fapi/v1/openInterest", "None", 1, "symbol=BTCUSDT" },
        { "GET", "/futures/data/openInterestHist", "None", 1, "symbol=BTCUSDT&period=5m" },
        { "GET", "/futures/data/globalLongShortAccountRatio", "None", 1, "symbol=BTCUSDT&period=5m" },
        { "GET", "/futures/data/topLongShortAccountRatio", "None", 1, "symbol=BTCUSDT&period=5m" },
        { "GET", "/futures/data/topLongShortPositionRatio", "None", 1, "symbol=BTCUSDT&period=5m" },
        { "GET", "/futures/data/takerlongshortRatio", "None", 1, "symbol=BTCUSDT&period=5m" },
        { "GET", "/fapi/v1/ticker/24hr", "None", 1, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/ticker/24hr", "None", 40, "" },
        { "GET", "/fapi/v1/ticker/price", "None", 1, "symbol=BTCUSDT" },
        { "GET", "/fapi/v2/ticker/price", "None", 2, "" },
        { "GET", "/fapi/v1/ticker/bookTicker", "None", 2, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/ticker/bookTicker", "None", 5, "" },
        { "GET", "/fapi/v2/balance", "Signed", 5, "" },
        { "GET", "/fapi/v3/balance", "Signed", 5, "" },
        { "GET", "/fapi/v2/account", "Signed", 5, "" },
        { "GET", "/fapi/v3/account", "Signed", 5, "" },
        { "GET", "/fapi/v2/positionRisk", "Signed", 10, "" },
        { "GET", "/fapi/v3/positionRisk", "Signed", 5, "" },
        { "GET", "/fapi/v1/symbolConfig", "Signed", 5, "" },
        { "GET", "/fapi/v1/accountConfig", "Signed", 5, "" },
        { "GET", "/fapi/v1/leverageBracket", "Signed", 1, "" },
        { "POST", "/fapi/v1/leverage", "Signed", 1, "symbol=BTCUSDT&leverage=5" },
        { "POST", "/fapi/v1/marginType", "Signed", 1, "symbol=BTCUSDT&marginType=ISOLATED" },
        { "POST", "/fapi/v1/positionSide/dual", "Signed", 1, "dualSidePosition=true" },
        { "GET", "/fapi/v1/positionSide/dual", "Signed", 30, "" },
        { "POST", "/fapi/v1/positionMargin", "Signed", 1, "symbol=BTCUSDT&amount=1&type=1" },
        { "GET", "/fapi/v1/positionMargin/history", "Signed", 1, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/multiAssetsMargin", "Signed", 30, "" },
        { "POST", "/fapi/v1/multiAssetsMargin", "Signed", 1, "multiAssetsMargin=false" },
        { "GET", "/fapi/v1/feeBurn", "Signed", 30, "" },
        { "POST", "/fapi/v1/feeBurn", "Signed", 1, "feeBurn=false" },
        { "GET", "/fapi/v1/income", "Signed", 30, "" },
        { "GET", "/fapi/v1/commissionRate", "Signed", 20, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/rateLimit/order", "Signed", 1, "" },
        { "GET", "/fapi/v1/adlQuantile", "Signed", 5, "" },
        { "GET", "/fapi/v1/apiTradingStatus", "Signed", 10, "" },
        { "POST", "/fapi/v1/listenKey", "ApiKey", 1, "" },
        { "PUT", "/fapi/v1/listenKey", "ApiKey", 1, "" },
        { "DELETE", "/fapi/v1/listenKey", "ApiKey", 1, "" },
        { "POST", "/fapi/v1/order", "Signed", 0, "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1" },
        { "POST", "/fapi/v1/order/test", "Signed", 0, "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1" },
        { "PUT", "/fapi/v1/order", "Signed", 1, "symbol=BTCUSDT&side=BUY&orderId=1&quantity=1&price=60000" },
        { "GET", "/fapi/v1/order", "Signed", 1, "symbol=BTCUSDT&orderId=1" },
        { "DELETE", "/fapi/v1/order", "Signed", 1, "symbol=BTCUSDT&orderId=1" },
        { "POST", "/fapi/v1/batchOrders", "Signed", 5, "batchOrders=[{}]" },
        { "PUT", "/fapi/v1/batchOrders", "Signed", 5, "batchOrders=[{}]" },
        { "DELETE", "/fapi/v1/batchOrders", "Signed", 1, "symbol=BTCUSDT&orderIdList=[1]" },
        { "DELETE", "/fapi/v1/batchOrders", "Signed", 1, "symbol=BTCUSDT&orderidlist=[1]" },
        { "DELETE", "/fapi/v1/allOpenOrders", "Signed", 1, "symbol=BTCUSDT" },
        { "POST", "/fapi/v1/countdownCancelAll", "Signed", 10, "symbol=BTCUSDT&countdownTime=0" },
        { "GET", "/fapi/v1/openOrder", "Signed", 1, "symbol=BTCUSDT&orderId=1" },
        { "GET", "/fapi/v1/openOrders", "Signed", 1, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/openOrders", "Signed", 40, "" },
        { "GET", "/fapi/v1/allOrders", "Signed", 5, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/forceOrders", "Signed", 20, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/forceOrders", "Signed", 50, "" },
        { "GET", "/fapi/v1/userTrades", "Signed", 5, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/orderAmendment", "Signed", 1, "symbol=BTCUSDT" },
        { "POST", "/fapi/v1/algoOrder", "Signed", 0, "symbol=BTCUSDT&algoType=CONDITIONAL&side=BUY&type=STOP_MARKET&quantity=1&triggerPrice=60000" },
        { "DELETE", "/fapi/v1/algoOrder", "Signed", 1, "algoId=1" },
        { "GET", "/fapi/v1/algoOrder", "Signed", 1, "algoId=1" },
        { "DELETE", "/fapi/v1/algoOpenOrders", "Signed", 1, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/openAlgoOrders", "Signed", 1, "symbol=BTCUSDT" },
        { "GET", "/fapi/v1/openAlgoOrders", "Signed", 40, "" },
        { "GET", "/fapi/v1/allAlgoOrders", "Signed", 5, "symbol=BTCUSDT" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void It_exists_demands_and_weighs_what_the_venues_does(string method, string path, string security, int weight, string parameters)
    {
        var rig = new ProtocolRig();
        if (path == "/fapi/v1/listenKey" && method != "POST") rig.Call("POST", path, key: FakeExchange.Main.ApiKey, address: "another");
        var known = FakeExchange.Main.ApiKey;
        // What answers a request that lacks something weighs as much as one that succeeds.
        var reply = security switch
        {
            "None" => rig.Call(method, path, parameters),
            "ApiKey" => rig.Call(method, path, parameters, key: known),
            _ => rig.Signed(method, path, parameters),
        };
        ProtocolRig.Text(reply).ShouldNotContain("-5000");
        ((int[])[200, 400]).ShouldContain(reply.Status, ProtocolRig.Text(reply));
        reply.UsedWeight1m.ShouldBe(weight);

        // One level less than it demands is refused.
        if (security != "None") Refusal(rig.Call(method, path, parameters)).ShouldBe((401, -2014));
        if (security != "None") Refusal(rig.Call(method, path, parameters, key: "nobody")).ShouldBe((401, -2015));
        if (security == "Signed") Refusal(rig.Call(method, path, parameters, key: known)).ShouldBe((400, -1102));
    }

    [Theory]
    [InlineData("GET", "/fapi/v1/order")]
    [InlineData("PUT", "/fapi/v1/order")]
    [InlineData("DELETE", "/fapi/v1/order")]
    public void Orders_are_counted_where_they_are_placed_or_amended(string method, string path)
    {
        var reply = new ProtocolRig().Signed(method, path, "symbol=BTCUSDT&side=BUY&orderId=1&quantity=1&price=60000");

        (reply.OrderCount10s, reply.OrderCount1m).ShouldBe(method == "PUT" ? (1, 1) : (-1, -1));
    }

    [Fact]
    public void Parameters_may_stand_in_the_query_in_the_body_or_in_both_and_are_signed_as_they_stand()
    {
        var rig = new ProtocolRig();
        var (secret, key) = (FakeExchange.Main.ApiSecret, FakeExchange.Main.ApiKey);
        var stamp = string.Create(CultureInfo.InvariantCulture, $"timestamp={rig.Exchange.ServerTimeMs}");
        const string Order = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newClientOrderId=a%2fb";
        foreach (var (query, body) in (ReadOnlySpan<(string, string)>)[(Order + "&" + stamp, ""), ("", Order + "&" + stamp), (Order, stamp), (stamp, Order)])
        {
            // Upper and lower case hexadecimal digits, the signature in the query and in the body.
            var signature = ProtocolRig.Sign(secret, query + body);
            foreach (var spelled in (ReadOnlySpan<string>)[signature, signature.ToUpperInvariant()])
            {
                rig.Call("POST", "/fapi/v1/order", query + (query.Length > 0 ? "&" : "") + "signature=" + spelled, body, key).Status.ShouldBe(200);
                rig.Call("POST", "/fapi/v1/order", query, body + (body.Length > 0 ? "&" : "") + "signature=" + spelled, key).Status.ShouldBe(200);
            }
        }
        rig.Exchange.Placed.Count.ShouldBe(16);
        rig.Exchange.Placed.ShouldAllBe(order => order.ClientOrderId == "a/b");
    }

    private static (int Status, int Code) Refusal(RestReply reply) => (reply.Status, ProtocolRig.Code(reply));
}
