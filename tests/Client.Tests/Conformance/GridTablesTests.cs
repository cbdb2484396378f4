using System.Globalization;

namespace Granary.Client.Tests.Conformance;

public sealed class GridTablesTests
{
    private const string Header = "recent_high,equity,step_ratio,order_fraction,maintenance_margin_rate\n";

    [Fact]
    public void Several_grids_follow_each_other_in_the_order_of_the_rows()
    {
        using var folder = Run("1000,5000,0.5,0.01,0.1\n200,0,0.9,0,0\n");
        folder.Rows("grid_summary").ShouldBe(["1000,5000,0.5,0.01,0.1,950.00,500.00,2", "200,0,0.9,0,0,190.00,100.00,2"]);

        // 1 / (1 - 500 / 750 * 0.9) = 2.5; at the limit 1 / (1 - 100 / 190) = 19 / 9.
        var rows = folder.Rows("grid");
        rows.SkipLast(1).ShouldBe(["0,500,750,50,0.1,", "1,750,950,50,0.06666666666666667,2.5", "0,100,190,0,0,"]);
        rows[^1].ShouldStartWith("1,190,190,0,0,");
        double.Parse(rows[^1].Split(',')[^1], CultureInfo.InvariantCulture).ShouldBe(19 / 9.0, 1e-14);
    }

    [Theory]
    [InlineData("0,1,0.1,0.1,0", "recent_high was '0'")]
    [InlineData("1,-1,0.1,0.1,0", "equity was '-1'")]
    [InlineData("1,1,0,0.1,0", "step_ratio was '0'")]
    [InlineData("1,1,0.000001,0.1,0", "at most 100000 levels")]
    [InlineData("1,1,0.1,2,0", "order_fraction was '2'")]
    [InlineData("1,1,0.1,0.1,1", "maintenance_margin_rate was '1'")]
    [InlineData("1,1,x,0.1,0", "step_ratio was 'x'")]
    public void A_value_that_makes_no_grid_is_named_with_its_line(string row, string problem)
    {
        using var folder = new ConformanceFolder();
        folder.Write("params.json", "{}");
        folder.Write("inputs/grid.csv", Header + "1000,5000,0.5,0.01,0.1\n" + row + "\n");
        foreach (var result in folder.Run("grid", "grid_summary"))
        {
            result.IsWritten.ShouldBeFalse();
            result.Failure.ShouldContain(problem);
            result.Failure.ShouldContain("line 3");
        }
    }

    private static ConformanceFolder Run(string rows)
    {
        var folder = new ConformanceFolder();
        folder.Write("params.json", "{}");
        folder.Write("inputs/grid.csv", Header + rows);
        folder.Run("grid", "grid_summary").ShouldAllBe(result => result.IsWritten);
        return folder;
    }
}
