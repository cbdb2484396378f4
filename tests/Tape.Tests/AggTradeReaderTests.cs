using System.Text;
using Granary.Engine.Market;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests;

public sealed class AggTradeReaderTests : IDisposable
{
    private const string Header = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker";
    private const string Row1 = "100,0.7097,19.0,500,500,1729209603958,false";
    private const string Row2 = "101,0.7096,2254.0,501,505,1729209604056,true";
    private static readonly AggTrade Trade1 = new(100, 1_729_209_603_958, 70_970_000, 1_900_000_000, 500, 1, false);
    private static readonly AggTrade Trade2 = new(101, 1_729_209_604_056, 70_960_000, 225_400_000_000, 501, 5, true);
    private readonly TempTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public void Plain_gzip_and_zip_with_and_without_header_and_either_line_end_are_the_same()
    {
        foreach (var end in new[] { "\n", "\r\n" })
        {
            foreach (var text in new[]
            {
                string.Join(end, Header, Row1, Row2) + end, string.Join(end, Header, Row1, Row2), string.Join(end, Row1, Row2) + end,
                "\uFEFF" + string.Join(end, Header, Row1, Row2) + end + end, "\uFEFF" + string.Join(end, Row1, Row2),
            })
            {
                foreach (var content in new[] { Encoding.UTF8.GetBytes(text), TempTape.GZip(text), TempTape.Zip(("APEUSDT.csv", text)) })
                    AggTradeTape.Read(_tape.Write(content)).ShouldBe([Trade1, Trade2]);
            }
        }
    }

    [Fact]
    public void Lines_may_lie_across_blocks_anywhere()
    {
        var text = new StringBuilder(Header).Append('\n');
        const int rows = 20_000;
        for (var i = 0; i < rows; i++)
            text.Append($"{1_000_000 + i},0.{7_000 + (i % 100)},{(i % 977) + 1},{i},{i},{1_729_209_600_000 + i},{(i % 3 == 0 ? "true" : "false")}\n");
        var trades = AggTradeTape.Read(_tape.Write(TempTape.GZip(text.ToString()))).ToList();
        trades.Count.ShouldBe(rows);
        for (var i = 0; i < rows; i++)
            trades[i].ShouldBe(new(1_000_000 + i, 1_729_209_600_000 + i, (7_000 + (i % 100)) * 10_000L, ((i % 977) + 1) * Fixed8.One, i, 1, i % 3 == 0));
    }

    [Theory]
    [InlineData("100,0.7097,19.0,500,500,1729209603958,false,true", "futures row with best match")]
    [InlineData("100,0.7097,19.0,500,500,1729209603958,False,True", "spot spelling")]
    [InlineData("100,0.7097,19.0,500,500,1729209603958999,False", "microseconds")]
    [InlineData("100,0.7097,19.0,500,500,1729209603958999999,FALSE", "nanoseconds")]
    [InlineData("100,0.70970000,19.00000000,500,500,1729209603958,false", "trailing zeros")]
    public void Spellings_of_a_row_are_the_same(string row, string why) => AggTradeTape.Read(_tape.Csv(row)).ShouldBe([Trade1], why);

    [Theory]
    [InlineData("100,0.7097,19.0,13.4843,1729209603958,false")]
    [InlineData("100,0.7097,19.0,13.4843,1729209603958,False,True")]
    public void A_single_trade_is_an_aggregate_of_one(string row)
    {
        using var reader = new AggTradeReader(_tape.Csv(row));
        reader.TryRead(out var trade).ShouldBeTrue();
        trade.ShouldBe(Trade1 with { FirstTradeId = 100 });
        reader.Layout.ShouldBe(TapeLayout.Trades);
        reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public void Columns_are_found_by_the_names_of_the_header()
    {
        AggTradeTape.Read(_tape.Csv(
            "transact_time,quantity,price,is_buyer_maker,agg_trade_id,note,last_trade_id,first_trade_id", "1729209603958,19.0,0.7097,false,100,any,500,500"))
            .ShouldBe([Trade1]);
        AggTradeTape.Read(_tape.Csv("id,price,qty,quote_qty,time,is_buyer_maker", "100,0.7097,19.0,13.4843,1729209603958,false"))
            .ShouldBe([Trade1 with { FirstTradeId = 100 }]);
    }

    [Fact]
    public void Gaps_in_the_ids_are_counted()
    {
        using var reader = new AggTradeReader(_tape.Csv(
            Row1, "105,1,1,506,506,1729209604056,true", "106,1,1,507,507,1729209604056,true", "110,1,1,508,508,1729209604057,true"));
        while (reader.TryRead(out _))
        {
        }
        (reader.Report.Rows, reader.Report.IdGaps, reader.Report.MissingIds).ShouldBe((4, 2, 7));
    }

    [Theory]
    [InlineData("101,-0.7096,2254.0,501,505,1729209604056,true", TapeDefect.PriceNotPositive, "price")]
    [InlineData("101,0,2254.0,501,505,1729209604056,true", TapeDefect.PriceNotPositive, "price")]
    [InlineData("101,0.7096,0.0,501,505,1729209604056,true", TapeDefect.QuantityNotPositive, "quantity")]
    [InlineData("101,0.7096,-3,501,505,1729209604056,true", TapeDefect.QuantityNotPositive, "quantity")]
    [InlineData("101,true,2254.0,501,505,1729209604056,0.7096", TapeDefect.FieldInvalid, "price")]
    [InlineData("101,,2254.0,501,505,1729209604056,true", TapeDefect.FieldInvalid, "price")]
    [InlineData("101,7e-1,2254.0,501,505,1729209604056,true", TapeDefect.FieldInvalid, "price")]
    [InlineData("101,NaN,2254.0,501,505,1729209604056,true", TapeDefect.FieldInvalid, "price")]
    [InlineData("101,0.123456789,2254.0,501,505,1729209604056,true", TapeDefect.FieldInvalid, "price")]
    [InlineData("101,99999999999999,2254.0,501,505,1729209604056,true", TapeDefect.FieldInvalid, "price")]
    [InlineData("101,2254.0,0.7096,501,505,1729209604056,true", TapeDefect.PriceJump, "price")]
    [InlineData("1729209604056,0.7096,2254.0,501,505,101,true", TapeDefect.TimeImplausible, "transact_time")]
    [InlineData("101,0.7096,2254.0,501,505,4102444800000,true", TapeDefect.TimeImplausible, "transact_time")]
    [InlineData("101,0.7096,2254.0,501,505,1230767999999,true", TapeDefect.TimeImplausible, "transact_time")]
    [InlineData("101,0.7096,2254.0,501,505,1729209604,true", TapeDefect.TimeUnitMixed, "transact_time")]
    [InlineData("101,0.7096,2254.0,501,505,1729209604056000,true", TapeDefect.TimeUnitMixed, "transact_time")]
    [InlineData("101,0.7096,2254.0,501,505,9999999999999999999,true", TapeDefect.TimeImplausible, "transact_time")]
    [InlineData("101,0.7096,2254.0,501,505,17292096040560000 0,true", TapeDefect.TimeImplausible, "transact_time")]
    [InlineData("101,0.7096,2254.0,501,505,1729209603957,true", TapeDefect.TimeBackwards, "transact_time")]
    [InlineData("101,0.7096,2254.0,501,505,1729209604056,yes", TapeDefect.FieldInvalid, "is_buyer_maker")]
    [InlineData("101,0.7096,2254.0,505,501,1729209604056,true", TapeDefect.TradeIdRange, "last_trade_id")]
    [InlineData("101,0.7096,2254.0,501,,1729209604056,true", TapeDefect.TradeIdRange, "last_trade_id")]
    [InlineData("101,0.7096,2254.0,,505,1729209604056,true", TapeDefect.TradeIdRange, "first_trade_id")]
    [InlineData("101,0.7096,2254.0,1,9000000000,1729209604056,true", TapeDefect.TradeIdRange, "last_trade_id")]
    [InlineData("100,0.7096,2254.0,501,505,1729209604056,true", TapeDefect.IdBackwards, "agg_trade_id")]
    [InlineData("99,0.7096,2254.0,501,505,1729209604056,true", TapeDefect.IdBackwards, "agg_trade_id")]
    [InlineData("-1,0.7096,2254.0,501,505,1729209604056,true", TapeDefect.FieldInvalid, "agg_trade_id")]
    [InlineData("x,0.7096,2254.0,501,505,1729209604056,true", TapeDefect.FieldInvalid, "agg_trade_id")]
    [InlineData("101,0.7096,2254.0,501,505,1729209604056,true,", TapeDefect.ColumnCount, "")]
    [InlineData("101,0.7096,2254.0,501,505,1729209604056,true,more", TapeDefect.ColumnCount, "")]
    [InlineData("101,0.7096,2254.0,501,505,17292096", TapeDefect.ColumnCount, "")]
    [InlineData("\0\0\0\0", TapeDefect.ColumnCount, "")]
    [InlineData("", TapeDefect.BlankLine, "")]
    public void A_wrong_row_is_named_strictly_and_left_out_leniently(string row, TapeDefect defect, string field)
    {
        const string row3 = "102,0.7095,1,506,506,1729209604057,false";
        var path = _tape.Csv(Header, Row1, row, row3);
        var error = Should.Throw<TapeException>(() => AggTradeTape.Read(path).ToList());
        (error.Defect, error.Field, error.Line, error.File).ShouldBe((defect, field, 3, path));
        error.Message.ShouldStartWith($"{path} line 3{(field.Length > 0 ? " field " + field : "")}: ");
        defect.IsOfFile().ShouldBeFalse();

        using var reader = new AggTradeReader(path, new TapeOptions { Checks = TapeChecks.Lenient });
        reader.TryRead(out var first).ShouldBeTrue();
        reader.TryRead(out var third).ShouldBeTrue();
        reader.TryRead(out _).ShouldBeFalse();
        (first.Id, third.Id).ShouldBe((100, 102));
        (reader.Report.Rows, reader.Report.Skipped, reader.Report.Count(defect)).ShouldBe((2, 1, 1));
        var offence = reader.Report.Offences.ShouldHaveSingleItem();
        (offence.Line, offence.Field, offence.Defect).ShouldBe((3, field, defect));
        offence.Text.ShouldBe(row.Replace('\0', '\uFFFD'));
    }

    [Theory]
    [InlineData("100,0.7097,13.4843,19.0,1729209603958,false")]
    [InlineData("100,19.0,13.4843,0.7097,1729209603958,false")]
    public void Swapped_quantities_of_a_single_trade_are_found(string row)
    {
        var error = Should.Throw<TapeException>(() => AggTradeTape.Read(_tape.Csv(row)).ToList());
        (error.Defect, error.Field).ShouldBe((TapeDefect.QuoteQuantityOff, "quote_qty"));
    }

    [Fact]
    public void A_file_with_price_and_quantity_swapped_is_found_and_may_be_allowed()
    {
        var path = _tape.Csv(Header, "100,19.0,0.7097,500,500,1729209603958,false", "101,2254.0,0.7096,501,505,1729209604056,true");
        var error = Should.Throw<TapeException>(() => AggTradeTape.Read(path).ToList());
        (error.Defect, error.Line).ShouldBe((TapeDefect.PriceJump, 3));
        error.Message.ShouldContain("PriceJumpMax");
        AggTradeTape.Read(path, new TapeOptions { PriceJumpMax = 0 }).Count().ShouldBe(2);
    }

    [Fact]
    public void A_jump_that_lasts_is_believed_leniently()
    {
        var rows = Enumerable.Range(0, 100).Select(i => $"{i + 1},{(i == 0 ? "1" : "100")},1,{i},{i},{1_729_209_600_000 + i},true").ToArray();
        using var reader = new AggTradeReader(_tape.Csv(rows), new TapeOptions { Checks = TapeChecks.Lenient });
        while (reader.TryRead(out _))
        {
        }
        (reader.Report.Rows, reader.Report.Skipped, reader.Report.Count(TapeDefect.PriceJump)).ShouldBe((85, 15, 15));
    }

    [Fact]
    public void Quoted_rows_are_bounded_and_all_are_counted()
    {
        var rows = Enumerable.Range(0, 50).Select(i => "bad" + i).Prepend(Row1).Append(Row2).ToArray();
        using var reader = new AggTradeReader(_tape.Csv(rows), new TapeOptions { Checks = TapeChecks.Lenient, QuotedMax = 3 });
        while (reader.TryRead(out _))
        {
        }
        (reader.Report.Rows, reader.Report.Skipped).ShouldBe((2, 50));
        reader.Report.Offences.Select(o => o.Text).ShouldBe(["bad0", "bad1", "bad2"]);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0.5, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    [InlineData(0, true)]
    [InlineData(1.5, true)]
    public void The_price_jump_option_is_checked(double value, bool isValid)
    {
        var options = new TapeOptions { PriceJumpMax = value };
        if (isValid) options.Validate();
        else Should.Throw<ArgumentException>(options.Validate).Message.ShouldContain("PriceJumpMax");
    }
}
