namespace Granary.Client.Tests;

/// <summary>Answers as a silo gives them, each with a field that the console does not know.</summary>
public static class Samples
{
    public const string Position = """
        {"account":"main","symbol":"BTCUSDT","quantity":-0.125,"entryPrice":61234.56789,"markPrice":61000.1,"unrealizedPnl":29.30,
         "realizedPnl":-12.5,"fees":3.25,"stopPrice":61900.5,"stopState":"Resting","stopReason":"","strategy":"momentum","laterField":1}
        """;

    public const string Account = $$$"""
        {"account":"main","state":"Active","stateReason":"reconciled","wallet":99984.25,"venueWallet":99984.25,"initialWallet":100000,
         "realizedPnl":-12.5,"fees":3.25,"otherFlows":0,"unrealizedPnl":29.30,"equity":100013.55,"grossNotional":7625.01,"netNotional":-7625.01,
         "dayPnl":-15.75,"liveOrders":2,"unknownOrders":1,"reservedNotional":610.5,"approvals":1234,"refusals":{"StaleData":3,"DailyLoss":12},
         "positions":[{{{Position}}}],"timeMs":1723161600000,"laterField":{"a":1}}
        """;

    public const string Symbol = """
        {"symbol":"BTCUSDT","error":"","nextId":4711,"trades":1234567,"rejects":{"outlier":2},"bars":310,"barDigest":"9f3a","lastPrice":61000.1,
         "bidPrice":61000.0,"askPrice":61000.1,"markPrice":61000.15,"lastTradeTimeMs":1723161600000,"dataAgeMs":12,"holes":0,
         "lastBar":{"ofi":0.21,"intensity":1.7},"lastDecision":{"side":"Buy","strength":0.9,"conditions":[{"name":"ema_ofi","met":true,"value":0.2123456789012,"threshold":0.15},{"name":"z_large","met":null}]},"guard":"short, stop 61900.5","laterField":[]}
        """;

    public const string Status = $$$"""
        {"engine":"g1","version":"0.1.0","runtime":"Orleans.Embedded","venue":"built-in","realMoney":false,"market":"synthetic",
         "startedMs":1723158000000,"nowMs":1723161600000,"status":"unhealthy","problems":["symbol SOLUSDT: no data for 31 s"],
         "notes":["account main is halted: [test]"],"accounts":[{{{Account}}}],"symbols":[{{{Symbol}}},{"symbol":"SOLUSDT","error":"no answer within 2 s"}],
         "laterField":true}
        """;

    public const string Orders = """
        {"items":[
         {"account":"main","clientOrderId":"g1-main-m-000000042","sequence":42,"symbol":"BTCUSDT","strategy":"momentum","intentId":"momentum/BTCUSDT/310/entry",
          "purpose":"Entry","side":"Sell","type":"Market","timeInForce":"Gtc","quantity":0.125,"price":null,"reduceOnly":false,"atr":120.5,"stopPrice":61900.5,
          "status":"Filled","venueOrderId":99,"executedQuantity":0.125,"detail":"","marketTimeMs":1723161600000,"timeMs":1723161600001},
         {"account":"main","clientOrderId":"web_x","symbol":"ETHUSDT","strategy":"EXTERNAL","purpose":"Entry","side":"Buy","type":"Limit","quantity":1,
          "price":2500.25,"status":"Unknown","executedQuantity":0,"timeMs":1723161600002}]}
        """;

    public const string Fills = """
        {"items":[{"position":7,"account":"main","symbol":"BTCUSDT","tradeId":5,"clientOrderId":"g1-main-m-000000042","venueOrderId":99,"strategy":"momentum",
         "side":"Sell","price":61234.5,"quantity":0.125,"fee":3.06172500,"feeAsset":"USDT","realizedPnl":-12.5,"isMaker":false,"timeMs":1723161600001}]}
        """;

    public const string Slippage = """
        {"items":[{"account":"main","symbol":"BTCUSDT","strategy":"momentum","purpose":"Entry","orders":1234,"ordersUnfilled":2,"meanBps":12.345,"weightedBps":1.5,
         "p50Bps":1,"p95Bps":9.5,"forecasts":7,"forecastBps":3.25,"biasBps":-1.125,"notional":1000,"quote":12.5,"delayQuote":0.25,"spreadQuote":1234.5,
         "impactQuote":-3.5,"opportunityQuote":0,"fees":123.45}]}
        """;

    public const string OrderCosts = """
        {"items":[{"account":"main","clientOrderId":"g1/main/momentum/000000042","symbol":"BTCUSDT","strategy":"momentum","purpose":"Entry","side":"Buy",
         "quantity":0.125,"arrivalPrice":61234.55,"decisionPrice":61230,"forecastBps":1.5,"forecastBasis":"Book","filled":0.1,"averagePrice":61236.123456,
         "bps":0.25,"delayQuote":null,"spreadQuote":1,"impactQuote":2,"opportunityQuote":null,"fees":3.061,"isOver":false,"timeMs":1723161600001},
         {"account":"main","clientOrderId":"x","symbol":"BTCUSDT","side":"Sell","quantity":1,"arrivalPrice":100,"filled":0,"averagePrice":null,"bps":null,
         "forecastBps":null,"forecastBasis":"","isOver":true,"timeMs":1723161600001}]}
        """;

    public const string Decisions = """
        {"items":[{"account":"main","symbol":"BTCUSDT","strategy":"momentum","intentId":"i","kind":"Entry","side":"Buy","strength":1.25,"barIndex":311,
         "outcome":"Refused","reason":"DailyLoss","detail":"loss=3.1% limit=3%","marketTimeMs":1723161600000,"timeMs":1723161600000}]}
        """;

    public const string Incidents = """
        {"items":[{"scope":"account main","kind":"StreamLost","seen":"user stream closed\u001b[2J","done":"reconnected","result":"reconciled","timeMs":1723161600000}]}
        """;

    public const string Positions = $$$"""{"items":[{{{Position}}}]}""";

    public const string Halted = $$$"""{"account":"main","command":"halt","recorded":true,"view":{{{Account}}}}""";

    public static string Problem(string title, string detail) => $$$"""{"title":"{{{title}}}","detail":"{{{detail}}}","status":404}""";
}
