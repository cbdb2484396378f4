using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Market;
using Granary.Tape.Columnar;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests.Columnar;

public sealed class DailyImportTests : IDisposable
{
    private const long Day = DailyTapes.DayMs, Start = 19_874 * Day;

    private readonly TempTape _temp = new();

    private string Folder => _temp.Path("BTCUSDT");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Rows_go_to_the_tape_of_their_day()
    {
        var tally = Import([Trade(1, Start + Day - 1), Trade(2, Start + Day), Trade(3, Start + (2 * Day) - 1)], out var changes);
        tally.Added.ShouldBe(3);
        changes.Select(c => (Path.GetFileName(c.Path), c.IsNew, c.RowsAfter)).ShouldBe([("2024-05-31.aggTrades.tape", true, 1), ("2024-06-01.aggTrades.tape", true, 2)]);
        Ids("2024-06-01").ShouldBe([2, 3]);
        Directory.GetFiles(Folder).Length.ShouldBe(2);
    }

    [Fact]
    public void Importing_again_changes_nothing()
    {
        AggTrade[] rows = [.. Enumerable.Range(1, 9_000).Select(i => Trade(i, Start + (i * 15_000L)))];
        Import(rows, out _);
        var before = Files();
        var tally = Import(rows, out var changes);
        (tally.Added, tally.Present).ShouldBe((0, 9_000));
        changes.ShouldBeEmpty();
        Files().ShouldBe(before);
    }

    [Fact]
    public void Overlapping_sources_merge_by_id() =>
        Prop.ForAll(Gen.Choose(1, 40).ArrayOf().Where(a => a.Length > 0).Three().ToArbitrary(), p =>
        {
            using var temp = new TempTape();
            var folder = temp.Path("S");
            int[][] sources = [p.Item1, p.Item2, p.Item3];
            long added = 0;
            for (var run = 0; run < 2; run++)
            {
                using var import = new DailyImport<AggTrade>(folder, "S", DailyKinds.AggTrades, replaces: false);
                foreach (var source in sources)
                {
                    var tally = new ImportTally();
                    import.Add([.. source.Distinct().Order().Select(i => Trade(i, Start + (i * Day / 15)))], tally);
                    import.Commit();
                    added += tally.Added;
                }
            }
            var ids = Directory.GetFiles(folder).Order(StringComparer.Ordinal).SelectMany(f => ColumnarTape.Read<AggTrade>(f)).Select(t => t.Id).ToList();
            ids.ShouldBe(sources.SelectMany(s => s).Distinct().Order().Select(i => (long)i));
            added.ShouldBe(ids.Count);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_day_that_two_sources_share_appears_as_a_whole()
    {
        using var import = new DailyImport<AggTrade>(Folder, "BTCUSDT", DailyKinds.AggTrades, replaces: false);
        var (first, second) = (new ImportTally(), new ImportTally());
        import.Add([Trade(1, Start), Trade(2, Start + 1)], first);
        import.Add([Trade(3, Start + 2)], second);
        Directory.GetFiles(Folder, "*.tape").ShouldBeEmpty();
        import.Commit();
        Ids("2024-05-31").ShouldBe([1, 2, 3]);
        (first.Added, second.Added).ShouldBe((2, 1));
    }

    [Fact]
    public void What_is_abandoned_leaves_no_trace()
    {
        Import([Trade(1, Start)], out _);
        var before = Files();
        using var import = new DailyImport<AggTrade>(Folder, "BTCUSDT", DailyKinds.AggTrades, replaces: false);
        var tally = new ImportTally();
        import.Add([Trade(2, Start + 1)], tally);
        import.Abandon();
        Files().ShouldBe(before);
        (tally.Added, tally.Withheld).ShouldBe((0, 1));
        Directory.GetFiles(Folder).Length.ShouldBe(1);
    }

    [Fact]
    public void A_file_left_by_a_kill_is_replaced()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "2024-05-31.aggTrades.tape.importing"), "half a day");
        Import([Trade(1, Start)], out _);
        Ids("2024-05-31").ShouldBe([1]);
        Directory.GetFiles(Folder).Length.ShouldBe(1);
    }

    [Fact]
    public void Replacing_forgets_what_was_there_but_not_what_the_same_import_wrote()
    {
        Import([Trade(1, Start), Trade(9, Start + 9)], out _);
        using var import = new DailyImport<AggTrade>(Folder, "BTCUSDT", DailyKinds.AggTrades, replaces: true);
        import.Add([Trade(5, Start + 5)], new ImportTally());
        import.Add([Trade(4, Start + 4)], new ImportTally());
        import.Commit();
        Ids("2024-05-31").ShouldBe([4, 5]);
        import.Changes.ShouldHaveSingleItem().ShouldBe(new DayChange(DailyTapes.PathOf(Folder, new DateOnly(2024, 5, 31), "aggTrades"), false, 2, 2));
    }

    [Fact]
    public void A_damaged_tape_is_replaced_only_when_asked()
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, "2024-05-31.aggTrades.tape");
        File.WriteAllText(path, "no tape");
        Should.Throw<TapeException>(() => Import([Trade(1, Start)], out _));
        File.ReadAllText(path).ShouldBe("no tape");
        Import([Trade(1, Start)], out _, replaces: true);
        Ids("2024-05-31").ShouldBe([1]);
    }

    [Fact]
    public void A_tape_of_another_symbol_or_out_of_order_is_left_alone()
    {
        var path = DailyTapes.PathOf(Folder, new DateOnly(2024, 5, 31), "aggTrades");
        Directory.CreateDirectory(Folder);
        ColumnarTape.Write(path, "ETHUSDT", [Trade(1, Start)]);
        Should.Throw<TapeException>(() => Import([Trade(2, Start)], out _)).Message.ShouldContain("ETHUSDT");
        ColumnarTape.Write(path, "BTCUSDT", [Trade(5, Start), Trade(1, Start)]);
        var before = Files();
        Should.Throw<TapeException>(() => Import([Trade(7, Start)], out _)).Defect.ShouldBe(TapeDefect.IdBackwards);
        Files().ShouldBe(before);
    }

    [Fact]
    public void A_tape_that_somebody_writes_is_left_to_him()
    {
        Directory.CreateDirectory(Folder);
        using var writer = ColumnarWriter<AggTrade>.Create(DailyTapes.PathOf(Folder, new DateOnly(2024, 5, 31), "aggTrades"), "BTCUSDT");
        Should.Throw<IOException>(() => Import([Trade(1, Start)], out _)).Message.ShouldContain("close its other writer");
    }

    [Fact]
    public void Quotes_of_one_id_stay_together()
    {
        BookTicker[] rows = [new(7, Start, 1, 1, 2, 1), new(7, Start + 1, 1, 2, 2, 1), new(8, Start + 2, 1, 1, 2, 1)];
        for (var run = 0; run < 2; run++)
        {
            using var import = new DailyImport<BookTicker>(Folder, "BTCUSDT", DailyKinds.BookTickers, replaces: false);
            var tally = new ImportTally();
            import.Add(rows, tally);
            import.Commit();
            (tally.Added, tally.Present).ShouldBe(run == 0 ? (3, 0) : (0, 3));
        }
        ColumnarTape.Read<BookTicker>(Path.Combine(Folder, "2024-05-31.bookTickers.tape")).ShouldBe(rows);
    }

    private static AggTrade Trade(long id, long timeMs) => new(id, timeMs, 100_000_000 * (id % 7 + 1), 100_000_000, id, 1, id % 2 == 0);

    private ImportTally Import(AggTrade[] rows, out IReadOnlyList<DayChange> changes, bool replaces = false)
    {
        using var import = new DailyImport<AggTrade>(Folder, "BTCUSDT", DailyKinds.AggTrades, replaces);
        var tally = new ImportTally();
        import.Add(rows, tally);
        import.Commit();
        changes = import.Changes;
        return tally;
    }

    private IEnumerable<long> Ids(string day) => ColumnarTape.Read<AggTrade>(Path.Combine(Folder, day + ".aggTrades.tape")).Select(t => t.Id);

    private List<string> Files() => [.. Directory.GetFiles(Folder).Order(StringComparer.Ordinal).Select(f => $"{f} {Convert.ToHexString(File.ReadAllBytes(f))} {File.GetLastWriteTimeUtc(f):O}")];
}
