using Granary.Engine.Market;
using Granary.Silo.Tests.Hosting;
using Granary.Tape.Columnar;

namespace Granary.Silo.Tests.Recording;

/// <summary>A whole silo that records: the tapes hold the trades that its pipeline counted.</summary>
public sealed class SiloRecordingTests : IDisposable
{
    private static readonly string[] Options = ["--Recording:Enabled", "true", "--Exchange:Speed", "120"];

    private readonly SiloBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_stopped_silo_leaves_every_trade_it_counted_once_also_over_a_restart()
    {
        long counted;
        var next = 0L;
        for (var run = 0; run < 2; run++)
        {
            await using var silo = await _bench.StartActiveAsync(Options);
            await _bench.UntilAsync(async () => (await SiloBench.Symbol(silo, "BTCUSDT").GetView()).NextId > next + 500);
            next = (await SiloBench.Symbol(silo, "BTCUSDT").GetView()).NextId;
        }
        // The grains' own count, at rest: the silo took a snapshot when it stopped.
        await using (var last = await _bench.StartAsync("--Exchange:Speed", "0.000001"))
        {
            var view = await SiloBench.Symbol(last, "BTCUSDT").GetView();
            view.Holes.ShouldBe(0);
            counted = view.Trades;
        }

        var trades = Read<AggTrade>("aggTrades");
        trades.Select(t => t.Id).Take((int)counted).ShouldBe(Enumerable.Range(1, (int)counted).Select(i => (long)i));
        trades.Count.ShouldBe((int)counted);
        var tickers = Read<BookTicker>("bookTickers");
        tickers.Count.ShouldBeGreaterThan(100);
        tickers.Select(t => t.UpdateId).ShouldBe(tickers.Select(t => t.UpdateId).Distinct().Order());
        Read<MarkPrice>("markPrices").ShouldAllBe(m => m.Mark > 0);
        Directory.EnumerateFiles(Tapes, "*.lock", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_silo_that_is_not_told_to_records_nothing()
    {
        await using (var silo = await _bench.StartActiveAsync("--Exchange:Speed", "120"))
            await _bench.UntilAsync(async () => (await SiloBench.Symbol(silo, "BTCUSDT").GetView()).NextId > 100);

        Directory.Exists(Tapes).ShouldBeFalse();
    }

    private string Tapes => Path.Combine(_bench.Folder, "data", "tape");

    private List<T> Read<T>(string kind)
        where T : struct =>
        [.. Directory.EnumerateFiles(Path.Combine(Tapes, "BTCUSDT"), $"*.{kind}.tape").Order(StringComparer.Ordinal).SelectMany(f => ColumnarTape.Read<T>(f))];
}
