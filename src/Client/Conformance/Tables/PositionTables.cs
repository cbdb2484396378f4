using Granary.Engine.Selection;

namespace Granary.Client.Conformance.Tables;

/// <summary>Positions of given capitals: the table printed in the seed, and cases of rounding (formulas §5.5).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class PositionTables(ConformanceSource source) : IConformanceFamily
{
    private static readonly CsvColumn<Sized>[] SizeColumns =
    [
        new("capital", at => at.Capital),
        new("close", at => at.Close),
        new("face_value", at => at.FaceValue),
        new("position", at => at.Quantity),
    ];

    private static readonly CsvColumn<Sized>[] PositionColumns =
    [
        new("side", at => at.Side),
        new("symbol", at => at.Symbol),
        new("close", at => at.Close),
        new("face_value", at => at.FaceValue),
        new("capital", at => at.Capital),
        new("position", at => at.Quantity),
        new("pos_val", at => at.Quantity * at.Close),
    ];

    /// <inheritdoc/>
    public string Name => "seed001_positions";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() =>
    [
        new(Name, csv => csv.Write(Read(Name, hasSymbol: true), PositionColumns)),
        new("rounding_cases", csv => csv.Write(Read("rounding_cases", hasSymbol: false), SizeColumns)),
    ];

    private List<Sized> Read(string name, bool hasSymbol)
    {
        using var table = source.Inputs.Open(name);
        var rows = new List<Sized>();
        foreach (var row in table.Rows())
        {
            var (capital, close, faceValue) = (row.Decimal("capital"), row.Decimal("close"), row.Decimal("face_value"));
            if (capital < 0) throw row.Wrong("capital", "a number, 0 or more");
            if (close <= 0) throw row.Wrong("close", "a number above 0");
            if (faceValue <= 0) throw row.Wrong("face_value", "a number above 0");
            var quantity = PositionSizer.Quantity(capital, close, faceValue);
            rows.Add(new Sized(hasSymbol ? row.Text("side") : "", hasSymbol ? row.Text("symbol") : "", close, faceValue, capital, quantity));
        }
        return rows;
    }

    private sealed record Sized(string Side, string Symbol, decimal Close, decimal FaceValue, decimal Capital, decimal Quantity);
}
