using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Market;
using Granary.Tape.Columnar;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests.Columnar;

/// <summary>Seeking finds what looking at every row finds; single columns are those of the rows.</summary>
public sealed class SeekTests : IDisposable
{
    private readonly TempTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public void Seeking_in_a_market_finds_the_first_row_that_is_not_below()
    {
        var rows = Samples.Trades(3_000);
        var path = Write(rows, 64);
        using var reader = new ColumnarReader<AggTrade>(path);
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var row = rows[random.Next(rows.Length)];
            reader.SeekId(row.Id + random.Next(-2, 3));
            reader.SeekId(row.Id);
            Rest(reader).ShouldBe(rows.SkipWhile(r => r.Id < row.Id));
            var time = row.TimeMs + random.Next(-2, 3);
            reader.SeekTime(time);
            Rest(reader).ShouldBe(rows.SkipWhile(r => r.TimeMs < time));
        }
        reader.SeekId(long.MinValue);
        Rest(reader).ShouldBe(rows);
        reader.SeekId(long.MaxValue);
        Rest(reader).ShouldBeEmpty();
    }

    [Fact]
    public void Seeking_in_any_rows_in_any_order_is_a_linear_search()
    {
        var cases =
            from rows in Samples.AnyBookTicker.ListOf()
            from sought in Samples.Integer
            from isTime in Gen.Elements(true, false)
            select (Rows: rows.ToArray(), Sought: sought, IsTime: isTime);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            using var reader = new ColumnarReader<BookTicker>(Write(c.Rows, 3));
            if (c.IsTime) reader.SeekTime(c.Sought);
            else reader.SeekId(c.Sought);
            return Rest(reader).SequenceEqual(c.Rows.SkipWhile(r => (c.IsTime ? r.TimeMs : r.UpdateId) < c.Sought));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Kinds_without_ids_are_sought_by_time_either_way()
    {
        var rows = Samples.Klines(500);
        using var reader = new ColumnarReader<Kline>(Write(rows, 64));

        reader.SeekId(rows[333].OpenTimeMs);
        Rest(reader).ShouldBe(rows[333..]);
        reader.SeekTime(rows[332].OpenTimeMs + 1);
        Rest(reader).ShouldBe(rows[333..]);
    }

    [Fact]
    public void Columns_are_those_of_the_rows_also_after_seeking()
    {
        var rows = Samples.Trades(1_000);
        using var reader = new ColumnarReader<AggTrade>(Write(rows, 64));
        reader.Columns.ShouldBe(["id", "time_ms", "price", "quantity", "trade_count", "first_trade_id", "is_buyer_maker"]);
        reader.SeekId(rows[100].Id);
        var at = 100;
        while (reader.ReadColumns(out var block))
        {
            var firsts = block.Integers(5);
            var prices = block.Integers(2);
            firsts.Length.ShouldBe(block.Rows);
            for (var i = 0; i < block.Rows; i++, at++)
            {
                firsts[i].ShouldBe(rows[at].FirstTradeId);
                (prices[i] * (decimal)Math.Pow(10, -block.Places(2))).ShouldBe(rows[at].Price);
                block.DecimalAt(3, i).ShouldBe(rows[at].Quantity);
            }
        }

        at.ShouldBe(rows.Length);
    }

    [Fact]
    public void Decimals_that_fit_no_integer_are_had_one_by_one()
    {
        var rows = new[] { new FundingRate(1, decimal.MaxValue), new FundingRate(2, 0.0000000000000000000000000001m) };
        using var reader = new ColumnarReader<FundingRate>(Write(rows, 64));

        reader.ReadColumns(out var block).ShouldBeTrue();

        block.Integers(1).Length.ShouldBe(0);
        block.DecimalAt(1, 0).ShouldBe(decimal.MaxValue);
        block.DecimalAt(1, 1).ShouldBe(0.0000000000000000000000000001m);
    }

    private string Write<T>(T[] rows, int blockRows)
        where T : struct
    {
        var path = _tape.Path("rows");
        using var writer = ColumnarWriter<T>.Create(path, "APEUSDT", new ColumnarWriterOptions { BlockRows = blockRows });
        writer.Append(rows);
        return path;
    }

    private static List<T> Rest<T>(ColumnarReader<T> reader)
        where T : struct
    {
        var rest = new List<T>();
        while (reader.Read(out var rows)) rest.AddRange(rows);
        return rest;
    }
}
