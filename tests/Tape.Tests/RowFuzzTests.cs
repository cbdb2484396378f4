using System.IO.Compression;
using System.Text;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests;

/// <summary>
/// Damaged files: a reading ends with rows and counted rejects, or with a <see cref="TapeException"/>; never with another exception, and never with a row
/// that its line does not say.
/// </summary>
public sealed class RowFuzzTests : IDisposable
{
    private const int Rounds = 400;

    private static readonly string[] Snippets =
    [
        ",", "\n", "\r\n", "\r", "\"", "\0", "-", "1e5", "1E-8", "99999999999999999999999999", "-5", "+1", " ", "\t", "\uFEFF", "NaN", "Infinity", "0x10", "٣", "true", ".", "..",
        "0.000000001", ";", "1729209600", "1729209600000000", "9", "00000000", ",,", "\n\n", "１２",
    ];

    private readonly TempTape _tape = new();

    public static TheoryData<TapeLayout> Layouts => [TapeLayout.AggTrades, TapeLayout.Trades, TapeLayout.Klines, TapeLayout.FundingRates, TapeLayout.BookTickers];

    public void Dispose() => _tape.Dispose();

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_row_of_a_mutated_file_is_what_its_line_says(TapeLayout layout)
    {
        var content = Encoding.UTF8.GetBytes(Sample(layout));
        var random = new Random(17 + (int)layout);
        var (accepted, rejected) = (0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var mutated = Mutate(content, random);
            foreach (var compares in new[] { true, false })
            {
                try
                {
                    var met = Compare(layout, _tape.Path("mutated"), mutated, compares);
                    accepted += met.Rows;
                    rejected += met.Skipped;
                }
                catch (TapeException error)
                {
                    error.Message.ShouldStartWith(_tape.Path("mutated"));
                }
            }
        }
        accepted.ShouldBeGreaterThan(Rounds * 10);
        rejected.ShouldBeGreaterThan(Rounds);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_damaged_archive_that_is_read_to_its_end_has_the_rows_of_the_whole_one(TapeLayout layout)
    {
        var text = Sample(layout);
        var whole = Read(layout, Write(Encoding.UTF8.GetBytes(text)));
        foreach (var content in new[] { TempTape.GZip(text), TempTape.Zip(("a.csv", text)), Store(text) })
        {
            var random = new Random(23);
            var finished = 0;
            for (var round = 0; round < Rounds / 2; round++)
            {
                byte[] damaged = [.. content];
                if (random.Next(3) == 0) damaged = damaged[..random.Next(damaged.Length)];
                else for (var flips = random.Next(1, 4); flips > 0; flips--) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                try
                {
                    Read(layout, Write(damaged)).ShouldBe(whole);
                    finished++;
                }
                catch (TapeException error)
                {
                    error.Message.ShouldNotBeEmpty();
                }
            }
            // Damage to what the text does not depend on, for example a time stamp, is no damage to the rows.
            finished.ShouldBeLessThan(Rounds / 4);
        }
    }

    [Fact]
    public void Files_without_rows_are_named()
    {
        foreach (var layout in Enum.GetValues<TapeLayout>())
        {
            foreach (var text in new[] { "", "\n", "\r\n\r\n", "\uFEFF", "\0", "\0\0\0\0\n", Header(layout), Header(layout) + "\n", Header(layout) + "\r\n\r\n", new string(',', 70_000), new string('1', 200_000) })
                Should.Throw<TapeException>(() => Read(layout, Write(Encoding.UTF8.GetBytes(text)))).Message.ShouldNotBeEmpty();
        }
    }

    private string Write(byte[] content)
    {
        var path = _tape.Path("written");
        File.WriteAllBytes(path, content);
        return path;
    }

    private static TapeReport Compare(TapeLayout layout, string path, byte[] mutated, bool compares)
    {
        File.WriteAllBytes(path, mutated);
        var lines = Encoding.Latin1.GetString(mutated).Split('\n');
        var options = new TapeOptions { Checks = TapeChecks.Lenient, ComparesRows = compares };
        var isAsBefore = lines[0].TrimEnd('\r') == Header(layout);
        switch (layout)
        {
            case TapeLayout.AggTrades: return Each(new AggTradeReader(path, options), (r, l) => (r, PlainRows.AggTrade(l)));
            case TapeLayout.Trades: return Each(new AggTradeReader(path, options), (r, l) => (r, PlainRows.Trade(l)));
            case TapeLayout.Klines: return Each(new KlineReader(path, options), (r, l) => (r.Kline, PlainRows.Kline(l)));
            case TapeLayout.FundingRates: return Each(new FundingReader(path, options), (r, l) => (r.Funding, PlainRows.Funding(l)));
            default: return Each(new BookTickerReader(path, options), (r, l) => (r, PlainRows.Ticker(l)));
        }

        TapeReport Each<TRow>(RowReader<TRow> reader, Func<TRow, string, (object Actual, object? Plain)> plain)
        {
            using (reader)
            {
                var (rows, numbers, given) = (new TRow[16], new long[16], new HashSet<long>());
                for (int count; (count = reader.Read(rows, numbers)) > 0;)
                {
                    for (var i = 0; i < count; i++)
                    {
                        var line = lines[numbers[i] - 1];
                        if (line.EndsWith('\r') && numbers[i] < lines.Length) line = line[..^1];
                        given.Add(numbers[i]).ShouldBeTrue();
                        if (!isAsBefore) continue;
                        var (actual, expected) = plain(rows[i], line);
                        actual.ShouldBe(expected, line);
                    }
                }
                // Without comparing, nothing but what is no row is left out.
                if (isAsBefore && !compares)
                {
                    for (var number = 2; number <= lines.Length; number++)
                    {
                        var line = lines[number - 1];
                        if (line.EndsWith('\r') && number < lines.Length) line = line[..^1];
                        if (!given.Contains(number)) plain(rows[0], line).Plain.ShouldBeNull(line);
                    }
                }
                reader.Report.Offences.ShouldAllBe(o => o.Line > 0 && !o.Defect.IsOfFile());
                return reader.Report;
            }
        }
    }

    private static List<object> Read(TapeLayout layout, string path)
    {
        return layout switch
        {
            TapeLayout.AggTrades or TapeLayout.Trades => All(new AggTradeReader(path)),
            TapeLayout.FundingRates => All(new FundingReader(path)),
            TapeLayout.BookTickers => All(new BookTickerReader(path)),
            _ => All(new KlineReader(path)),
        };

        static List<object> All<TRow>(RowReader<TRow> reader)
        {
            using (reader)
            {
                var rows = new List<object>();
                while (reader.TryRead(out var row)) rows.Add(row!);
                return rows;
            }
        }
    }

    private static byte[] Mutate(byte[] content, Random random)
    {
        var mutated = content.ToList();
        for (var change = random.Next(1, 6); change > 0 && mutated.Count > 0; change--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(9))
            {
                case 0: mutated[at] = (byte)random.Next(256); break;
                case 1: mutated[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: mutated.InsertRange(at, Encoding.UTF8.GetBytes(Snippets[random.Next(Snippets.Length)])); break;
                case 3: mutated.RemoveRange(at, Math.Min(random.Next(1, 30), mutated.Count - at)); break;
                case 4: mutated = [.. mutated.Take(at)]; break;
                case 5: mutated = [.. Encoding.Latin1.GetBytes(Encoding.Latin1.GetString([.. mutated]).Replace("\n", "\r\n"))]; break;
                case 6: mutated.InsertRange(at, mutated.Skip(random.Next(mutated.Count)).Take(random.Next(200)).ToList()); break;
                case 7: Swap(mutated, random); break;
                default: mutated.InsertRange(at, Enumerable.Repeat((byte)"0,9\0\n"[random.Next(5)], random.Next(1, random.Next(4) == 0 ? 70_000 : 40))); break;
            }
        }
        return [.. mutated];
    }

    // Two fields of one line change places.
    private static void Swap(List<byte> text, Random random)
    {
        var lines = Encoding.Latin1.GetString([.. text]).Split('\n');
        var line = random.Next(lines.Length);
        var fields = lines[line].Split(',');
        var (one, two) = (random.Next(fields.Length), random.Next(fields.Length));
        (fields[one], fields[two]) = (fields[two], fields[one]);
        lines[line] = string.Join(',', fields);
        text.Clear();
        text.AddRange(Encoding.Latin1.GetBytes(string.Join('\n', lines)));
    }

    private static byte[] Store(string text)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = archive.CreateEntry("a.csv", CompressionLevel.NoCompression).Open();
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        return memory.ToArray();
    }

    private static string Header(TapeLayout layout) => layout switch
    {
        TapeLayout.AggTrades => "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker",
        TapeLayout.Trades => "id,price,qty,quote_qty,time,is_buyer_maker",
        TapeLayout.Klines => "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore",
        TapeLayout.Ohlcv => "open_time,open,high,low,close,volume",
        TapeLayout.Ohlc => "open_time,open,high,low,close",
        TapeLayout.FundingRates => "calc_time,funding_interval_hours,last_funding_rate",
        _ => "update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,event_time",
    };

    private static string Sample(TapeLayout layout)
    {
        var text = new StringBuilder(Header(layout)).Append('\n');
        for (var i = 0; i < 40; i++)
        {
            var (id, time) = (171_927_517 + i, 1_729_209_603_958 + (i * 98));
            text.Append(layout switch
            {
                TapeLayout.AggTrades => $"{id},0.{7_097 + i},{19 + i}.5,{551_530_707 + (i * 3)},{551_530_708 + (i * 3)},{time},{(i % 3 == 0 ? "true" : "false")}",
                TapeLayout.Trades => $"{id},9682.{i},0.{132 + i},{(9_682m + (i / (i < 10 ? 10m : 100m))) * (132 + i) / 1000m},{time},{(i % 3 == 0 ? "true" : "false")}",
                TapeLayout.Klines => $"{1_730_073_600_000 + (i * 60_000L)},67992.70,68094.60,67804.70,67835.20,51{i}.117,{1_730_073_659_999 + (i * 60_000L)},351923638.03910,{85_022 + i},2415.052,164090858.68940,0",
                TapeLayout.FundingRates => $"{1_738_368_000_001 + (i * 28_800_000L)},8,{(i % 2 == 0 ? "-" : "")}0.000{100 + i}00",
                _ => $"{id},67000.{i},3.959,67100.1,3.9,{time},{time + 4}",
            }).Append('\n');
        }
        return text.ToString();
    }
}
