using System.Globalization;
using System.IO.Compression;
using System.Text;
using Granary.Exchange;
using Granary.Exchange.Hosting;
using Granary.Silo.Hosting;
using Granary.Silo.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Silo.Tests.Replay;

/// <summary>A tape that is wrong is an error with a name and a place; the silo goes on with its other symbols.</summary>
public sealed class DamagedTapeTests : IDisposable
{
    private const int Trades = 2_000;
    private const int Line = 702;

    private readonly SiloBench _bench = new();

    [Theory]
    [InlineData("missing", "there is no such file", 0)]
    [InlineData("truncated zip", "", 0)]
    [InlineData("swapped columns", "price", Line)]
    [InlineData("negative price", "price", Line)]
    [InlineData("time backwards", "time", Line)]
    public async Task The_fault_is_named_and_the_other_symbol_goes_on_to_its_end(string fault, string says, int line)
    {
        var good = SampleTape.Write(_bench.Folder, Trades);
        var bad = Damaged(fault);
        await using var silo = await _bench.StartActiveAsync(
            "--Exchange:Market", "Replay", "--Exchange:Speed", "0", "--Engine:Symbols:1:Symbol", "APEUSDT", "--Engine:Symbols:1:VolumeThreshold", "5000",
            "--Exchange:Tapes:0:Symbol", "BTCUSDT", "--Exchange:Tapes:0:File", bad, "--Exchange:Tapes:1:Symbol", "APEUSDT", "--Exchange:Tapes:1:File", good);
        await _bench.UntilAsync(async () => (await SiloBench.Symbol(silo, "APEUSDT").GetView()).Trades == Trades);
        await _bench.UntilAsync(() => Task.FromResult(SiloBench.Core(silo).Progress.Finished));

        var error = SiloBench.Core(silo).Progress.Error.ShouldNotBeNull();
        error.ShouldStartWith("BTCUSDT: ");
        error.ShouldContain(Path.GetFileName(bad));
        error.ShouldContain(says);
        if (line > 0) error.ShouldContain($"line {line}");
        await _bench.UntilAsync(async () => (await SiloBench.Journal(silo).GetIncidentsAsync(100)).Any(i => i.Kind == "TapeFailed" && i.Seen == error));

        // Everything before the fault was played, nothing after it.
        var view = await SiloBench.Symbol(silo, "BTCUSDT").GetView();
        if (line > 0) await _bench.UntilAsync(async () => (await SiloBench.Symbol(silo, "BTCUSDT").GetView()).Trades == line - 2);
        else view.Trades.ShouldBeLessThan(Trades);
        (await SiloBench.Symbol(silo, "APEUSDT").GetView()).Holes.ShouldBe(0);
        (await SiloBench.Risk(silo).GetView()).State.ShouldBe("Active");
    }

    [Fact]
    public void A_tape_of_a_symbol_that_is_not_listed_is_refused_by_name_before_the_start()
    {
        var tape = SampleTape.Write(_bench.Folder, 10);
        var loaded = _bench.Load("--Exchange:Market", "Replay", "--Exchange:Tapes:0:Symbol", "DOGEUSDT", "--Exchange:Tapes:0:File", tape);
        loaded.Errors.Single().Message.ShouldContain("Exchange:Tapes:0:Symbol was 'DOGEUSDT'");
    }

    [Fact]
    public async Task An_exchange_that_is_given_a_tape_of_an_unknown_symbol_plays_the_others()
    {
        var tape = SampleTape.Write(_bench.Folder, 500);
        var options = new ExchangeOptions
        {
            Symbols = [SymbolCatalog.Find("APEUSDT")!],
            Accounts = [new Granary.Exchange.Contracts.ExchangeAccount(SiloBench.Account, "key", "secret", 1_000)],
            Market = MarketKind.Replay,
            Speed = 0,
            TapeFiles = new Dictionary<string, string> { ["APEUSDT"] = tape, ["DOGEUSDT"] = tape },
        };
        await using var exchange = new BuiltInExchange(options, TimeProvider.System, NullLoggerFactory.Instance);
        exchange.StartMarket();
        await _bench.UntilAsync(() => Task.FromResult(exchange.Core.Progress.Finished));
        exchange.Core.Progress.Trades.ShouldBe(500);
        exchange.Core.Progress.Error.ShouldNotBeNull().ShouldContain("DOGEUSDT");
    }

    [Fact]
    public async Task A_replay_of_a_damaged_tape_says_so_and_exits_with_1()
    {
        using var silo = SiloProcess.Start(
            Path.Combine(_bench.Folder, "data"), "replay", "--trades", Damaged("negative price"), "--symbol", "BTCUSDT", "--volume-threshold", "1");
        (await silo.ExitCodeAsync(_bench.Timeout)).ShouldBe(1, silo.Output);
        silo.Output.ShouldContain($"line {Line}");
        silo.Output.ShouldContain("NOT everything agrees");
    }

    public void Dispose() => _bench.Dispose();

    private string Damaged(string fault)
    {
        var path = Path.Combine(_bench.Folder, "BTCUSDT-aggTrades-damaged.csv");
        if (fault == "missing") return path;
        var random = new Random(5);
        var rows = new StringBuilder("agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n");
        for (var i = 1; i <= Trades; i++)
        {
            var isHit = i == Line - 1;
            var (price, quantity) = (60_000m + random.Next(100), random.Next(1, 100) / 1_000m);
            var time = 1_729_209_600_000L + (i * 40_000L);
            if (isHit && fault == "swapped columns") (price, quantity) = (quantity, price);
            if (isHit && fault == "negative price") price = -price;
            if (isHit && fault == "time backwards") time -= 3_600_000;
            rows.Append(CultureInfo.InvariantCulture, $"{i},{price},{quantity},{i},{i},{time},{(i % 2 == 0 ? "true" : "false")}\n");
        }

        if (fault != "truncated zip")
        {
            File.WriteAllText(path, rows.ToString());
            return path;
        }

        var zip = Path.ChangeExtension(path, ".zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("BTCUSDT-aggTrades.csv").Open();
            entry.Write(Encoding.ASCII.GetBytes(rows.ToString()));
        }

        var bytes = File.ReadAllBytes(zip);
        File.WriteAllBytes(zip, bytes[..(bytes.Length / 2)]);
        return zip;
    }
}
