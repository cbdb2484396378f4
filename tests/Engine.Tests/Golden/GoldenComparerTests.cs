using Xunit.Sdk;

namespace Granary.Engine.Tests.Golden;

/// <summary>The comparer itself: a check that cannot fail would make every golden test worthless.</summary>
public sealed class GoldenComparerTests
{
    private static readonly ColumnSpec Double = new("double", 1e-9, 1e-12);

    [Theory]
    [InlineData("1", 1.0000000005, true)]
    [InlineData("1", 1.000000002, false)]
    [InlineData("0", 1e-13, true)]
    [InlineData("0", 1e-11, false)]
    [InlineData("1", double.NaN, false)]
    [InlineData("-2", 2.0, false)]
    public void Doubles_have_a_tolerance(string expected, double got, bool matches) => GoldenComparer.Matches(Double, expected, got).ShouldBe(matches);

    [Fact]
    public void No_value_is_neither_zero_nor_not_a_number()
    {
        GoldenComparer.Matches(Double, "", null).ShouldBeTrue();
        GoldenComparer.Matches(Double, "", 0.0).ShouldBeFalse();
        GoldenComparer.Matches(Double, "", double.NaN).ShouldBeFalse();
        GoldenComparer.Matches(Double, "0", null).ShouldBeFalse();
    }

    [Fact]
    public void Decimals_integers_flags_and_names_match_exactly()
    {
        GoldenComparer.Matches(new("decimal", 0, 0), "1.50", 1.5m).ShouldBeTrue();
        GoldenComparer.Matches(new("decimal", 0, 0), "1.5", 1.5000000000000000000000000001m).ShouldBeFalse();
        GoldenComparer.Matches(new("int", 0, 0), "7", 7).ShouldBeTrue();
        GoldenComparer.Matches(new("int", 0, 0), "7", 8L).ShouldBeFalse();
        GoldenComparer.Matches(new("bool", 0, 0), "1", true).ShouldBeTrue();
        GoldenComparer.Matches(new("bool", 0, 0), "0", true).ShouldBeFalse();
        GoldenComparer.Matches(new("string", 0, 0), "ok", "outlier").ShouldBeFalse();
    }

    [Fact]
    public void A_table_fails_on_one_wrong_field_and_on_a_missing_row()
    {
        var table = CsvTable.Parse("t.csv", new StringReader("a,b\n1,2\n3,4\n"));
        var specs = new Dictionary<string, ColumnSpec> { ["a"] = new("int", 0, 0) };
        var columns = new Dictionary<string, Func<int, object?>> { ["a"] = row => row };
        GoldenComparer.ShouldMatch(table, specs, [1, 3], columns).ShouldBe(2);
        Should.Throw<FailException>(() => GoldenComparer.ShouldMatch(table, specs, [1, 4], columns)).Message.ShouldContain("row 1 a: expected '3', was '4'");
        Should.Throw<ShouldAssertException>(() => GoldenComparer.ShouldMatch(table, specs, [1], columns));
    }
}
