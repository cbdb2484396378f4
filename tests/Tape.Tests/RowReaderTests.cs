using System.Text;
using Granary.Engine.Market;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests;

/// <summary>Reading in blocks, whatever the rows are.</summary>
public sealed class RowReaderTests : IDisposable
{
    private readonly TempTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public void Blocks_of_any_size_give_the_rows_of_reading_one_by_one_and_their_lines()
    {
        var path = _tape.Write(TempTape.GZip(Header + Rows(10_000)));
        var expected = AggTradeTape.Read(path).ToList();
        foreach (var size in new[] { 1, 7, 1_000, 20_000 })
        {
            using var reader = new AggTradeReader(path);
            var (rows, lines, read) = (new AggTrade[size], new long[size], new List<AggTrade>());
            for (int count; (count = reader.Read(rows, lines)) > 0;)
            {
                for (var i = 0; i < count; i++) lines[i].ShouldBe(read.Count + i + 2);
                read.AddRange(rows[..count]);
            }
            read.ShouldBe(expected);
            (reader.Report.Rows, reader.Progress).ShouldBe((10_000, 1));
        }
        using var blocks = new AggTradeReader(path);
        var all = new List<AggTrade>();
        while (blocks.TryReadBlock(out var block)) all.AddRange(block);
        all.ShouldBe(expected);
    }

    [Fact]
    public void The_rows_before_a_wrong_one_are_given_out_and_then_it_is_named_again_and_again()
    {
        using var reader = new AggTradeReader(_tape.Write(Encoding.UTF8.GetBytes(Rows(10) + "junk\n" + Rows(3))));
        reader.Read(new AggTrade[100]).ShouldBe(10);
        reader.Report.Rows.ShouldBe(10);
        for (var i = 0; i < 2; i++) Should.Throw<TapeException>(() => reader.Read(new AggTrade[100])).Line.ShouldBe(11);
    }

    [Fact]
    public void Line_numbers_count_the_lines_left_out()
    {
        using var reader = new AggTradeReader(_tape.Csv("1,1,1,1,1,1729209600000,true", "bad", "", "2,1,1,1,1,1729209600000,true"), new TapeOptions { Checks = TapeChecks.Lenient });
        var lines = new long[5];
        reader.Read(new AggTrade[5], lines).ShouldBe(2);
        lines[..2].ShouldBe([1, 4]);
        Should.Throw<ArgumentException>(() => reader.Read(new AggTrade[5], new long[4]));
    }

    [Fact]
    public void Rows_that_are_not_compared_are_given_out_as_they_stand()
    {
        var path = _tape.Csv("5,1,1,1,1,1729209600009,true", "4,100,1,1,1,1729209600000,true", "4,100,1,1,1,1729209600000,true");
        using var reader = new AggTradeReader(path, new TapeOptions { ComparesRows = false });
        reader.Read(new AggTrade[5]).ShouldBe(3);
    }

    [Fact]
    public void A_block_costs_no_memory_per_row()
    {
        var path = _tape.Write(Encoding.UTF8.GetBytes(Rows(50_000)));
        using var reader = new AggTradeReader(path);
        var rows = new AggTrade[1_000];
        reader.Read(rows).ShouldBe(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        long read = 0;
        for (int count; (count = reader.Read(rows)) > 0;) read += count;
        // What the runtime itself allocates now and then is far less than a byte for each row.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(read);
        read.ShouldBe(49_000);
    }

    [Theory]
    [InlineData("1729209600", "1729209601", 1_729_209_600_000)]
    [InlineData("1729209600123", "1729209600124", 1_729_209_600_123)]
    [InlineData("1729209600123999", "1729209600124000", 1_729_209_600_123)]
    [InlineData("1729209600123999999", "1729209600124000000", 1_729_209_600_123)]
    public void A_file_has_one_unit_of_time_by_its_digits(string first, string second, long expected)
    {
        foreach (var other in new[] { "1729209602", "1729209602000", "1729209602000000", "1729209602000000000" })
        {
            if (other.Length == first.Length) continue;
            var path = _tape.Csv($"1,1,1,1,1,{first},true", $"2,1,1,1,1,{second},true", $"3,1,1,1,1,{other},true");
            using var reader = new AggTradeReader(path);
            var rows = new AggTrade[9];
            reader.Read(rows).ShouldBe(2);
            rows[0].TimeMs.ShouldBe(expected);
            var error = Should.Throw<TapeException>(() => reader.Read(rows));
            (error.Defect, error.Field, error.Line).ShouldBe((TapeDefect.TimeUnitMixed, "transact_time", 3));
        }
    }

    [Fact]
    public void The_unit_is_that_of_most_rows_not_of_the_first()
    {
        var path = _tape.Csv("1,1,1,1,1,1729209600,true", "2,1,1,1,1,1729209600000,true", "3,1,1,1,1,1729209600000,true");
        using var reader = new AggTradeReader(path, new TapeOptions { Checks = TapeChecks.Lenient });
        reader.Read(new AggTrade[9]).ShouldBe(2);
        reader.Report.Count(TapeDefect.TimeUnitMixed).ShouldBe(1);
    }

    [Fact]
    public void A_member_of_an_archive_is_read_by_its_name()
    {
        var path = _tape.Write(TempTape.Zip(("BTCUSDT-1h.csv", Rows(3)), ("x/ETHUSDT-1h.csv", Rows(5)), ("readme.txt", "")));
        TapePart.Of(path).Select(p => (p.Member, p.Symbol)).ShouldBe([("BTCUSDT-1h.csv", "BTCUSDT"), ("x/ETHUSDT-1h.csv", "ETHUSDT")]);
        using var reader = new AggTradeReader(path, new TapeOptions { Member = "x/ETHUSDT-1h.csv" });
        (reader.Read(new AggTrade[9]), reader.Symbol, reader.File).ShouldBe((5, "ETHUSDT", path + "!x/ETHUSDT-1h.csv"));
        foreach (var (file, member) in new[] { (path, "none.csv"), (_tape.Csv(Rows(2)), "a.csv") })
            Should.Throw<TapeException>(() => new AggTradeReader(file, new TapeOptions { Member = member })).Message.ShouldContain(member);
    }

    [Theory]
    [InlineData("um-BTCUSDT-1h-2019_2025-10.csv.gz", "BTCUSDT")]
    [InlineData("BTCUSDT-aggTrades-2024-10-18.zip", "BTCUSDT")]
    [InlineData("spot-1000SATSUSDT-trades.csv", "1000SATSUSDT")]
    [InlineData("BTCUSDT_240628-1h.csv", "BTCUSDT_240628")]
    [InlineData("funding.csv", "")]
    [InlineData("um-all-1h.zip", "")]
    [InlineData("2024-10-18.csv", "")]
    public void The_symbol_is_in_the_name(string name, string symbol) => new TapePart("data/" + name, null).Symbol.ShouldBe(symbol);

    [Fact]
    public void A_layout_that_the_reader_does_not_read_is_named()
    {
        var path = _tape.Csv("1729209600000,0.7,0.8,0.6,0.7,100", "1729213200000,0.7,0.8,0.6,0.7,100");
        new TapePart(path, null).FindLayout().ShouldBe(TapeLayout.Ohlcv);
        Should.Throw<TapeException>(() => new AggTradeReader(path)).Message.ShouldContain("the layout Ohlcv; expected AggTrades or Trades");
    }

    private const string Header = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n";

    private static string Rows(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"{i + 1},{6_700 + (i % 77)}.{i % 10},0.{1 + (i % 999)},{i},{i + (i % 3)},{1_729_209_600_000 + i},{(i % 2 == 0 ? "true" : "false")}\n"));
}
