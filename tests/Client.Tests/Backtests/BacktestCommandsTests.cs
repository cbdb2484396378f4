using System.Globalization;
using Granary.Client.Cli;

namespace Granary.Client.Tests.Backtests;

public sealed class BacktestCommandsTests : IDisposable
{
    private const long StartMs = 1_700_006_400_000;

    private readonly ConsoleBench _bench = new();

    public BacktestCommandsTests()
    {
        var random = new Random(1);
        var close = 1_000m;
        var lines = Enumerable.Range(0, 3 * 1_440).Select(i =>
        {
            var open = close;
            close += random.Next(-30, 31) / 10m;
            var openMs = StartMs + (i * 60_000L);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{openMs},{open},{Math.Max(open, close) + 1},{Math.Min(open, close) - 1},{close},10,{openMs + 59_999},{10 * close},5,5,{5 * close},0");
        });
        File.WriteAllText(Path.Combine(_bench.Folder, "BTCUSDT-1m.csv"), string.Join('\n', lines) + "\n");
    }

    [Fact]
    public async Task A_report_is_made_again_from_the_folder_of_its_run_alone()
    {
        (await _bench.RunAsync("backtest", "--klines", "BTCUSDT-1m.csv", "--strategy", "cross", "--set", "execution.slippageScale=0", "--out", "run")).ShouldBe(ExitCode.Ok, _bench.Error);
        _bench.Output.ShouldContain("low-costs");
        _bench.Output.ShouldContain("docs/backtesting.md#low-costs");
        var file = Path.Combine(_bench.Folder, "run", "report.html");
        var page = await File.ReadAllTextAsync(file);
        File.Delete(file);
        File.Delete(Path.Combine(_bench.Folder, "BTCUSDT-1m.csv"));
        (await _bench.RunAsync("report", "run")).ShouldBe(ExitCode.Ok, _bench.Error);
        (await File.ReadAllTextAsync(file)).ShouldBe(page);
        (await _bench.RunAsync("report", "run", "--out", "other.html")).ShouldBe(ExitCode.Ok, _bench.Error);
        (await File.ReadAllTextAsync(Path.Combine(_bench.Folder, "other.html"))).ShouldBe(page);
        (await _bench.RunAsync("report", "nowhere")).ShouldBe(ExitCode.Usage);
        _bench.Error.ShouldContain("nowhere");
    }

    [Fact]
    public async Task A_test_set_is_looked_at_once()
    {
        string[] search =
            ["optimize", "--klines", "BTCUSDT-1m.csv", "--strategy", "cross", "--range", "cross.fast=5:10:5", "--range", "cross.slow=20:40:20", "--workers", "1"];
        (await _bench.RunAsync([.. search, "--out", "first"])).ShouldBe(ExitCode.Ok, _bench.Error);
        (await _bench.RunAsync([.. search, "--out", "second"])).ShouldBe(ExitCode.Refused);
        _bench.Error.ShouldContain("looked at 1 times");
        (await _bench.RunAsync([.. search, "--out", "third", "--test-again"])).ShouldBe(ExitCode.Ok, _bench.Error);
        (await File.ReadAllTextAsync(Path.Combine(_bench.Folder, "third", "report.html"))).ShouldContain("looked at 1 times before");
    }

    public void Dispose() => _bench.Dispose();
}
