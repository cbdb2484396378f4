using Granary.Engine.Market;
using Granary.Tape.Columnar;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests;

public sealed class AggTradeTapeTests : IDisposable
{
    private readonly TempTape _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_columnar_tape_is_told_by_its_first_bytes()
    {
        AggTrade[] trades = [.. Enumerable.Range(1, 10_000).Select(i => new AggTrade(i, 1_700_000_000_000 + i, 100_000_000, 200_000_000, i, 1, i % 3 == 0))];
        var path = _temp.Path("any-name.csv");
        ColumnarTape.Write(path, "BTCUSDT", trades);
        AggTradeTape.Read(path).ShouldBe(trades);
        var part = TapePart.Of(path).ShouldHaveSingleItem();
        (part.Kind, part.Symbol).ShouldBe((TapeKind.AggTrades, "BTCUSDT"));
    }

    [Fact]
    public void Single_trades_of_a_tape_become_aggregates_of_one()
    {
        var trade = new SingleTrade(7, 1_700_000_000_001, 1_700_000_000_000, 5, 6, true, true);
        var path = _temp.Path("t.tape");
        ColumnarTape.Write(path, "BTCUSDT", [trade]);
        AggTradeTape.Read(path).ShouldBe([trade.ToAggTrade()]);
    }

    [Fact]
    public void A_tape_of_something_else_is_named()
    {
        var path = _temp.Path("t.tape");
        ColumnarTape.Write(path, "BTCUSDT", [new BookTicker(1, 2, 3, 4, 5, 6)]);
        Should.Throw<TapeException>(() => AggTradeTape.Read(path).ToList()).Message.ShouldContain("BookTickers");
    }

    [Fact]
    public void A_damaged_block_is_an_error_or_left_out()
    {
        AggTrade[] trades = [.. Enumerable.Range(1, 10_000).Select(i => new AggTrade(i, 1_700_000_000_000 + i, 100_000_000, 200_000_000, i, 1, i % 3 == 0))];
        var path = _temp.Path("t.tape");
        ColumnarTape.Write(path, "BTCUSDT", trades);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Should.Throw<TapeException>(() => AggTradeTape.Read(path).ToList()).Defect.ShouldBe(TapeDefect.FileDamaged);
        AggTradeTape.Read(path, new TapeOptions { Checks = TapeChecks.Lenient }).Count().ShouldBe(8_192);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Should.Throw<TapeException>(() => AggTradeTape.Read(_temp.Path("none.tape")).ToList()).Defect.ShouldBe(TapeDefect.FileMissing);
}
