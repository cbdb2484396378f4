using Granary.Engine.Market;
using Granary.Tape;
using Granary.Tape.Columnar;

namespace Granary.Silo.Tests.Recording;

/// <summary>What comes in stands in the tapes: once, by symbol, kind and day, also after a kill.</summary>
public sealed class MarketRecorderTests : IDisposable
{
    private readonly RecorderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Every_kind_and_symbol_has_a_tape_of_its_own()
    {
        var (ape, ltc) = (RecorderBench.Sample(1, 5_000), RecorderBench.Sample(70, 10));
        var ticker = new BookTicker(5, RecorderBench.Midnight + 1, 71_230_000, 100_000_000, 71_240_000, 300_000_000);
        var mark = new MarkPrice(RecorderBench.Midnight + 3_000, 0.71234567m, 0.71239m, -0.00012345m, RecorderBench.Midnight + 28_800_000);
        var recorder = _bench.Start();
        recorder.OnTrades(0, ape);
        recorder.OnTrades(1, ltc);
        recorder.OnBookTicker(0, ticker);
        recorder.OnBookTicker(0, ticker with { UpdateId = 6 });
        recorder.OnMarkPrice(1, mark);
        _bench.Count("granary_recording_queue_rows").ShouldBe(5_013);
        Directory.EnumerateFileSystemEntries(_bench.Folder).ShouldBeEmpty();
        recorder.Close();

        _bench.Trades("2024-10-18").ShouldBe(ape);
        _bench.Trades("2024-10-18", "LTCUSDT").ShouldBe(ltc);
        ColumnarTape.Read<BookTicker>(_bench.PathOf("2024-10-18.bookTickers.tape")).ShouldBe([ticker, ticker with { UpdateId = 6 }]);
        ColumnarTape.Read<MarkPrice>(_bench.PathOf("2024-10-18.markPrices.tape", "LTCUSDT")).ShouldBe([mark]);
        _bench.Files("LTCUSDT").ShouldBe(["2024-10-18.aggTrades.tape", "2024-10-18.markPrices.tape"]);
        _bench.Count("granary_recording_rows_total aggTrades").ShouldBe(5_010);
        _bench.Count("granary_recording_rows_total bookTickers").ShouldBe(2);
        _bench.Count("granary_recording_queue_rows").ShouldBe(0);
        recorder.TakeIncidents().ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_kinds_that_are_configured_are_recorded()
    {
        _bench.Options = _bench.Options with { Kinds = ["aggtrades"] };
        var recorder = _bench.Start();
        recorder.OnTrades(0, RecorderBench.Sample(1, 3));
        recorder.OnBookTicker(0, new BookTicker(5, RecorderBench.Midnight, 1, 1, 2, 1));
        recorder.OnMarkPrice(0, new MarkPrice(RecorderBench.Midnight, 1, 1, 0, 0));
        recorder.Close();

        _bench.Files().ShouldBe(["2024-10-18.aggTrades.tape"]);
    }

    [Fact]
    public void A_day_ends_with_the_time_of_its_last_trade_and_is_compacted_then()
    {
        var trades = RecorderBench.Sample(1, 2_000, RecorderBench.Midnight + 86_400_000 - 100_000);
        var recorder = _bench.Start();
        foreach (var part in trades.Chunk(50))
        {
            recorder.OnTrades(0, part);
            recorder.Drain();
            recorder.Flush();
        }
        recorder.Close();

        _bench.Trades("2024-10-18").ShouldBe(trades[..1_000]);
        _bench.Trades("2024-10-19").ShouldBe(trades[1_000..]);
        using var first = new ColumnarReader<AggTrade>(_bench.PathOf("2024-10-18.aggTrades.tape"));
        using var second = new ColumnarReader<AggTrade>(_bench.PathOf("2024-10-19.aggTrades.tape"));
        (first.Blocks, second.Blocks).ShouldBe((1, 20));
        _bench.Files().ShouldBe(["2024-10-18.aggTrades.tape", "2024-10-19.aggTrades.tape"]);
    }

    [Fact]
    public void A_restart_goes_on_with_the_day_and_passes_over_what_it_has()
    {
        var trades = RecorderBench.Sample(1, 300);
        var first = _bench.Start();
        first.OnTrades(0, trades[..200]);
        first.Close();
        var second = _bench.Start();
        // The grain was restored from an older snapshot: its trades come again, and not in one piece.
        second.OnTrades(0, trades[150..180]);
        second.OnTrades(0, trades[180..250]);
        second.OnTrades(0, trades[250..]);
        second.Close();

        _bench.Trades("2024-10-18").ShouldBe(trades);
        _bench.Count("granary_recording_skipped_total aggTrades").ShouldBe(50);
    }

    [Fact]
    public void Trades_that_come_again_over_midnight_are_in_neither_day_twice()
    {
        var trades = RecorderBench.Sample(1, 200, RecorderBench.Midnight + 86_400_000 - 10_000);
        var first = _bench.Start();
        first.OnTrades(0, trades[..150]);
        first.Close();
        var second = _bench.Start();
        second.OnTrades(0, trades[50..]);
        second.Close();

        _bench.Trades("2024-10-18").ShouldBe(trades[..100]);
        _bench.Trades("2024-10-19").ShouldBe(trades[100..]);
    }

    [Fact]
    public void A_kill_loses_what_was_not_flushed_and_no_more()
    {
        var trades = RecorderBench.Sample(1, 400);
        var killed = _bench.Start();
        killed.OnTrades(0, trades[..100]);
        killed.Drain();
        killed.Flush();
        killed.OnTrades(0, trades[100..150]);
        killed.Drain();
        killed.OnTrades(0, trades[150..200]);
        killed.Abandon();
        _bench.Trades("2024-10-18").ShouldBe(trades[..100]);
        // And in the middle of a block.
        File.AppendAllText(_bench.PathOf("2024-10-18.aggTrades.tape"), "GBLK and so on");

        var next = _bench.Start();
        next.OnTrades(0, trades[100..]);
        next.Close();

        _bench.Trades("2024-10-18").ShouldBe(trades);
        next.TakeIncidents().ShouldBeEmpty();
    }

    [Fact]
    public void With_a_full_queue_quotes_are_dropped_first_and_trades_are_lost_with_an_incident()
    {
        _bench.Options = _bench.Options with { QueueMax = 1_000 };
        var trades = RecorderBench.Sample(1, 2_000);
        var recorder = _bench.Start();
        for (var i = 0; i < 600; i++) recorder.OnBookTicker(0, new BookTicker(i + 1, RecorderBench.Midnight, 1, 1, 2, 1));
        _bench.Count("granary_recording_dropped_total bookTickers").ShouldBe(100);
        recorder.OnTrades(0, trades[..400]);
        recorder.OnTrades(0, trades[400..500]);
        recorder.OnTrades(0, trades[500..510]);
        recorder.OnTrades(0, trades[510..520]);
        recorder.Budget.Rows.ShouldBe(1_000);
        _bench.Count("granary_recording_dropped_total aggTrades").ShouldBe(20);
        recorder.Drain();
        recorder.Budget.Rows.ShouldBe(0);
        recorder.OnTrades(0, trades[520..600]);
        recorder.Drain();
        recorder.Flush();

        var incident = recorder.TakeIncidents().Single();
        (incident.Scope, incident.Kind).ShouldBe(("symbol APEUSDT", "TradesNotRecorded"));
        incident.Seen.ShouldContain("20 trades between 501 and 520");
        recorder.Close();
        recorder.TakeIncidents().ShouldBeEmpty();
        _bench.Trades("2024-10-18").ShouldBe([.. trades[..500], .. trades[520..600]]);
    }

    [Fact]
    public void While_the_disk_fails_rows_wait_and_the_other_symbols_go_on()
    {
        var trades = RecorderBench.Sample(1, 900);
        // No folder can be made where a file is.
        File.WriteAllText(Path.Combine(_bench.Folder, "APEUSDT"), "");
        var recorder = _bench.Start();
        for (var round = 0; round < 3; round++)
        {
            recorder.OnTrades(0, trades[(round * 100)..((round + 1) * 100)]);
            recorder.OnTrades(1, trades[(round * 100)..((round + 1) * 100)]);
            recorder.Drain();
            recorder.Flush();
        }

        recorder.TakeIncidents().Single().Kind.ShouldBe("RecordingFailed");
        recorder.Budget.Rows.ShouldBe(300);
        _bench.Count("granary_recording_failures_total aggTrades").ShouldBe(3);
        _bench.Trades("2024-10-18", "LTCUSDT").ShouldBe(trades[..300]);
        File.Delete(Path.Combine(_bench.Folder, "APEUSDT"));
        recorder.OnTrades(0, trades[300..]);
        recorder.Close();
        _bench.Trades("2024-10-18").ShouldBe(trades);
        recorder.TakeIncidents().ShouldBeEmpty();
    }

    [Fact]
    public void A_damaged_tape_is_moved_away_and_a_new_one_begun()
    {
        var trades = RecorderBench.Sample(1, 300);
        for (var i = 0; i < 3; i++)
        {
            var recorder = _bench.Start();
            recorder.OnTrades(0, trades[(i * 100)..((i + 1) * 100)]);
            recorder.Close();
        }
        var path = _bench.PathOf("2024-10-18.aggTrades.tape");
        var bytes = File.ReadAllBytes(path);
        bytes[70] ^= 1;
        File.WriteAllBytes(path, bytes);

        var next = _bench.Start();
        next.OnTrades(0, RecorderBench.Sample(301, 5));
        next.Close();

        _bench.Files().ShouldBe(["2024-10-18.aggTrades.tape", "2024-10-18.aggTrades.tape.damaged-1"]);
        _bench.Trades("2024-10-18").ShouldBe(RecorderBench.Sample(301, 5));
        var incident = next.TakeIncidents().Single();
        (incident.Scope, incident.Kind).ShouldBe(("symbol APEUSDT", "TapeDamaged"));
        incident.Seen.ShouldContain("block 0 at byte 64");
        ColumnarTape.Read<AggTrade>(path + ".damaged-1", TapeChecks.Lenient).ShouldBe(trades[100..]);
    }

    [Fact]
    public void Days_that_are_too_old_are_deleted_and_nothing_else()
    {
        _bench.Options = _bench.Options with { DaysKept = 2 };
        Directory.CreateDirectory(Path.Combine(_bench.Folder, "APEUSDT"));
        File.WriteAllText(_bench.PathOf("notes.aggTrades.tape"), "mine");
        File.WriteAllText(_bench.PathOf("2020-01-01.csv"), "mine");
        var recorder = _bench.Start();
        for (var day = 0; day < 5; day++)
        {
            recorder.OnTrades(0, RecorderBench.Sample(1 + (day * 10), 10, RecorderBench.Midnight + (day * 86_400_000L)));
            recorder.OnMarkPrice(0, new MarkPrice(RecorderBench.Midnight + (day == 0 ? 0 : 86_400_000L), 1, 1, 0, 0));
            recorder.Drain();
        }
        recorder.Close();

        _bench.Files().ShouldBe(
        [
            "2020-01-01.csv", "2024-10-18.markPrices.tape", "2024-10-19.markPrices.tape", "2024-10-20.aggTrades.tape", "2024-10-21.aggTrades.tape",
            "2024-10-22.aggTrades.tape", "notes.aggTrades.tape",
        ]);
    }

    [Fact]
    public void Times_outside_the_calendar_do_not_stop_the_recording()
    {
        var recorder = _bench.Start();
        recorder.OnTrades(0, [new AggTrade(1, long.MinValue, 1, 1, 1, 1, false), new AggTrade(2, long.MaxValue, 1, 1, 1, 1, false)]);
        recorder.Close();

        _bench.Files().ShouldBe(["1970-01-01.aggTrades.tape", "9999-12-31.aggTrades.tape"]);
    }
}
