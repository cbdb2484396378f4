using Granary.Engine.Sizing;

namespace Granary.Engine.Tests.Sizing;

public sealed class LotRoundingTests
{
    [GoldenFact]
    public void Rounding_cases_are_reproduced()
    {
        var rows = GoldenTable.Read("expected/rounding_cases.csv");
        rows.Count.ShouldBe(16);
        foreach (var row in rows)
            LotRounding.ToFaceValue(row.Decimal("capital"), row.Decimal("close"), row.Decimal("face_value")).ShouldBe(row.Decimal("position"), row["capital"]);
    }

    [Fact]
    public void The_result_keeps_the_decimals_of_the_face_value() =>
        LotRounding.ToFaceValue(62.5m, 0.9937m, 1.000m).ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe("63.000");

    [Theory]
    [InlineData(100, 10, 2, 10)]
    [InlineData(50, 10, 2, 4)]
    [InlineData(70, 10, 2, 8)]
    [InlineData(0, 10, 2, 0)]
    public void Selections_go_to_the_nearest_multiple_and_ties_to_the_even_one(decimal capital, decimal close, decimal faceValue, decimal expected) =>
        LotRounding.ToFaceValue(capital, close, faceValue).ShouldBe(expected);

    [Fact]
    public void What_no_rounding_can_be_made_of_is_named()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => LotRounding.FloorToStep(0, 0)).ParamName.ShouldBe("step");
        Should.Throw<ArgumentOutOfRangeException>(() => LotRounding.ToFaceValue(-1, 1, 1)).ParamName.ShouldBe("capital");
        Should.Throw<ArgumentOutOfRangeException>(() => LotRounding.ToFaceValue(1, 0, 1)).ParamName.ShouldBe("close");
        Should.Throw<ArgumentOutOfRangeException>(() => LotRounding.ToFaceValue(1, 1, 0)).ParamName.ShouldBe("faceValue");
    }

    [Theory]
    [InlineData(0.0169, 0.001, 0.016)]
    [InlineData(0.016, 0.001, 0.016)]
    [InlineData(0.0009, 0.001, 0)]
    [InlineData(-1, 0.001, 0)]
    [InlineData(7.9, 0.25, 7.75)]
    public void Entries_are_rounded_down(decimal quantity, decimal step, decimal expected) => LotRounding.FloorToStep(quantity, step).ShouldBe(expected);
}
