using System.Net;
using System.Text.Json;
using Granary.Journal.Records;

namespace Granary.Silo.Tests.Operator;

public sealed class OperatorQueriesTests : IAsyncLifetime
{
    private readonly OperatorBench _bench = new();

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Health_names_runtime_venue_money_and_states()
    {
        var (status, body) = await _bench.GetAsync("/health");

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("status").GetString().ShouldBe("healthy");
        body.GetProperty("runtime").GetString().ShouldBe(Granary.Silo.Hosting.RuntimeIdentity.Name);
        body.GetProperty("venue").GetString().ShouldBe("built-in");
        body.GetProperty("realMoney").GetBoolean().ShouldBeFalse();
        body.GetProperty("accounts").GetProperty("main").GetString().ShouldBe("Active");
    }

    [Fact]
    public async Task Health_is_503_with_the_reason_when_something_is_wrong()
    {
        _bench.Accounts["main"] = () => new(Views.Account("main", "Recovering"));
        _bench.Accounts["alt"] = () => new(Views.Account("alt", unknown: 2));
        _bench.Symbols["ETHUSDT"] = () => new(Views.Symbol("ETHUSDT", ageMs: 31_000));

        var (status, body) = await _bench.GetAsync("/health");

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Strings(body, "problems").ShouldBe(
        [
            "account main is recovering and opens nothing",
            "account alt has 2 orders with unknown outcome",
            "symbol ETHUSDT has had no data for 31 s",
        ]);
    }

    [Fact]
    public async Task Up_counts_from_the_start_of_the_silo()
    {
        _bench.Time.Now += TimeSpan.FromHours(1);

        var (_, body) = await _bench.GetAsync("/api/v1/status");

        (body.GetProperty("nowMs").GetInt64() - body.GetProperty("startedMs").GetInt64()).ShouldBe(3_600_000);
    }

    [Fact]
    public async Task An_account_that_an_operator_halted_is_a_note_and_no_problem()
    {
        _bench.Accounts["main"] = () => new(Views.Account("main", "Halted"));

        var (status, body) = await _bench.GetAsync("/health");

        status.ShouldBe(HttpStatusCode.OK);
        Strings(body, "notes").ShouldBe(["account main is Halted"]);
    }

    [Fact]
    public async Task Silence_after_a_recorded_market_is_a_note()
    {
        await using var replay = new ReplayedBench();
        replay.Bench.Symbols["ETHUSDT"] = () => new(Views.Symbol("ETHUSDT", ageMs: 99_000));
        await replay.StartAsync();

        var (status, body) = await replay.Bench.GetAsync("/health");

        status.ShouldBe(HttpStatusCode.OK);
        Strings(body, "notes").ShouldBe(["symbol ETHUSDT has had no data for 99 s"]);
    }

    [Fact]
    public async Task Grains_that_hang_or_throw_are_named_and_the_rest_is_shown()
    {
        var never = new TaskCompletionSource<Granary.Grains.Interfaces.Risk.RiskView>();
        _bench.Accounts["main"] = () => new(never.Task);
        _bench.Symbols["BTCUSDT"] = () => throw new InvalidOperationException("activation failed");

        var (status, body) = await _bench.GetAsync("/api/v1/status");

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("status").GetString().ShouldBe("unhealthy");
        Strings(body, "problems").ShouldBe(["account main does not answer: no answer within 2000 ms", "symbol BTCUSDT does not answer: activation failed"]);
        body.GetProperty("accounts")[0].GetProperty("state").GetString().ShouldBe("NoAnswer");
        body.GetProperty("accounts")[1].GetProperty("wallet").GetDecimal().ShouldBe(100_050.25m);
        (await _bench.GetAsync("/api/v1/accounts/main")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await _bench.GetAsync("/api/v1/symbols/BTCUSDT")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task An_account_has_its_equity_and_exact_decimals()
    {
        var (_, body) = await _bench.GetAsync("/api/v1/accounts/main");

        body.GetProperty("equity").GetRawText().ShouldBe("100045.125");
        body.GetProperty("positions")[0].GetProperty("quantity").GetRawText().ShouldBe("-0.1");
    }

    [Fact]
    public async Task A_symbol_in_any_letter_case_has_bar_and_decision_as_json()
    {
        var (_, body) = await _bench.GetAsync("/api/v1/symbols/btcusdt");

        body.GetProperty("lastBar").GetProperty("ofi").GetDouble().ShouldBe(0.25);
        body.GetProperty("lastDecision").GetProperty("side").GetString().ShouldBe("Buy");
        var (_, list) = await _bench.GetAsync("/api/v1/symbols");
        list.GetProperty("items").GetArrayLength().ShouldBe(2);
        list.GetProperty("items")[0].GetProperty("lastBar").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Positions_come_from_all_accounts_and_can_be_narrowed()
    {
        (await Count("/api/v1/positions")).ShouldBe(2);
        (await Count("/api/v1/positions?account=alt")).ShouldBe(1);
        (await Count("/api/v1/positions?symbol=ETHUSDT")).ShouldBe(0);
        var flat = Views.Account("alt");
        _bench.Accounts["alt"] = () => new(flat with { Positions = [flat.Positions[0] with { Quantity = 0 }] });
        (await Count("/api/v1/positions")).ShouldBe(1);
    }

    [Fact]
    public async Task Orders_are_newest_first_and_can_be_narrowed()
    {
        _bench.Journal.Records.AddRange(
            [Views.Order("main", "BTCUSDT", 1), Views.Order("main", "ETHUSDT", 2, "New"), Views.Order("alt", "BTCUSDT", 3, "New")]);

        var (_, body) = await _bench.GetAsync("/api/v1/orders");
        body.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("sequence").GetInt64()).ShouldBe([3, 2, 1]);
        (await Count("/api/v1/orders?account=main")).ShouldBe(2);
        (await Count("/api/v1/orders?symbol=btcusdt&account=main")).ShouldBe(1);
        (await Count("/api/v1/orders?limit=1")).ShouldBe(1);
        (await Count("/api/v1/orders?open=true")).ShouldBe(2);
        (await Count("/api/v1/orders?open=true&limit=1")).ShouldBe(1);
    }

    [Fact]
    public async Task Decisions_carry_json_as_json_even_when_it_is_broken_and_numbers_that_are_none()
    {
        _bench.Journal.Records.Add(Views.Decision("main", "BTCUSDT", 5));

        var (status, body) = await _bench.GetAsync("/api/v1/decisions?symbol=BTCUSDT");

        status.ShouldBe(HttpStatusCode.OK);
        var decision = body.GetProperty("items")[0];
        decision.GetProperty("why").GetProperty("a").GetInt32().ShouldBe(1);
        decision.GetProperty("features").GetString().ShouldBe("not json");
        decision.GetProperty("strength").GetString().ShouldBe("NaN");
    }

    [Fact]
    public async Task Incidents_and_equity_are_listed()
    {
        _bench.Journal.Records.AddRange([new IncidentRecord("s", "k", "a", "b", "c", 1), new EquityRecord("main", 1m, 2m, "Active", 3)]);

        (await Count("/api/v1/incidents")).ShouldBe(1);
        (await Count("/api/v1/equity/main?limit=1000")).ShouldBe(1);
        (await Count("/api/v1/equity/alt")).ShouldBe(0);
    }

    [Fact]
    public async Task Slippage_is_told_by_group_and_by_order_and_can_be_narrowed()
    {
        _bench.Journal.Records.AddRange([Views.OrderCost("main", "BTCUSDT"), Views.OrderCost("alt", "ETHUSDT")]);

        var all = await Count("/api/v1/slippage");
        all.ShouldBeGreaterThan(1);
        (await Count("/api/v1/slippage?symbol=btcusdt")).ShouldBe(1);
        (await Count("/api/v1/slippage/orders")).ShouldBe(2);
        (await Count("/api/v1/slippage/orders?account=alt")).ShouldBe(1);
        var (_, body) = await _bench.GetAsync("/api/v1/slippage/orders?limit=1");
        body.GetProperty("items")[0].TryGetProperty("state", out _).ShouldBeFalse("the kernel's bytes are nobody's business");
    }

    [Theory]
    [InlineData("/api/v1/symbols/DOGEUSDT", "there is no symbol 'DOGEUSDT'; there are BTCUSDT, ETHUSDT")]
    [InlineData("/api/v1/accounts/other", "there is no account 'other'; there are main, alt")]
    [InlineData("/api/v1/orders?symbol=X", "there is no symbol 'X'; there are BTCUSDT, ETHUSDT")]
    [InlineData("/api/v1/decisions?account=Main", "there is no account 'Main'; there are main, alt")]
    [InlineData("/api/v1/equity/none", "there is no account 'none'; there are main, alt")]
    [InlineData("/nowhere", "there is nothing at /nowhere; try /health, /metrics or /api/v1/status")]
    [InlineData("/api/v1/accounts/..%2f..%2fetc", "there is no account '..%2f..%2fetc'; there are main, alt")]
    public async Task What_is_not_there_is_404_and_says_what_is(string path, string detail)
    {
        var (status, body) = await _bench.GetAsync(path);

        status.ShouldBe(HttpStatusCode.NotFound);
        body.GetProperty("detail").GetString()!.ShouldBe(detail, StringCompareShould.IgnoreCase);
    }

    [Theory]
    [InlineData("/api/v1/orders?limit=0")]
    [InlineData("/api/v1/orders?limit=1001")]
    [InlineData("/api/v1/fills?limit=-1")]
    [InlineData("/api/v1/incidents?limit=abc")]
    [InlineData("/api/v1/decisions?limit=99999999999999999999")]
    [InlineData("/api/v1/orders?limit=1&limit=2")]
    [InlineData("/api/v1/orders?open=perhaps")]
    [InlineData("/api/v1/equity/main?limit=%00")]
    public async Task Wrong_numbers_are_400(string path)
    {
        var (status, body) = await _bench.GetAsync(path);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("title").GetString().ShouldBe("Bad request");
    }

    [Fact]
    public async Task A_host_name_that_is_not_loopback_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        request.Headers.Host = "evil.example";

        using var response = await _bench.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Metrics_are_prometheus_text()
    {
        using var response = await _bench.Http.GetAsync("/metrics");

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        (await response.Content.ReadAsStringAsync()).ShouldContain("process_resident_memory_bytes");
    }

    [Fact]
    public async Task Field_names_of_the_first_version_stay()
    {
        _bench.Journal.Records.AddRange(
            [Views.Order("main", "BTCUSDT", 1), Views.Fill("main", "BTCUSDT", 1), Views.Decision("main", "BTCUSDT", 1), new IncidentRecord("s", "k", "a", "b", "c", 1), new EquityRecord("main", 1, 2, "Active", 3), Views.OrderCost("main", "BTCUSDT")]);
        var expected = new Dictionary<string, string>
        {
            ["/api/v1/status"] = "engine version runtime venue realMoney market startedMs nowMs status problems notes accounts symbols",
            ["/api/v1/accounts/main"] = "account state stateReason wallet venueWallet initialWallet realizedPnl fees otherFlows unrealizedPnl equity grossNotional netNotional dayPnl liveOrders unknownOrders reservedNotional approvals refusals positions timeMs",
            ["/api/v1/symbols/BTCUSDT"] = "symbol error nextId trades rejects bars barDigest lastPrice bidPrice askPrice markPrice lastTradeTimeMs dataAgeMs holes lastBar lastDecision guard",
            ["/api/v1/positions"] = "account symbol quantity entryPrice markPrice unrealizedPnl realizedPnl fees stopPrice strategy stopState stopReason",
            ["/api/v1/orders"] = "account clientOrderId sequence symbol strategy intentId purpose side type timeInForce quantity price reduceOnly atr stopPrice status venueOrderId executedQuantity detail marketTimeMs timeMs",
            ["/api/v1/fills"] = "position account symbol tradeId clientOrderId venueOrderId strategy side price quantity fee feeAsset realizedPnl isMaker timeMs",
            ["/api/v1/decisions"] = "account symbol strategy intentId kind side strength barIndex outcome reason detail why features marketTimeMs timeMs",
            ["/api/v1/slippage"] = "account symbol strategy purpose orders ordersUnfilled meanBps weightedBps p50Bps p95Bps forecasts forecastBps biasBps notional quote delayQuote spreadQuote impactQuote opportunityQuote fees",
            ["/api/v1/slippage/orders"] = "account clientOrderId symbol strategy purpose side quantity arrivalPrice decisionPrice forecastBps forecastBasis filled averagePrice bps delayQuote spreadQuote impactQuote opportunityQuote fees isOver timeMs",
            ["/api/v1/incidents"] = "scope kind seen done result timeMs",
            ["/api/v1/equity/main"] = "account wallet unrealizedPnl state timeMs",
        };
        foreach (var (path, fields) in expected)
        {
            var (_, body) = await _bench.GetAsync(path);
            if (body.TryGetProperty("items", out var items)) body = items[0];
            var actual = body.EnumerateObject().Select(p => p.Name).ToList();
            foreach (var field in fields.Split(' ')) actual.ShouldContain(field, path);
        }
    }

    private async Task<int> Count(string path)
    {
        var (status, body) = await _bench.GetAsync(path);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body.GetProperty("items").GetArrayLength();
    }

    private static string[] Strings(JsonElement body, string name) => [.. body.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

    private sealed class ReplayedBench : IAsyncDisposable
    {
        public OperatorBench Bench { get; } = new();

        public async Task StartAsync()
        {
            var symbols = Bench.Symbols.ToList();
            await Bench.InitializeAsync();
            foreach (var (symbol, view) in symbols) Bench.Symbols[symbol] = view;
            Bench.Http.BaseAddress = null;
            await Bench.StartAsync(Bench.Options with { Exchange = Bench.Options.Exchange with { Market = Granary.Exchange.MarketKind.Replay } });
        }

        public async ValueTask DisposeAsync() => await Bench.DisposeAsync();
    }
}
