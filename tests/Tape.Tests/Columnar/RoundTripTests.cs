using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Market;
using Granary.Tape.Columnar;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests.Columnar;

/// <summary>What is written is read, whatever the rows.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly TempTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public void Any_aggregate_trades_come_back() => ComesBack(Samples.AnyAggTrade);

    [Fact]
    public void Any_single_trades_come_back() => ComesBack(Samples.AnySingleTrade);

    [Fact]
    public void Any_candles_come_back() => ComesBack(Samples.AnyKline);

    [Fact]
    public void Any_funding_rates_come_back() => ComesBack(Samples.AnyFundingRate);

    [Fact]
    public void Any_book_tickers_come_back() => ComesBack(Samples.AnyBookTicker);

    [Fact]
    public void Any_mark_prices_come_back() => ComesBack(Samples.AnyMarkPrice);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(20_000)]
    public void Market_data_of_any_length_come_back(int rows)
    {
        WriteAndRead(Samples.Trades(rows), new ColumnarWriterOptions()).ShouldBe(Samples.Trades(rows));
        WriteAndRead(Samples.Tickers(rows), new ColumnarWriterOptions()).ShouldBe(Samples.Tickers(rows));
        WriteAndRead(Samples.Klines(Math.Min(rows, 5_000)), new ColumnarWriterOptions()).ShouldBe(Samples.Klines(Math.Min(rows, 5_000)));
    }

    [Fact]
    public void Equal_rows_take_no_space_but_that_of_the_headers()
    {
        var rows = Enumerable.Repeat(new AggTrade(5, 6, 7, 8, 9, 1, true), 60_000).ToArray();

        WriteAndRead(rows, new ColumnarWriterOptions { BlockRows = 65_536 }).ShouldBe(rows);
        // The first trade id stays while the count says that it moves: one delta for all.
        new FileInfo(_tape.Path("rows")).Length.ShouldBe(64 + 64 + (7 * 32) + 8);
    }

    [Fact]
    public void The_largest_block_comes_back_with_its_rarest_values_at_the_far_end()
    {
        var rows = Samples.Trades(65_536);
        rows[^1] = rows[^1] with { QuantityE8 = long.MaxValue, TradeCount = int.MaxValue };
        rows[0] = rows[0] with { QuantityE8 = long.MinValue };

        WriteAndRead(rows, new ColumnarWriterOptions { BlockRows = 65_536 }).ShouldBe(rows);
    }

    [Fact]
    public void The_same_rows_make_the_same_bytes_however_they_are_handed_over()
    {
        var rows = Samples.Trades(9_000);
        WriteAndRead(rows, new ColumnarWriterOptions());
        var whole = File.ReadAllBytes(_tape.Path("rows"));
        var path = _tape.Path("parts");
        using (var writer = ColumnarWriter<AggTrade>.Create(path, "APEUSDT"))
        {
            foreach (var row in rows.AsSpan(0, 100)) writer.Append(row);
            writer.Append(rows.AsSpan(100, 4_500));
            writer.Append(rows.AsSpan(4_600));
        }

        File.ReadAllBytes(path).ShouldBe(whole);
    }

    [Fact]
    public void Compaction_of_an_often_flushed_tape_gives_the_bytes_of_one_that_never_was()
    {
        var rows = Samples.Trades(9_000);
        WriteAndRead(rows, new ColumnarWriterOptions());
        var path = _tape.Path("flushed");
        using (var writer = ColumnarWriter<AggTrade>.Create(path, "APEUSDT"))
        {
            for (var i = 0; i < rows.Length; i++)
            {
                writer.Append(rows[i]);
                if (i % 37 == 0) writer.Flush();
            }
        }
        ColumnarTape.Read<AggTrade>(path).ShouldBe(rows);
        var flushed = new FileInfo(path).Length;

        ColumnarTape.Compact<AggTrade>(path).ShouldBeTrue();
        ColumnarTape.Compact<AggTrade>(path).ShouldBeFalse();

        File.ReadAllBytes(path).ShouldBe(File.ReadAllBytes(_tape.Path("rows")));
        flushed.ShouldBeGreaterThan(3 * new FileInfo(path).Length);
        File.Exists(path + ".compacting").ShouldBeFalse();
    }

    [RealDataFact]
    public void A_recorded_day_comes_back_and_is_smaller_than_its_archive()
    {
        var source = RealData.File("aggtrades/um-APEUSDT-aggTrades-2024-10-18.zip");
        var rows = AggTradeTape.Read(source).ToArray();

        WriteAndRead(rows, new ColumnarWriterOptions()).ShouldBe(rows);
        new FileInfo(_tape.Path("rows")).Length.ShouldBeLessThan(new FileInfo(source).Length / 2);
    }

    private void ComesBack<T>(Gen<T> any)
        where T : struct
    {
        var cases =
            from rows in any.ListOf()
            from repeated in Gen.Choose(1, 3)
            from blockRows in Gen.Elements(1, 2, 7, 8, 9, 64)
            select (Rows: rows.SelectMany(r => Enumerable.Repeat(r, repeated)).ToArray(), BlockRows: blockRows);
        Prop.ForAll(cases.ToArbitrary(), c => WriteAndRead(c.Rows, new ColumnarWriterOptions { BlockRows = c.BlockRows }).AsSpan().SequenceEqual(c.Rows))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private T[] WriteAndRead<T>(T[] rows, ColumnarWriterOptions options)
        where T : struct
    {
        var path = _tape.Path("rows");
        using (var writer = ColumnarWriter<T>.Create(path, "APEUSDT", options))
        {
            writer.Append(rows);
            writer.Rows.ShouldBe(rows.Length);
        }
        using var reader = new ColumnarReader<T>(path);
        reader.Symbol.ShouldBe("APEUSDT");
        reader.Rows.ShouldBe(rows.Length);
        var read = new List<T>();
        while (reader.Read(out var block)) read.AddRange(block);
        reader.Report.Rows.ShouldBe(rows.Length);
        return [.. read];
    }
}
