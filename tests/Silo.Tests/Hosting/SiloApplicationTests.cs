using System.Net;
using System.Text.Json;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Journal;
using Granary.Silo.Hosting;

namespace Granary.Silo.Tests.Hosting;

/// <summary>A whole silo over real sockets: start, look, stop, go on.</summary>
public sealed class SiloApplicationTests : IDisposable
{
    private readonly SiloBench _bench = new();
    private readonly HttpClient _http = new();

    [Fact]
    public async Task A_started_silo_becomes_healthy_names_its_runtime_and_stops_in_order()
    {
        string url;
        await using (var silo = await _bench.StartAsync())
        {
            url = silo.OperatorUrl;
            await _bench.UntilAsync(async () => (await _http.GetAsync(url + "/health", _bench.Timeout)).StatusCode == HttpStatusCode.OK);
            using var health = JsonDocument.Parse(await _http.GetStringAsync(url + "/health", _bench.Timeout));
            health.RootElement.GetProperty("status").GetString().ShouldBe("healthy");
            health.RootElement.GetProperty("runtime").GetString().ShouldBe(RuntimeIdentity.Name);
            health.RootElement.GetProperty("realMoney").GetBoolean().ShouldBeFalse();
            health.RootElement.GetProperty("accounts").GetProperty(SiloBench.Account).GetString().ShouldBe("Active");

            // Healthy does not mean that a trade has come yet.
            await _bench.UntilAsync(async () =>
                (await _http.GetStringAsync(url + "/metrics", _bench.Timeout)).Contains("granary_trades_total{symbol=\"BTCUSDT\"}", StringComparison.Ordinal));

            // Each audit tells the account's risk.
            string[] gauges =
            [
                "equity{", "exposure{", "stress_profit{", "limit_use_ratio{", "margin_ratio{", "liquidation_distance_ratio{", "drawdown_ratio{", "stop{",
            ];
            await _bench.UntilAsync(async () =>
            {
                var text = await _http.GetStringAsync(url + "/metrics", _bench.Timeout);
                return gauges.All(gauge => text.Contains($"granary_account_{gauge}account=\"{SiloBench.Account}\"", StringComparison.Ordinal));
            });
            // What its clients count is there too, and the built-in exchange says nothing they do not know.
            var metrics = await _http.GetStringAsync(url + "/metrics", _bench.Timeout);
            metrics.ShouldContain("granary_venue_requests_total{client=\"market\"}");
            metrics.ShouldContain($"granary_venue_weight_used{{client=\"account/{SiloBench.Account}\"}}");
            metrics.Split('\n').Where(line => line.StartsWith("granary_venue_unknown_fields_total{", StringComparison.Ordinal)).ShouldBeEmpty();
            File.Exists(Path.Combine(_bench.Folder, "data", "granary.db")).ShouldBeTrue();
        }

        await Should.ThrowAsync<HttpRequestException>(_http.GetAsync(url + "/health", _bench.Timeout));
    }

    [Fact]
    public async Task A_silo_with_a_backup_feed_that_nobody_answers_starts_and_trades_on()
    {
        await using var silo = await _bench.StartActiveAsync(
            "--Feeds:Backups:0:Name", "okx", "--Feeds:Backups:0:RestUrl", "http://127.0.0.1:9", "--Feeds:Backups:0:StreamUrl", "ws://127.0.0.1:9");
        await _bench.UntilAsync(async () =>
            (await _http.GetStringAsync(silo.OperatorUrl + "/metrics", _bench.Timeout)).Contains("granary_feed_health{symbol=\"BTCUSDT\"}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_start_goes_on_with_wallet_orders_and_every_trade_once()
    {
        // Bars of one BTC move too little to earn three round-trip fees.
        string[] fast = ["--Exchange:Speed", "120", "--Accounts:0:Name", SiloBench.Account, "--Accounts:0:Limits:ProfitToFeesMin", "0"];
        decimal initial, pnl, fees;
        long sequence;
        long trades;
        await using (var first = await _bench.StartActiveAsync(fast))
        {
            // One order may be filled in several parts: two orders are needed.
            await _bench.UntilAsync(async () =>
                (await SiloBench.Journal(first).GetFillsAsync(SiloBench.Account, "BTCUSDT", 0, 10)).Select(f => f.ClientOrderId).Distinct().Count() >= 2);
            await first.Host.StopAsync(_bench.Timeout);
            var wallet = SiloBench.Core(first).GetWallet(SiloBench.Account);
            (initial, pnl, fees) = (wallet.Initial, wallet.RealizedPnl, wallet.Fees);
            sequence = await SiloBench.Journal(first).GetOrderSequenceMaxAsync(SiloBench.Account);
            trades = SiloBench.Core(first).Progress.Trades;
        }

        sequence.ShouldBeGreaterThan(1);
        await using var second = await _bench.StartActiveAsync(fast);
        var risk = await SiloBench.Risk(second).GetView();
        risk.InitialWallet.ShouldBe(initial);
        risk.Fees.ShouldBeGreaterThanOrEqualTo(fees);
        risk.OtherFlows.ShouldBe(0);
        if (risk.Fees == fees) risk.RealizedPnl.ShouldBe(pnl);
        await _bench.UntilAsync(async () => await SiloBench.Journal(second).GetOrderSequenceMaxAsync(SiloBench.Account) > sequence);

        // The order may have been the exit of a position that was open, which waits for no trade.
        await _bench.UntilAsync(async () => (await SiloBench.Symbol(second, "BTCUSDT").GetView()).Trades > trades);
        var view = await SiloBench.Symbol(second, "BTCUSDT").GetView();
        view.Holes.ShouldBe(0);
        view.Trades.ShouldBe(view.NextId - 1);
        var orders = await SiloBench.Journal(second).GetOrdersAsync(SiloBench.Account, null, 1_000);

        // Protective stops bear the number of the entry that they protect, and none of their own.
        var sequences = orders.Select(o => o.Sequence).Where(n => n > 0).Order().ToArray();
        sequences.ShouldBe(Enumerable.Range(1, sequences.Length).Select(i => (long)i));
    }

    [Theory]
    [InlineData(true, OrderStatus.Canceled)]
    [InlineData(false, OrderStatus.New)]
    public async Task Draining_cancels_open_orders_unless_configured_otherwise(bool cancels, OrderStatus expected)
    {
        await using var silo = await _bench.StartActiveAsync("--Engine:CancelOrdersOnStop", cancels ? "true" : "false");
        var core = SiloBench.Core(silo);
        var price = decimal.Floor(core.GetMarkPrice("BTCUSDT").Mark * 0.96m);
        var order = core.Place(SiloBench.Account, new NewOrder("BTCUSDT", OrderSide.Buy, OrderType.Limit, TimeInForce.Gtc, 0.01m, price, false, "web_1"));
        await _bench.UntilAsync(async () => (await SiloBench.Execution(silo, "BTCUSDT").GetView()).LiveOrders.Any(o => o.ClientOrderId == "web_1"));

        await silo.Host.StopAsync(_bench.Timeout);
        core.GetOrder(SiloBench.Account, "BTCUSDT", order.OrderId, null).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task Two_silos_on_one_journal_are_refused_with_what_to_do()
    {
        await using var first = await _bench.StartAsync();
        var refused = await Should.ThrowAsync<JournalException>(_bench.StartAsync());
        refused.Message.ShouldContain(Path.Combine(_bench.Folder, "data"));
        refused.Message.ShouldContain($"in use by process {Environment.ProcessId}");
        refused.Message.ShouldContain("name another folder");
        await _bench.UntilAsync(async () => (await SiloBench.Risk(first).GetView()).State == "Active");
    }

    [Fact]
    public async Task A_start_that_fails_leaves_nothing_open()
    {
        await using (var first = await _bench.StartAsync())
        {
            var taken = first.Exchange!.Url;
            using var other = new SiloBench();
            (await Should.ThrowAsync<IOException>(other.StartAsync("--Exchange:Url", taken))).Message.ShouldContain(new Uri(taken).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
            (await Should.ThrowAsync<IOException>(other.StartAsync("--Operator:Url", first.OperatorUrl))).Message.ShouldContain(new Uri(first.OperatorUrl).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await using var second = await other.StartAsync();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _bench.Dispose();
    }
}
