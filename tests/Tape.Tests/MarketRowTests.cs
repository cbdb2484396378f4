using Granary.Engine.Market;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests;

/// <summary>Candles, funding settlements, best quotes and single trades in their public layouts.</summary>
public sealed class MarketRowTests : IDisposable
{
    private const string Kline = "1730073600000,67992.70,68094.60,67804.70,67835.20,5179.117,1730077199999,351923638.03910,85022,2415.052,164090858.68940,0";

    private static readonly Kline Candle = new(
        1_730_073_600_000, 67_992.7m, 68_094.6m, 67_804.7m, 67_835.2m, 5_179.117m, 1_730_077_199_999, 351_923_638.0391m, 85_022, 2_415.052m, 164_090_858.6894m);

    private readonly TempTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Theory]
    [InlineData("open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore")]
    [InlineData("Open_time,Open,High,Low,Close,Volume,Close_time,Quote_asset_volume,Number_of_trades,Taker_buy_base_asset_volume,Taker_buy_quote_asset_volume,Ignore")]
    [InlineData("")]
    public void A_candle_is_read_with_and_without_header(string header) => ReadKline(header, Kline).ShouldBe(new("", Candle));

    [Fact]
    public void A_candle_in_microseconds_closes_in_milliseconds() =>
        ReadKline("", "1730073600000000" + Kline[13..].Replace("1730077199999", "1730077199999999")).Kline.ShouldBe(Candle);

    [Fact]
    public void A_candle_may_carry_its_symbol()
    {
        ReadKline("symbol,open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore", "1000PEPEUSDT," + Kline)
            .ShouldBe(new("1000PEPEUSDT", Candle));
        ReadKline("", "1000PEPEUSDT," + Kline).ShouldBe(new("1000PEPEUSDT", Candle));
    }

    [Theory]
    [InlineData(TapeLayout.Ohlcv, ",5179.117")]
    [InlineData(TapeLayout.Ohlc, "")]
    public void A_short_candle_closes_before_the_next_opens(TapeLayout layout, string volume)
    {
        var rows = new[] { "1730073600000", "1730080800000", "1730084400000" }.Select(t => t + ",67992.7,68094.6,67804.7,67835.2" + volume).ToArray();
        using var reader = new KlineReader(_tape.Csv(rows));
        reader.TryRead(out var row).ShouldBeTrue();
        (reader.Layout, reader.StepMs).ShouldBe((layout, 3_600_000));
        row.Kline.ShouldBe(Candle with { Volume = volume.Length > 0 ? Candle.Volume : 0, QuoteVolume = 0, TradeCount = 0, TakerBuyVolume = 0, TakerBuyQuoteVolume = 0 });
    }

    [Fact]
    public void Volumes_may_be_larger_than_a_fixed_point_number()
    {
        var row = ReadKline("", Kline.Replace("5179.117", "123456789012345678.5"));
        row.Kline.Volume.ShouldBe(123_456_789_012_345_678.5m);
    }

    [Theory]
    [InlineData("67992.70", "-1", TapeDefect.PriceNotPositive, "open")]
    [InlineData("68094.60", "0", TapeDefect.PriceNotPositive, "high")]
    [InlineData("67804.70", "x", TapeDefect.FieldInvalid, "low")]
    [InlineData("5179.117", "-5179.117", TapeDefect.QuantityNotPositive, "volume")]
    [InlineData("85022", "85022.5", TapeDefect.FieldInvalid, "count")]
    [InlineData("85022", "9999999999", TapeDefect.FieldInvalid, "count")]
    [InlineData("1730077199999", "1730073599999", TapeDefect.TimeImplausible, "close_time")]
    [InlineData("1730077199999", "1730077199", TapeDefect.TimeUnitMixed, "close_time")]
    [InlineData("1730073600000", "1730070000000", TapeDefect.TimeBackwards, "open_time")]
    [InlineData("1730073600000", "1730070000001", TapeDefect.TimeImplausible, "close_time")]
    [InlineData(",0", "", TapeDefect.ColumnCount, "")]
    public void A_wrong_candle_is_named(string found, string replacement, TapeDefect defect, string field)
    {
        var before = "1730070000000" + Kline[13..];
        var row = Kline[..^2] + Kline[^2..];
        var changed = defect == TapeDefect.TimeImplausible && field == "close_time" && found == "1730073600000"
            ? Kline.Replace("1730077199999", "1730070000000") : row.Replace(found, replacement);
        using var reader = new KlineReader(_tape.Csv(before, changed));
        reader.TryRead(out _).ShouldBeTrue();
        var error = Should.Throw<TapeException>(() => reader.TryRead(out _));
        (error.Defect, error.Field, error.Line).ShouldBe((defect, field, 2));
    }

    [Theory]
    [InlineData("calc_time,funding_interval_hours,last_funding_rate", "1738368000001,8,-0.00010000", "", 8)]
    [InlineData("", "1738368000001,8,-0.00010000", "", 8)]
    [InlineData("symbol,fundingTime,fundingRate", "BTCUSDT,1738368000001,-0.0001", "BTCUSDT", null)]
    [InlineData("", "BTCUSDT,1738368000001,-0.0001", "BTCUSDT", null)]
    [InlineData("funding_time,funding_rate", "1738368000001,-0.0001", "", null)]
    public void A_funding_settlement_is_read(string header, string row, string symbol, int? hours)
    {
        using var reader = new FundingReader(_tape.Csv(header.Length > 0 ? [header, row] : [row]));
        reader.TryRead(out var funding).ShouldBeTrue();
        funding.ShouldBe(new(symbol, hours, new FundingRate(1_738_368_000_001, -0.0001m)));
        reader.TryRead(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("BTCUSDT,1738368000001,0.0001", TapeDefect.TimeBackwards, "calc_time")]
    [InlineData("BTCUSDT,1738396800000,1.5", TapeDefect.FieldInvalid, "last_funding_rate")]
    [InlineData("BTC/USDT,1738396800000,0.0001", TapeDefect.FieldInvalid, "symbol")]
    [InlineData("ETHUSDT,1738368000001", TapeDefect.ColumnCount, "")]
    public void A_wrong_settlement_is_named(string row, TapeDefect defect, string field)
    {
        using var reader = new FundingReader(_tape.Csv("symbol,fundingTime,fundingRate", "BTCUSDT,1738368000001,-0.0001", row));
        reader.TryRead(out _).ShouldBeTrue();
        var error = Should.Throw<TapeException>(() => reader.TryRead(out _));
        (error.Defect, error.Field, error.Line).ShouldBe((defect, field, 3));
    }

    [Theory]
    [InlineData("update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,event_time", "77,67000,3.959,67000.1,3.9,1717400000000,1717400000004", 77)]
    [InlineData("", "77,67000,3.959,67000.1,3.9,1717400000000,1717400000004", 77)]
    [InlineData("time,bid_price,bid_qty,ask_price,ask_qty", "1717400000000,67000,3.959,67000.1,3.9", 0)]
    public void A_best_quote_is_read(string header, string row, long id)
    {
        using var reader = new BookTickerReader(_tape.Csv(header.Length > 0 ? [header, row] : [row]));
        reader.TryRead(out var ticker).ShouldBeTrue();
        ticker.ShouldBe(new(id, 1_717_400_000_000, 6_700_000_000_000, 395_900_000, 6_700_010_000_000, 390_000_000));
    }

    [Fact]
    public void A_layout_that_cannot_be_told_can_be_named()
    {
        var path = _tape.Csv("1717400000000,67000,3.959,67000.1,3.9");
        Should.Throw<TapeException>(() => new BookTickerReader(path)).Defect.ShouldBe(TapeDefect.LayoutUnknown);
        using var reader = new BookTickerReader(path, new TapeOptions { Layout = TapeLayout.BookTickers });
        reader.TryRead(out var ticker).ShouldBeTrue();
        ticker.AskPrice.ShouldBe(67_000.1m);
    }

    [Fact]
    public void A_single_trade_is_one_and_an_aggregate_of_one()
    {
        var path = _tape.Csv("id,price,qty,quote_qty,time,is_buyer_maker", "42377944,9682,0.132,1278.024,1582329602111,false");
        using var reader = new SingleTradeReader(path);
        reader.TryRead(out var trade).ShouldBeTrue();
        trade.ShouldBe(new(42_377_944, 1_582_329_602_111, 1_582_329_602_111, 968_200_000_000, 13_200_000, false, true));
        AggTradeTape.Read(path).ShouldBe([trade.ToAggTrade()]);
        Should.Throw<TapeException>(() => new SingleTradeReader(_tape.Csv("1,1,1,1,1,1729209600000,true"))).Defect.ShouldBe(TapeDefect.LayoutUnknown);
    }

    private KlineRow ReadKline(string header, string row)
    {
        using var reader = new KlineReader(_tape.Csv(header.Length > 0 ? [header, row] : [row]));
        reader.Layout.ShouldBe(TapeLayout.Klines);
        reader.TryRead(out var kline).ShouldBeTrue();
        return kline;
    }
}
