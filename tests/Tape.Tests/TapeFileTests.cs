using System.Text;
using Granary.Tape.Files;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests;

/// <summary>Files that cannot be read as such, whatever the checks.</summary>
public sealed class TapeFileTests : IDisposable
{
    private readonly TempTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public void A_missing_file_is_named() => ShouldFail(_tape.Path("nowhere.csv"), TapeDefect.FileMissing);

    [Fact]
    public void A_missing_folder_is_named() => ShouldFail(_tape.Path("no/where.csv"), TapeDefect.FileMissing);

    [Fact]
    public void A_folder_is_named()
    {
        Directory.CreateDirectory(_tape.Path("folder"));
        ShouldFail(_tape.Path("folder"), TapeDefect.FileUnreadable);
    }

    [Fact]
    public void Empty_files_are_named()
    {
        ShouldFail(_tape.Write([]), TapeDefect.FileEmpty);
        ShouldFail(_tape.Csv("agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker"), TapeDefect.FileEmpty);
        ShouldFail(_tape.Csv("", ""), TapeDefect.FileEmpty);
        ShouldFail(_tape.Write(TempTape.GZip("")), TapeDefect.FileEmpty);
        ShouldFail(_tape.Write(TempTape.Zip(("a.csv", ""))), TapeDefect.FileEmpty);
    }

    [Theory]
    [InlineData("open_time,open,high,low,close")]
    [InlineData("agg_trade_id,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker")]
    [InlineData("id,price,qty,quote_qty,is_buyer_maker")]
    [InlineData("<html>")]
    [InlineData("1,2,3")]
    [InlineData("1729209600000,0.7,0.8,0.6,0.7,100,1729209659999,70,12,50,35,0")]
    public void An_unknown_layout_is_named(string line) => ShouldFail(_tape.Csv(line, line), TapeDefect.LayoutUnknown, 1);

    [Fact]
    public void A_header_says_which_column_is_missing() =>
        ShouldFail(_tape.Csv("agg_trade_id,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker"), TapeDefect.LayoutUnknown, 1)
            .Field.ShouldBe("price");

    [Fact]
    public void An_archive_without_exactly_one_csv_is_named()
    {
        ShouldFail(_tape.Write(TempTape.Zip(("a.txt", Rows(3)))), TapeDefect.LayoutUnknown);
        ShouldFail(_tape.Write(TempTape.Zip(("a.csv", Rows(3)), ("b.csv", Rows(3)))), TapeDefect.LayoutUnknown).Message.ShouldContain("2 csv files");
        AggTradeTape.Read(_tape.Write(TempTape.Zip(("a.csv", Rows(3)), ("a.csv.CHECKSUM", "x")))).Count().ShouldBe(3);
    }

    [Fact]
    public void A_truncated_gzip_is_damaged_at_every_length()
    {
        var content = TempTape.GZip(Rows(400));
        for (var length = 2; length < content.Length; length += Math.Max(1, content.Length / 200))
            ShouldFail(_tape.Write(content[..length]), TapeDefect.FileDamaged);
    }

    [Fact]
    public void A_gzip_of_several_members_is_read_through_and_garbage_behind_it_is_found()
    {
        var (one, two) = (TempTape.GZip(Rows(3)), TempTape.GZip("4,0.7,1,9,9,1729209603958,false\n"));
        AggTradeTape.Read(_tape.Write([.. one, .. two])).Select(t => t.Id).ShouldBe([1, 2, 3, 4]);
        AggTradeTape.Read(_tape.Write([.. one, .. TempTape.GZip(""), .. two, 0, 0, 0])).Count().ShouldBe(4);
        ShouldFail(_tape.Write([.. one, .. two, 0, 7]), TapeDefect.FileDamaged);
        ShouldFail(_tape.Write([.. one, .. two[..^3]]), TapeDefect.FileDamaged);
        // Two equal members: the end of the first must not be taken from the second.
        SocketCapture.Read(_tape.Write([.. TempTape.GZip(Message), .. TempTape.GZip(Message)])).Count().ShouldBe(2);
    }

    [Fact]
    public void A_gzip_header_may_carry_a_name_a_comment_extra_bytes_and_its_checksum()
    {
        var plain = TempTape.GZip(Rows(3));
        byte[] header = [0x1F, 0x8B, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3, 2, 0, 65, 66, .. "a.csv\0"u8, .. "note\0"u8, 1, 2];
        AggTradeTape.Read(_tape.Write([.. header, .. plain[10..]])).Count().ShouldBe(3);
        ShouldFail(_tape.Write(header[..16]), TapeDefect.FileDamaged);
    }

    [Fact]
    public void A_gzip_whose_content_differs_from_its_checksum_is_damaged()
    {
        var content = TempTape.GZip(Rows(50));
        content[^6] ^= 1;
        ShouldFail(_tape.Write(content), TapeDefect.FileDamaged);
    }

    [Fact]
    public void A_truncated_zip_is_damaged_at_every_length()
    {
        var content = TempTape.Zip(("a.csv", Rows(400)));
        for (var length = 2; length < content.Length; length += Math.Max(1, content.Length / 200))
            ShouldFail(_tape.Write(content[..length]), TapeDefect.FileDamaged);
    }

    [Fact]
    public void A_zip_whose_content_differs_from_its_checksum_is_damaged()
    {
        // Stored without compression, so that a changed digit still unpacks and still parses.
        using var memory = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(memory, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = archive.CreateEntry("a.csv", System.IO.Compression.CompressionLevel.NoCompression).Open();
            stream.Write(Encoding.UTF8.GetBytes(Rows(50)));
        }
        var content = memory.ToArray();
        AggTradeTape.Read(_tape.Write(content)).Count().ShouldBe(50);
        var at = content.AsSpan().IndexOf("0.7105"u8);
        at.ShouldBeGreaterThan(0);
        content[at + 4] = (byte)'9';
        ShouldFail(_tape.Write(content), TapeDefect.FileDamaged);
    }

    [Fact]
    public void A_line_without_end_is_named()
    {
        var content = Encoding.UTF8.GetBytes(Rows(2) + new string('7', 700_000));
        ShouldFail(_tape.Write(content), TapeDefect.LineTooLong, 3);
    }

    [Fact]
    public void The_archive_and_its_member_are_in_the_name()
    {
        var path = _tape.Write(TempTape.Zip(("day/a.csv", Rows(3) + "junk\n")));
        var error = Should.Throw<TapeException>(() => AggTradeTape.Read(path).ToList());
        (error.File, error.Line).ShouldBe((path + "!day/a.csv", 4));
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void The_checksum_is_that_of_zip(string text, uint expected)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var split = 0; split <= bytes.Length; split++)
        {
            var crc = new Crc32();
            crc.Append(bytes.AsSpan(0, split));
            crc.Append(bytes.AsSpan(split));
            crc.Value.ShouldBe(expected);
        }
    }

    private const string Message = """1680652701048295 {"stream":"btcusdt@kline_1m","data":{}}""" + "\n";

    private static string Rows(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i =>
            $"{i + 1},0.{7_100 + (i % 10)},{i + 1},{i},{i},{1_729_209_600_000 + (i * 13)},{(i % 2 == 0 ? "true" : "false")}\n"));

    private static TapeException ShouldFail(string path, TapeDefect defect, long line = 0)
    {
        TapeException? error = null;
        foreach (var checks in Enum.GetValues<TapeChecks>())
        {
            error = Should.Throw<TapeException>(() => AggTradeTape.Read(path, new TapeOptions { Checks = checks }).ToList());
            (error.Defect, error.Line).ShouldBe((defect, line));
            error.Message.ShouldStartWith(path);
        }
        defect.IsOfFile().ShouldBeTrue();
        return error!;
    }
}
