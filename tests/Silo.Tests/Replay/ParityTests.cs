using Granary.Backtest;
using Granary.Backtest.Configuration;
using Granary.Backtest.Feeds;
using Granary.Backtest.Parity;
using Granary.Engine.Market;
using Granary.Exchange;
using Granary.Tape;

namespace Granary.Silo.Tests.Replay;

/// <summary>The same trades through the backtest and through a silo of its own over loopback sockets.</summary>
public sealed class ParityTests : IDisposable
{
    private const string Threshold = "5000";

    private readonly string _folder = Directory.CreateTempSubdirectory("granary-parity-").FullName;
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(3), TimeProvider.System);

    [Fact]
    public async Task The_live_path_over_loopback_decides_and_orders_as_the_backtest_does()
    {
        const int Trades = 20_000;
        const int Speed = 600;
        var tape = SampleTape.Write(_folder, Trades);
        var file = Path.Combine(_folder, "orders.json");
        using var silo = SiloProcess.Start(
            Path.Combine(_folder, "data"), "replay", "--trades", tape, "--volume-threshold", Threshold, "--orders", file, "--Exchange:Speed",
            Speed.ToString(System.Globalization.CultureInfo.InvariantCulture), "--Protection:AtVenue", "false",
            "--Placement:Entry:Style", "Taker", "--Placement:Slicing:IsEnabled", "false");
        (await silo.ExitCodeAsync(_timeout.Token)).ShouldBe(0, silo.Output);
        var live = OrderLog.Load(file);
        var recorder = new OrderRecorder();
        var config = new RunConfig { VolumeThreshold = decimal.Parse(Threshold, System.Globalization.CultureInfo.InvariantCulture), Cash = live.Cash };
        var result = BacktestRunner.Run(
            [new TradeFeed(SymbolCatalog.Find("APEUSDT")!, TapePart.Of(tape))], config.ToOptions() with { Recorder = recorder });
        var backtest = recorder.ToLog("backtest", live.Cash, [.. result.Symbols.Select(s => new LoggedBars(s.Symbol, s.Bars, s.BarDigest))]);

        // How much of this fast market passes while an order is on its way is the machine's affair: any time is allowed, and any price of that time. Nothing else.
        AggTrade[] trades = [.. AggTradeTape.Read(tape)];
        var market = new TradeRange(trades);
        var overlay = OverlayComparer.Compare(live, backtest, new OverlayOptions
        {
            TimeMsMax = trades[^1].TimeMs - trades[0].TimeMs,
            PriceShareMax = 0.002m,
            Market = (_, fromMs, toMs) => market.Between(fromMs, toMs),
        });
        var text = string.Join('\n', overlay.Differences.Where(d => d.Kind is DifferenceKind.Unexplained or DifferenceKind.Path));
        overlay.BarsCompared.ShouldBe(result.Symbols[0].Bars, text);
        overlay.Others.ShouldBeEmpty(text);
        overlay.Matched.ShouldBeGreaterThan(0, text);
        overlay.IsExplained.ShouldBeTrue(text);
    }

    public void Dispose()
    {
        _timeout.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
