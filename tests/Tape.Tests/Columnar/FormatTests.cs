using System.Globalization;
using System.Text.RegularExpressions;
using Granary.Engine.Market;
using Granary.Tape.Columnar;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests.Columnar;

/// <summary>The page of the format says what the code does.</summary>
public sealed class FormatTests : IDisposable
{
    /// <summary>Trades that use every part of a block: constant steps, packed residuals, an exception, a chained column.</summary>
    private static readonly AggTrade[] Example =
    [
        .. Enumerable.Range(0, 32).Select(i => new AggTrade(
            100 + i, 1_729_209_600_000 + (i * i), 71_230_000 + (i % 3 * 10_000), i == 13 ? 5_000_000_000_000 : (1 + (i % 8)) * 100_000_000L, 500 + i + Math.Min(1, i / 8),
            i == 7 ? 2 : 1, i % 2 == 0)),
    ];

    private readonly TempTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public void The_example_in_hex_is_what_is_written_and_read()
    {
        var page = Page();
        ColumnarTape.Write(_tape.Path("example"), "APEUSDT", Example);
        var written = File.ReadAllBytes(_tape.Path("example"));

        Dump(page).ShouldBe(written, Dump(written));
        File.WriteAllBytes(_tape.Path("documented"), Dump(page));
        ColumnarTape.Read<AggTrade>(_tape.Path("documented")).ShouldBe(Example);
    }

    [Fact]
    public void Every_kind_and_column_is_on_the_page_in_its_order()
    {
        var page = Page();
        Check(page, RowCodecs.For<AggTrade>());
        Check(page, RowCodecs.For<SingleTrade>());
        Check(page, RowCodecs.For<Kline>());
        Check(page, RowCodecs.For<FundingRate>());
        Check(page, RowCodecs.For<BookTicker>());
        Check(page, RowCodecs.For<MarkPrice>());
    }

    private static void Check<T>(string page, RowCodec<T> codec)
        where T : struct
    {
        var columns = string.Join(", ", codec.Columns.Select(Describe));
        page.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"| {(int)codec.Kind} | {codec.Kind} | {columns} |"));

        string Describe(ColumnSpec column) => $"`{column.Name}` {Type(column.Type)}" + column.ReferenceEncoding switch
        {
            ColumnEncoding.Values => "",
            var encoding => string.Create(CultureInfo.InvariantCulture, $" ({(int)encoding}: `{codec.Columns[column.Reference].Name}`)"),
        };
    }

    private static string Type(ColumnType type) => type switch
    {
        ColumnType.Integer => "i64",
        ColumnType.Integer32 => "i32",
        ColumnType.Flag => "flag",
        ColumnType.Scaled8 => "dec8",
        _ => "dec",
    };

    private static string Page()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var page = Path.Combine(at.FullName, "docs", "reference", "tape-format.md");
            if (File.Exists(page)) return File.ReadAllText(page);
        }
        throw new InvalidOperationException("docs/reference/tape-format.md is missing");
    }

    private static byte[] Dump(string page) =>
        [.. Regex.Matches(page, "^[0-9a-f]{4}  (?<bytes>([0-9a-f]{2} ?)+)$", RegexOptions.Multiline).SelectMany(m => Convert.FromHexString(m.Groups["bytes"].Value.Replace(" ", "")))];

    private static string Dump(byte[] bytes) => "docs/reference/tape-format.md has to show:\n" + string.Join(
        '\n', bytes.Chunk(16).Select((line, i) => string.Create(CultureInfo.InvariantCulture, $"{i * 16:x4}  {string.Join(' ', line.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)))}")));
}
