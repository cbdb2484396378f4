using Granary.Engine.Market;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Granary.Venues.Tests.Support;
using Granary.Venues.Transport;

namespace Granary.Venues.Tests.Binance;

/// <summary>The members beside trading: what is asked, with which weight's path and parameters, and what is read from the answer.</summary>
public sealed class SettingsAndStatisticsTests
{
    private readonly Clients _clients = new();

    private BinanceUsdmClient Client => _clients.Client;

    [Fact]
    public void Statistics_of_one_symbol_are_an_object_and_of_all_a_list()
    {
        const string Premium = """{"symbol":"BTCUSDT","markPrice":"11793.6","indexPrice":"11781.8","lastFundingRate":"0.0003","nextFundingTime":1597392000000,"time":1597370495002}""";
        var mark = new MarkPrice(1597370495002, 11793.6m, 11781.8m, 0.0003m, 1597392000000);
        Ask("premiumIndex", Premium, client => client.GetMarkPricesAsync("BTCUSDT", default), "symbol=BTCUSDT").ShouldBe([new("BTCUSDT", mark)]);
        Ask("premiumIndex", $"[{Premium}]", client => client.GetMarkPricesAsync(null, default)).ShouldBe([new("BTCUSDT", mark)]);
        Ask("ticker/24hr", """{"symbol":"BTCUSDT","priceChange":"-94.9","lastPrice":"4.2","openPrice":"99","highPrice":"100","lowPrice":"0.1","volume":"8913.3","quoteVolume":"15.3","openTime":1,"closeTime":2,"count":76}""", client => client.GetDayStatisticsAsync("BTCUSDT", default))
            .ShouldBe([new DayStatistics("BTCUSDT", 1, 2, 99, 100, 0.1m, 4.2m, 8913.3m, 15.3m, 76)]);
        Ask("ticker/bookTicker", """[{"lastUpdateId":7,"symbol":"BTCUSDT","bidPrice":"4","bidQty":"431","askPrice":"4.1","askQty":"9","time":5}]""", client => client.GetBookTickersAsync(null, default))["BTCUSDT"]
            .ShouldBe(new BookTicker(7, 5, 400000000, 43100000000, 410000000, 900000000));
        Ask("openInterest", """{"openInterest":"10659.509","symbol":"BTCUSDT","time":3}""", client => client.GetOpenInterestAsync("BTCUSDT", default)).ShouldBe(new OpenInterest(3, 10659.509m, null));
        Ask("fundingInfo", """[{"symbol":"BLZUSDT","adjustedFundingRateCap":"0.025","adjustedFundingRateFloor":"-0.025","fundingIntervalHours":4,"disclaimer":false}]""", client => client.GetFundingTermsAsync(default))
            .ShouldBe([new FundingTerms("BLZUSDT", 0.025m, -0.025m, 4)]);
        _clients.Rest.On("GET /fapi/v2/ticker/price", 200, """{"symbol":"BTCUSDT","price":"6000.01","time":1}""");
        _clients.World.Run(() => Client.GetPricesAsync("BTCUSDT", default)).ShouldBe([new("BTCUSDT", 6000.01m)]);
    }

    [Fact]
    public void Histories_are_oldest_first_and_bounded()
    {
        Ask("trades", """[{"id":2,"price":"4","qty":"12","quoteQty":"48","time":8,"isBuyerMaker":true},{"id":1,"price":"3","qty":"1","time":7,"isBuyerMaker":false}]""", client => client.GetTradesAsync("BTCUSDT", null, 2, default), "symbol=BTCUSDT&limit=2")
            .ShouldBe([new MarketTrade(1, 7, 3, 1, false), new MarketTrade(2, 8, 4, 12, true)]);
        Ask("historicalTrades", "[]", client => client.GetTradesAsync("BTCUSDT", 5, 500, default), "symbol=BTCUSDT&fromId=5&limit=500").ShouldBeEmpty();
        _clients.Rest.Requests.Last().ApiKey.ShouldBe(Clients.ApiKeyText);
        Ask("fundingRate", """[{"symbol":"BTCUSDT","fundingTime":2,"fundingRate":"0.0001","markPrice":""},{"symbol":"BTCUSDT","fundingTime":1,"fundingRate":"-0.0002"}]""", client => client.GetFundingRatesAsync("BTCUSDT", 1, 9, 100, default), "symbol=BTCUSDT&startTime=1&endTime=9&limit=100")
            .ShouldBe([new FundingRate(1, -0.0002m), new FundingRate(2, 0.0001m)]);
        Ask("premiumIndexKlines", """[[2,"-0.0001","0.0002","-0.0003","0.0001","0",3,"0",12,"0","0","0"]]""", client => client.GetPriceKlinesAsync("BTCUSDT", PriceKind.Premium, KlineInterval.Hour, 1, 9, 5, default))
            .ShouldBe([new PriceKline(2, -0.0001m, 0.0002m, -0.0003m, 0.0001m, 3)]);
        Ask("indexPriceKlines", "[]", client => client.GetPriceKlinesAsync("BTCUSDT", PriceKind.Index, KlineInterval.Hour, 1, 9, 5, default), "pair=BTCUSDT&interval=1h&startTime=1&endTime=9&limit=5").ShouldBeEmpty();
        _clients.Rest.On("GET /futures/data/openInterestHist", 200, """[{"symbol":"BTCUSDT","sumOpenInterest":"20403.637","sumOpenInterestValue":"150570784.07","timestamp":"1583127900000"}]""");
        _clients.World.Run(() => Client.GetOpenInterestHistoryAsync("BTCUSDT", KlineInterval.Hour, 1, default)).ShouldBe([new OpenInterest(1583127900000, 20403.637m, 150570784.07m)]);
        _clients.Rest.On("GET /futures/data/takerlongshortRatio", 200, """[{"buySellRatio":"1.5586","buyVol":"387.33","sellVol":"248.503","timestamp":"1"}]""");
        _clients.World.Run(() => Client.GetTrendRatiosAsync("BTCUSDT", TrendKind.TakerVolume, KlineInterval.Hour, 1, default)).ShouldBe([new TrendRatio(1, 1.5586m, 387.33m, 248.503m)]);
        _clients.Rest.On("GET /futures/data/topLongShortPositionRatio", 200, """[{"symbol":"BTCUSDT","longShortRatio":"1.4342","longAccount":"0.58","shortAccount":"0.42","timestamp":"1"}]""");
        _clients.World.Run(() => Client.GetTrendRatiosAsync("BTCUSDT", TrendKind.TopPositions, KlineInterval.Hour, 1, default)).ShouldBe([new TrendRatio(1, 1.4342m, 0.58m, 0.42m)]);
        Should.Throw<ArgumentException>(() => Client.GetTradesAsync("BTCUSDT", 1, 501, default)).Message.ShouldContain("1 to 500");
        Should.Throw<ArgumentException>(() => Client.GetTrendRatiosAsync("BTCUSDT", TrendKind.Accounts, KlineInterval.Hour, 501, default)).Message.ShouldContain("1 to 500");
    }

    [Fact]
    public void Settings_are_read()
    {
        Ask("accountConfig", """{"feeTier":2,"canTrade":true,"canDeposit":true,"dualSidePosition":false,"multiAssetsMargin":"true","tradeGroupId":-1}""", client => client.GetAccountModesAsync(default))
            .ShouldBe(new AccountModes(2, true, false, true));
        Ask("symbolConfig", """[{"symbol":"BTCUSDT","marginType":"CROSSED","isAutoAddMargin":"false","leverage":21,"maxNotionalValue":"1000000"},{"symbol":"ETHUSDT","marginType":"isolated","leverage":5,"maxNotionalValue":"INF"}]"""
            .Replace("INF", "2"), client => client.GetSymbolSettingsAsync(null, default))
            .ShouldBe([new SymbolSettings("BTCUSDT", 21, false, 1000000), new SymbolSettings("ETHUSDT", 5, true, 2)]);
        Ask("symbolConfig", """[{"symbol":"BTCUSDT","marginType":"PORTFOLIO","leverage":21,"maxNotionalValue":"1"}]""", client => client.GetSymbolSettingsAsync(null, default))
            .Single().IsIsolated.ShouldBeNull();
        Ask("positionSide/dual", """{"dualSidePosition":true}""", client => client.GetHedgeModeAsync(default)).ShouldBeTrue();
        Ask("multiAssetsMargin", """{"multiAssetsMargin":false}""", client => client.GetMultiAssetsAsync(default)).ShouldBeFalse();
        var brackets = Ask("leverageBracket", """
            [{"symbol":"BTCUSDT","notionalCoef":1.5,"brackets":[{"bracket":2,"initialLeverage":50,"notionalCap":100,"notionalFloor":10,"maintMarginRatio":0.01,"cum":0.05},
            {"bracket":1,"initialLeverage":75,"notionalCap":10,"notionalFloor":0,"maintMarginRatio":0.005,"cum":0}]},
            {"symbol":"BADUSDT","brackets":[{"bracket":1,"initialLeverage":75,"notionalCap":10,"notionalFloor":5,"maintMarginRatio":0.005,"cum":0}]}]
            """, client => client.GetLeverageBracketsAsync(null, default));
        brackets.Single().Steps.Select(step => step.LeverageMax).ShouldBe([75, 50]);
        _clients.Log.Lines.ShouldContain(line => line.Contains("left out BADUSDT"));
    }

    [Fact]
    public void Sums_and_history()
    {
        Ask("account", """{"totalInitialMargin":"1","totalMaintMargin":"2","totalWalletBalance":"103.1","totalUnrealizedProfit":"-3","totalMarginBalance":"100.1","availableBalance":"99","assets":[],"positions":[]}""", client => client.GetAccountSummaryAsync(default), version: 3)
            .ShouldBe(new AccountSummary(103.1m, -3, 100.1m, 1, 2, 99));
        Ask("income", """[{"symbol":"BTCUSDT","incomeType":"COMMISSION","income":"-0.01","asset":"USDT","info":"COMMISSION","time":5,"tranId":"9689322392","tradeId":"2059192"},{"symbol":"","incomeType":"TRANSFER","income":"-0.375","asset":"USDT","info":"TRANSFER","time":4,"tranId":8,"tradeId":""}]""", client => client.GetIncomeAsync(null, "X", 1, 9, 10, default))
            .ShouldBe([new IncomeRecord(8, "TRANSFER", "", -0.375m, "USDT", 4, 0), new IncomeRecord(9689322392, "COMMISSION", "BTCUSDT", -0.01m, "USDT", 5, 2059192)]);
        Ask("commissionRate", """{"symbol":"BTCUSDT","makerCommissionRate":"0.0002","takerCommissionRate":"0.0004"}""", client => client.GetCommissionRateAsync("BTCUSDT", default)).ShouldBe(new CommissionRate(0.0002m, 0.0004m));
        Ask("rateLimit/order", """[{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":300},{"rateLimitType":"ORDERS","interval":"MINUTE","intervalNum":1,"limit":1200},{"rateLimitType":"X","interval":"FORTNIGHT","intervalNum":1,"limit":1}]""", client => client.GetOrderLimitsAsync(default))
            .ShouldBe([new OrderLimit(TimeSpan.FromSeconds(10), 300), new OrderLimit(TimeSpan.FromMinutes(1), 1200)]);
    }

    [Fact]
    public void Settings_are_set_and_what_is_set_already_is_a_success()
    {
        const string Done = """{"code":200,"msg":"success"}""";
        _clients.Rest.On("POST /fapi/v1/leverage", 200, """{"leverage":21,"maxNotionalValue":"1000000","symbol":"BTCUSDT"}""");
        _clients.World.Run(() => Client.SetLeverageAsync("BTCUSDT", 21, default)).ShouldBe(1000000);
        Body().ShouldStartWith("symbol=BTCUSDT&leverage=21&");
        Should.Throw<ArgumentOutOfRangeException>(() => Client.SetLeverageAsync("BTCUSDT", 126, default));
        // The answer to the first attempt is lost; the second learns that it took effect.
        _clients.Rest.OnThrow("POST /fapi/v1/marginType", new RestTransportException("lost", true)).On("POST /fapi/v1/marginType", 400, """{"code":-4046,"msg":"No need to change margin type."}""");
        Do(() => Client.SetMarginTypeAsync("BTCUSDT", true, default));
        Body().ShouldStartWith("symbol=BTCUSDT&marginType=ISOLATED&");
        _clients.Rest.Count("POST /fapi/v1/marginType").ShouldBe(2);
        _clients.Rest.On("POST /fapi/v1/positionSide/dual", 400, """{"code":-4059,"msg":"No need to change position side."}""");
        Do(() => Client.SetHedgeModeAsync(false, default));
        Body().ShouldStartWith("dualSidePosition=false&");
        _clients.Rest.On("POST /fapi/v1/multiAssetsMargin", 200, Done);
        Do(() => Client.DisableMultiAssetsAsync(default));
        Body().ShouldStartWith("multiAssetsMargin=false&");
    }

    [Fact]
    public void A_change_of_margin_is_sent_once_and_refusals_are_told()
    {
        _clients.Rest.OnThrow("POST /fapi/v1/positionMargin", new RestTransportException("lost", true)).On("POST /fapi/v1/positionMargin", 200, """{"amount":5,"code":200,"msg":"Successfully modify position margin.","type":2}""");
        Should.Throw<VenueException>(() => Do(() => Client.ChangePositionMarginAsync("BTCUSDT", -5, default)));
        _clients.Rest.Count("POST /fapi/v1/positionMargin").ShouldBe(1);
        Do(() => Client.ChangePositionMarginAsync("BTCUSDT", -5, default));
        Body().ShouldStartWith("symbol=BTCUSDT&amount=5&type=2&");
        Should.Throw<ArgumentOutOfRangeException>(() => Do(() => Client.ChangePositionMarginAsync("BTCUSDT", 0, default)));
        _clients.Rest.On("POST /fapi/v1/marginType", 400, """{"code":-4047,"msg":"Margin type cannot be changed if there exists open orders."}""");
        Should.Throw<VenueException>(() => Do(() => Client.SetMarginTypeAsync("BTCUSDT", false, default))).Code.ShouldBe(-4047);
        _clients.Rest.On("POST /fapi/v1/multiAssetsMargin", 200, """{"code":-1,"msg":"odd"}""");
        Should.Throw<VenueException>(() => Do(() => Client.DisableMultiAssetsAsync(default)));
    }

    private T Ask<T>(string path, string answer, Func<BinanceUsdmClient, ValueTask<T>> ask, string? query = null, int version = 1)
    {
        _clients.Rest.On($"GET /fapi/v{version}/{path}", 200, answer);
        // The script repeats its last answer, so that one asked for before comes first once more.
        if (_clients.Rest.Count($"GET /fapi/v{version}/{path}") > 0) _clients.World.Run(() => ask(Client));
        var result = _clients.World.Run(() => ask(Client));
        if (query is not null) _clients.Rest.Requests.Last().Query.ShouldBe(query);
        return result;
    }

    private string Body() => _clients.Rest.Requests.Last().Body;

    private void Do(Func<ValueTask> act) => _clients.World.Run(async () =>
    {
        await act();
        return 0;
    });
}
