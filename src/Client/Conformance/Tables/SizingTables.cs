using Granary.Engine.Sizing;

namespace Granary.Client.Conformance.Tables;

/// <summary>Sizes of entries from the ATR (formulas §4.1).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class SizingTables(ConformanceSource source) : IConformanceFamily
{
    private static readonly CsvColumn<Case>[] Columns =
    [
        new("case", at => at.Name),
        new("equity", at => at.Input.Equity),
        new("atr", at => at.Input.Atr),
        new("price", at => at.Input.Price),
        new("stop_mult", at => at.Input.StopAtrMultiple),
        new("regime_factor", at => at.Input.RegimeFactor),
        new("strength", at => at.Input.Strength),
        new("kelly", at => at.Input.KellyFactor),
        new("risk_mult", at => at.Input.SizeMultiplier),
        new("step", at => at.Input.Step),
        new("min_notional", at => at.Input.NotionalMin),
        new("existing_notional", at => at.Input.SameDirectionNotional),
        new("risk_amount", at => at.Size.RiskAmount),
        new("base", at => (double)at.Size.Base),
        new("raw", at => (double)at.Size.Raw),
        new("cap_position", at => (double)at.Size.CapPosition),
        new("cap_direction", at => (double)at.Size.CapDirection),
        new("capped", at => (double)at.Size.Capped),
        new("quantity", at => at.Size.Quantity),
        new("binding", at => NameOf(at.Size.Binding)),
    ];

    /// <inheritdoc/>
    public string Name => "sizing";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() => [new(Name, csv => csv.Write(Cases(), Columns))];

    private IEnumerable<Case> Cases()
    {
        using var table = source.Inputs.Open(Name);
        foreach (var row in table.Rows())
        {
            if (row.Decimal("step") <= 0) throw row.Wrong("step", "a number above 0");
            if (row.Decimal("stop_mult") <= 0) throw row.Wrong("stop_mult", "a number above 0");
            var input = new SizingInput(
                row.Decimal("equity"), row.Decimal("atr"), row.Decimal("price"), row.Decimal("step"), row.Decimal("min_notional"), row.Decimal("existing_notional"))
            {
                StopAtrMultiple = row.Decimal("stop_mult"),
                RegimeFactor = row.Decimal("regime_factor"),
                Strength = row.Decimal("strength"),
                KellyFactor = row.Decimal("kelly"),
                SizeMultiplier = row.Decimal("risk_mult"),
            };
            yield return new Case(row.Text("case"), input, AtrSizer.Size(input));
        }
    }

    private static string NameOf(SizingCap cap) => cap switch
    {
        SizingCap.Raw => "raw",
        SizingCap.Position => "position_cap",
        SizingCap.Direction => "direction_cap",
        _ => throw new ArgumentOutOfRangeException(nameof(cap), cap, "the cap has no name"),
    };

    private sealed record Case(string Name, SizingInput Input, SizingResult Size);
}
