using Granary.Engine.Selection;
using Granary.Engine.Tests.Golden;

namespace Granary.Engine.Tests.Selection;

public sealed class PositionSizerTests
{
    private static readonly SelectionOptions Options = new() { CandleCountMin = 0, LongCount = 1, ShortCount = 3, Filters = [] };

    [SharedFact]
    public void The_printed_positions_are_reproduced()
    {
        var table = CsvTable.Load(GoldenFolder.SharedFile("golden", "expected", "seed001_positions.csv"));
        table.Rows.Count.ShouldBe(10);
        foreach (var row in table.Rows)
        {
            var (close, faceValue, capital) = (Number(row[2]), Number(row[3]), Number(row[4]));
            var quantity = PositionSizer.Quantity(capital, close, faceValue);
            quantity.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(row[5], row[1]);
            (quantity * close).ShouldBe(Number(row[6]), row[1]);
            capital.ShouldBe(PositionSizer.CapitalPerSymbol(1_000, row[0] == "SHORT" ? 8 : 2));
        }
    }

    [Fact]
    public void Half_of_the_capital_goes_to_each_side_shorts_first()
    {
        var positions = PositionSizer.Assign(Select(), Options, _ => 0.01m);

        positions.Select(position => (position.Side, position.Symbol)).ShouldBe(
            [(SelectionSide.Short, "A"), (SelectionSide.Short, "B"), (SelectionSide.Short, "C"), (SelectionSide.Long, "D")]);
        positions[3].Capital.ShouldBe(500);
        positions[3].Quantity.ShouldBe(166.67m);
        positions[3].Value.ShouldBe(500.01m);
        positions[0].Capital.ShouldBe(166.66666666666666666666666667m);
        positions[0].Quantity.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe("55.56");
    }

    [Fact]
    public void Nothing_selected_is_no_position() =>
        PositionSizer.Assign(new Selector(Options).Select(0, []), Options, _ => throw new InvalidOperationException()).ShouldBeEmpty();

    [Fact]
    public void A_symbol_without_face_value_or_close_is_refused_by_name()
    {
        Should.Throw<ArgumentException>(() => PositionSizer.Assign(Select(), Options, symbol => symbol == "B" ? null : 1)).Message.ShouldContain("symbol B ");
        Should.Throw<ArgumentException>(() => PositionSizer.Assign(Select(), Options, symbol => symbol == "C" ? 0 : 1)).Message.ShouldContain("symbol C ");
        Should.Throw<ArgumentException>(() => PositionSizer.Assign(Select(close: 0), Options, _ => 1)).Message.ShouldContain("symbol A ");
        Should.Throw<ArgumentOutOfRangeException>(() => PositionSizer.CapitalPerSymbol(1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => PositionSizer.CapitalPerSymbol(0, 1));
    }

    private static CoinSelection Select(decimal close = 3) =>
        new Selector(Options).Select(0, "ABCD".Select((name, i) => new SelectionRow(name.ToString(), [i], [], close, 1, 0)));

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
