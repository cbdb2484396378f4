using System.Globalization;
using Granary.Backtest.Parity;
using Granary.Client.Cli;
using Granary.Client.Data;

namespace Granary.Client.Tests.Backtests;

/// <summary>compare --live: a backtest's own order list stands for the live run's, with something planted in it.</summary>
public sealed class OverlayCommandTests : IDisposable
{
    private readonly ConsoleBench _bench = new();

    public OverlayCommandTests()
    {
        var random = new Random(5);
        var price = 10_000L;
        var lines = Enumerable.Range(1, 6_000).Select(i =>
        {
            price += random.Next(-3, 4);
            return string.Create(
                CultureInfo.InvariantCulture, $"{i},{price / 10m:0.0},{random.Next(1, 40) / 10m},{i},{i},{1_700_006_400_000 + (i * 500L)},{(i % 3 == 0 ? "true" : "false")}");
        });
        File.WriteAllText(Path.Combine(_bench.Folder, "BTCUSDT-aggTrades.csv"), "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n" + string.Join('\n', lines) + "\n");
    }

    [Fact]
    public async Task A_live_run_is_laid_over_its_backtest()
    {
        (await _bench.RunAsync("backtest", "--trades", "BTCUSDT-aggTrades.csv", "--strategy", "coin", "--volume-threshold", "20", "--quick", "--out", "run"))
            .ShouldBe(ExitCode.Ok, _bench.Error);
        var log = OrderLog.Load(Path.Combine(_bench.Folder, "run"));
        log.Orders.Count.ShouldBeGreaterThan(10);
        await WriteAsync(log);
        (await _bench.RunAsync("compare", "--live", "live.json", "run")).ShouldBe(DataExit.Clean, _bench.Error);
        _bench.Output.ShouldContain("the fill model explains every difference");

        var order = log.Orders[3];
        await WriteAsync(log with { Orders = [.. log.Orders.Select(o => o == order ? o with { Fills = [o.Fills[0] with { Price = o.Fills[0].Price * 1.02m, Fee = o.Fees * 1.02m }] } : o)] });
        (await _bench.RunAsync("compare", "--live", "live.json", "run", "--html", "overlay.html")).ShouldBe(DataExit.Findings, _bench.Error);
        _bench.Output.ShouldContain("1 differences are unexplained");
        var page = await File.ReadAllTextAsync(Path.Combine(_bench.Folder, "overlay.html"));
        page.ShouldContain("id=\"price-BTCUSDT\"");
        page.ShouldContain("<b>Unexplained</b>");
        page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).ShouldNotContain("://");
        (await _bench.RunAsync("compare", "--live", "live.json", "run", "--price-max", "0.03")).ShouldBe(DataExit.Clean, _bench.Error);
        (await _bench.RunAsync("compare", "--live", "live.json", "run", "--trades", "BTCUSDT-aggTrades.csv")).ShouldBe(DataExit.Findings, "no trade was there");
    }

    [Theory]
    [InlineData("compare", "--live", "nowhere.json", "run")]
    [InlineData("compare", "--live", "BTCUSDT-aggTrades.csv", "run")]
    [InlineData("compare", "--live", "a.json", "run", "another")]
    [InlineData("compare", "run")]
    [InlineData("compare", "--live", "a.json", "run", "--price-max", "much")]
    public async Task A_wrong_command_line_is_refused(params string[] args)
    {
        (await _bench.RunAsync(args)).ShouldBe(ExitCode.Usage);
        _bench.Error.ShouldNotBeEmpty();
    }

    public void Dispose() => _bench.Dispose();

    private Task WriteAsync(OrderLog log) => File.WriteAllTextAsync(Path.Combine(_bench.Folder, "live.json"), log.ToJson());
}
