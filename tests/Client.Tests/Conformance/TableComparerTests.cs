using Granary.Client.Conformance;

namespace Granary.Client.Tests.Conformance;

public sealed class TableComparerTests : IDisposable
{
    private readonly ConformanceFolder _folder = new();

    public TableComparerTests()
    {
        _folder.Write("COLUMNS.csv", "file,column,kind,rtol,atol,formula_section\nexpected/t.csv,id,int,0,0,\"1, 2\"\nexpected/t.csv,x,double,1e-9,1e-12,1\n");
        _folder.Write("expected/t.csv", "id,x\n1,0.5\n2,\n");
    }

    [Theory]
    [InlineData("id,x\n1,0.5\n2,\n", 0, "")]
    [InlineData("x,id\n5.0000000001E-1,1\n,2\n", 0, "")]
    [InlineData("id,x\n1,0.5\n2,0\n", 1, "row 1 x: expected '', was '0'")]
    [InlineData("id,x\n1,0.51\n3,\n", 2, "row 0 x: expected '0.5', was '0.51'")]
    [InlineData("id,x\n1,NaN\n2,\n", 1, "row 0 x: expected '0.5', was 'NaN'")]
    [InlineData("id,x\n1,0.5\n", 1, "row 1 and all after it are missing")]
    [InlineData("id,x\n1,0.5\n2,\n3,\n", 1, "row 2 is one too many")]
    [InlineData("id\n1\n2\n", 1, "column x is missing")]
    [InlineData("id,x,y\n1,0.5,1\n2,,1\n", 1, "column y is not in the golden table")]
    public void Differences_are_counted_and_the_first_is_named(string written, int count, string first)
    {
        _folder.Write("out/t.csv", written);
        var comparison = new TableComparer(Path.Combine(_folder.Path, "expected")).Compare(Path.Combine(_folder.Output, "t.csv"));
        comparison.MismatchCount.ShouldBe(count);
        comparison.FirstMismatch.ShouldBe(first);
    }

    [Theory]
    [InlineData("decimal", "1.50", "1.5", true)]
    [InlineData("decimal", "1.5", "1.5000000000000000000000000001", false)]
    [InlineData("int", "7", "7.0", false)]
    [InlineData("bool", "1", "true", false)]
    [InlineData("string", "ok", "OK", false)]
    [InlineData("string", "ok", "ok", true)]
    [InlineData("double", "1", "1.0000000005", true)]
    [InlineData("double", "1", "1.000000002", false)]
    [InlineData("double", "", "", true)]
    [InlineData("double", "0", "", false)]
    public void Fields_are_judged_by_their_kind(string kind, string expected, string got, bool matches) =>
        new ColumnSpec(kind, 1e-9, 1e-12).Matches(expected, got).ShouldBe(matches);

    [Fact]
    public void What_cannot_be_compared_is_an_error_with_a_name()
    {
        Should.Throw<ConformanceException>(() => new TableComparer(Path.Combine(_folder.Path, "none"))).Message.ShouldContain("does not exist");
        Should.Throw<ConformanceException>(() => new TableComparer(_folder.Path)).Message.ShouldContain("no COLUMNS.csv");
        _folder.Write("out/u.csv", "id\n1\n");
        var comparer = new TableComparer(Path.Combine(_folder.Path, "expected"));
        Should.Throw<ConformanceException>(() => comparer.Compare(Path.Combine(_folder.Output, "u.csv"))).Message.ShouldContain("no table u");
        _folder.Write("COLUMNS.csv", "file,column,kind,rtol,atol,formula_section\nexpected/t.csv,id,number,0,0,1\n");
        var expected = Path.Combine(_folder.Path, "expected");
        Should.Throw<ConformanceException>(() => new TableComparer(expected)).Message.ShouldContain("COLUMNS.csv line 2: kind was 'number'");
    }

    public void Dispose() => _folder.Dispose();
}
