using FsCheck;
using FsCheck.Fluent;
using Granary.Client.Conformance;

namespace Granary.Client.Tests.Conformance;

public sealed class CsvTests : IDisposable
{
    private readonly ConformanceFolder _folder = new();

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.csv.gz")]
    public void What_is_written_is_plain_and_reads_back(string file)
    {
        var path = Path.Combine(_folder.Path, file);
        using (var writer = new CsvTableWriter(path))
        {
            writer.Write<object?>([1L, -7, true, false, 0.1, 1e-30, 0.000_000_1m, 63.000m, "a,\"b\"", null], [new("a", value => value), new("b", _ => null)]);
            writer.RowCount.ShouldBe(10);
            File.Exists(path).ShouldBeFalse();
            writer.Commit();
        }
        ConformanceFolder.Lines(path).ShouldBe(["a,b", "1,", "-7,", "1,", "0,", "0.1,", "1E-30,", "0.0000001,", "63.000,", "\"a,\"\"b\"\"\",", ","]);
        using var reader = CsvTableReader.Open(path, file);
        reader.Rows().ElementAt(8).Text("a").ShouldBe("a,\"b\"");
    }

    [Fact]
    public void Every_double_reads_back_to_the_same_bits()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), value =>
        {
            var path = Path.Combine(_folder.Path, "d.csv");
            using (var writer = new CsvTableWriter(path))
            {
                writer.Write([value.Get], [new("x", x => x)]);
                writer.Commit();
            }
            var text = ConformanceFolder.Lines(path)[1];
            var read = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
            BitConverter.DoubleToInt64Bits(read).ShouldBe(BitConverter.DoubleToInt64Bits(value.Get));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void A_table_that_is_not_completed_leaves_no_file_not_even_an_older_one()
    {
        _folder.Write("t.csv", "old\n");
        var path = Path.Combine(_folder.Path, "t.csv");
        using (var writer = new CsvTableWriter(path))
            Should.Throw<ConformanceException>(() => writer.Write([1.0, double.NaN], [new("x", x => x)])).Message.ShouldContain("x is NaN in row 1");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a,b\n1\n", "t.csv line 2 has 1 fields, expected 2")]
    [InlineData("a,b\n1,x\n", "t.csv line 2: b was 'x', expected a whole number")]
    [InlineData("a,c\n1,x\n", "t.csv line 1 has no column b")]
    [InlineData("a,a\n", "t.csv line 1 names column a twice")]
    [InlineData("", "t.csv has no header line")]
    [InlineData("x,2.5\n", "t.csv line 1 is not a header: it holds the number 2.5")]
    public void What_cannot_be_read_is_named_with_file_and_line(string text, string message)
    {
        _folder.Write("t.csv", text);
        Should.Throw<ConformanceException>(() =>
        {
            using var reader = CsvTableReader.Open(Path.Combine(_folder.Path, "t.csv"), "t.csv");
            foreach (var row in reader.Rows()) row.Long("b");
        }).Message.ShouldBe(message);
    }

    [Fact]
    public void A_file_that_is_not_gzip_is_named()
    {
        _folder.Write("t.csv.gz", "a,b\n1,2\n");
        var path = Path.Combine(_folder.Path, "t.csv.gz");
        Should.Throw<ConformanceException>(() => CsvTableReader.Open(path, "t.csv.gz")).Message.ShouldContain("t.csv.gz is not gzip");
    }

    public void Dispose() => _folder.Dispose();
}
