using System.Globalization;
using Granary.Engine.Selection;
using Granary.Engine.Tests.Golden;

namespace Granary.Engine.Tests.Selection;

/// <summary>The run of 2023-07-07 13:00 that the seed printed: its ten picks go through selection and sizing and come out as printed.</summary>
public sealed class PublishedTableTests
{
    // Between the eight shorts and the two longs stood the fifty symbols that were not printed. Any two with factors in between show where the cuts are.
    private static readonly SelectionRow[] Unprinted = [Row("MIDDLEAUSDT", 0.001, 0, 1, 1), Row("MIDDLEBUSDT", 0.002, 0, 2, 1)];

    [SharedFact]
    public void The_printed_selection_is_reproduced()
    {
        var table = CsvTable.Load(GoldenFolder.SharedFile("golden", "expected", "seed001_selection.csv"));
        var positions = CsvTable.Load(GoldenFolder.SharedFile("golden", "expected", "seed001_positions.csv")).Rows.ToDictionary(row => row[1]);
        var rows = table.Rows.Select(row =>
            Row(row[2], double.Parse(row[3], CultureInfo.InvariantCulture), Number(row[4]), Number(row[5]), Number(positions[row[2]][2])));

        var options = new SelectionOptions();
        var selection = new Selector(options).Select(0, rows.Concat(Unprinted).Reverse());
        var targets = PositionSizer.Assign(selection, options, symbol => Number(positions[symbol][3]));

        targets.Select(target => (target.Side == SelectionSide.Short ? "SHORT" : "LONG", target.Symbol)).ShouldBe(table.Rows.Select(row => (row[1], row[2])));
        foreach (var target in targets)
        {
            target.Quantity.ToString(CultureInfo.InvariantCulture).ShouldBe(positions[target.Symbol][5], target.Symbol);
            target.Value.ShouldBe(Number(positions[target.Symbol][6]), target.Symbol);
        }
        selection.Pool.Where(symbol => positions.ContainsKey(symbol.Symbol)).OrderBy(symbol => symbol.Rank).Select(symbol => symbol.Symbol)
            .ShouldBe(table.Rows.OrderBy(row => int.Parse(row[6], CultureInfo.InvariantCulture)).Select(row => row[2]), "the printed ranks have this order");
    }

    private static SelectionRow Row(string symbol, double factor, decimal change, decimal volume, decimal close) =>
        new(symbol, [factor], [change, volume], close, 999, 0);

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
