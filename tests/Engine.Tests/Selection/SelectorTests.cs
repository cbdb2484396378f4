using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Selection;

namespace Granary.Engine.Tests.Selection;

public sealed class SelectorTests
{
    private const long Run = 7_200_000;

    private static readonly SelectionOptions Options = new() { CandleCountMin = 10, LongCount = 1, ShortCount = 2 };

    [Fact]
    public void The_smallest_factors_are_sold_and_the_largest_bought()
    {
        var selection = new Selector(Options).Select(Run, [Row("D", 4), Row("A", 1), Row("C", 3), Row("B", 2)]);

        selection.IsSelected.ShouldBeTrue();
        Names(selection.Pool).ShouldBe("A B C D");
        Names(selection.Shorts).ShouldBe("A B");
        Names(selection.Longs).ShouldBe("D");
        selection.Dropped.ShouldBeEmpty();
    }

    [Fact]
    public void Descending_swaps_the_sides_and_keeps_ties_in_the_order_of_symbols()
    {
        var options = Options with { Factors = [Options.Factors[0] with { Ascending = false }] };
        var selection = new Selector(options).Select(Run, [Row("B", 4), Row("A", 4), Row("C", 3), Row("D", -0.0), Row("E", 0.0)]);
        Names(selection.Pool).ShouldBe("A B C D E");
        Names(selection.Shorts).ShouldBe("A B");
        Names(selection.Longs).ShouldBe("E");
    }

    [Fact]
    public void Every_dropped_symbol_is_named_with_the_first_test_it_failed()
    {
        var options = Options with { LongCount = 1, ShortCount = 1, Filters = [new("ChgPctMax", 24), new("Volume", 24, 3)] };
        var selection = new Selector(options).Select(Run,
        [
            Row("OK1", 1), Row("OK2", 2), Row("EDGE", 3, change: 0.2m),
            Row("NEW", 1) with { CandleCount = 9 },
            Row("LATE", 1) with { LastCandleMs = Run - 3_600_000 }, Row("AHEAD", 1) with { LastCandleMs = Run + 3_600_000 },
            Row("NULL", null), Row("NAN", double.NaN), Row("INF", double.NegativeInfinity), Row("NOCHG", 1, change: null), Row("NOVOL", 1, volume: null),
            Row("PUMP", 1, change: 0.2000000001m), Row("THIN", 9, volume: 0),
        ]);

        Names(selection.Pool).ShouldBe("OK1 OK2 EDGE");
        selection.Dropped.Select(drop => (drop.Symbol, drop.Reason)).ShouldBe(
        [
            ("AHEAD", DropReason.NotReady), ("INF", DropReason.NoFactor), ("LATE", DropReason.NotReady), ("NAN", DropReason.NoFactor),
            ("NEW", DropReason.TooFewCandles), ("NOCHG", DropReason.NoFilter), ("NOVOL", DropReason.NoFilter), ("NULL", DropReason.NoFactor),
            ("PUMP", DropReason.AboveLimit), ("THIN", DropReason.BelowRank),
        ]);
        selection.Dropped.Single(drop => drop.Symbol == "PUMP").Detail.ShouldBe("ChgPctMax_fl_24 is 0.2000000001, at most 0.2 wanted");
        selection.Dropped.Single(drop => drop.Symbol == "THIN").Detail.ShouldBe("rank 4 by Volume_fl_24, at most 3 wanted");
        selection.Dropped.Single(drop => drop.Symbol == "NOVOL").Detail.ShouldBe("Volume_fl_24 has no value");
    }

    [Fact]
    public void Volumes_are_ranked_exactly_and_ties_by_symbol()
    {
        // As doubles the first three are equal.
        var options = Options with { LongCount = 1, ShortCount = 0 };
        var selection = new Selector(options).Select(Run,
        [
            Row("A", 1, volume: 9_007_199_254_740_992m), Row("B", 2, volume: 9_007_199_254_740_992.1m), Row("C", 3, volume: 9_007_199_254_740_992.2m),
            Row("E", 5, volume: 1), Row("D", 4, volume: 1),
        ]);
        selection.Pool.Select(symbol => (symbol.Symbol, symbol.Rank)).ShouldBe([("A", 3), ("B", 2), ("C", 1), ("D", 4), ("E", 5)]);
    }

    [Fact]
    public void A_symbol_that_has_jumped_takes_no_rank_even_when_ranking_is_configured_first()
    {
        var options = Options with { ShortCount = 1, Filters = [new("Volume", 24, 2), new("ChgPctMax", 24)] };
        SelectionRow Swapped(string symbol, decimal volume, decimal change) => Row(symbol, 1) with { Filters = [volume, change] };
        var selection = new Selector(options).Select(Run, [Swapped("PUMP", 100, 0.9m), Swapped("A", 10, 0), Swapped("B", 5, 0)]);
        selection.Pool.Select(symbol => (symbol.Symbol, symbol.Rank)).ShouldBe([("A", 1), ("B", 2)]);
    }

    [Fact]
    public void A_pool_too_small_for_both_sides_selects_nothing_and_says_so()
    {
        var selection = new Selector(Options).Select(Run, [Row("A", 1), Row("B", 2)]);
        selection.IsSelected.ShouldBeFalse();
        selection.Shorts.ShouldBeEmpty();
        selection.Longs.ShouldBeEmpty();
        Names(selection.Pool).ShouldBe("A B");
        selection.Refusal.ShouldBe("the pool has 2 symbols, 2 short and 1 long need 3");
        new Selector(Options).Select(Run, []).IsSelected.ShouldBeFalse();
        new Selector(Options).Select(Run, [Row("A", 1), Row("B", 2), Row("C", 2)]).IsSelected.ShouldBeTrue();
    }

    [Fact]
    public void Without_ranking_filters_everyone_is_kept_unranked()
    {
        var selection = new Selector(Options with { Filters = [] }).Select(Run, [.. "CBA".Select(name => Row(name.ToString(), 1) with { Filters = [] })]);
        selection.Pool.Select(symbol => (symbol.Symbol, symbol.Rank)).ShouldBe([("A", 0), ("B", 0), ("C", 0)]);
    }

    [Fact]
    public void The_order_of_the_rows_does_not_matter_and_every_symbol_is_accounted_for_once()
    {
        var rowsOf = Gen.Choose(0, 1_000_000).ToArbitrary();
        Prop.ForAll(rowsOf, seed =>
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(0, random.Next(30)).Select(i => Row($"S{i}", random.Next(5), random.Next(3) / 5m, random.Next(4))).ToArray();
            var options = Options with
            {
                LongCount = random.Next(4),
                ShortCount = 1 + random.Next(4),
                Filters = [new("ChgPctMax", 24), new("Volume", 24, 1 + random.Next(20))],
            };
            var selection = new Selector(options).Select(Run, rows);
            random.Shuffle(rows);
            var again = new Selector(options).Select(Run, rows);

            Names(again.Pool).ShouldBe(Names(selection.Pool));
            Names(again.Longs).ShouldBe(Names(selection.Longs));
            again.Dropped.ShouldBe(selection.Dropped);
            selection.Pool.Select(symbol => symbol.Symbol).Concat(selection.Dropped.Select(drop => drop.Symbol))
                .ShouldBe(rows.Select(row => row.Symbol), ignoreOrder: true);
            selection.Longs.Intersect(selection.Shorts).ShouldBeEmpty();
            selection.Longs.Count.ShouldBe(selection.IsSelected ? options.LongCount : 0);
            selection.Shorts.Count.ShouldBe(selection.IsSelected ? options.ShortCount : 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void Rows_that_contradict_themselves_are_refused_by_name()
    {
        Should.Throw<ArgumentException>(() => new Selector(Options).Select(Run, [Row("A", 1), Row("A", 2)])).Message.ShouldContain("A occurs twice");
        var tooFew = Row("A", 1) with { Filters = [1] };
        Should.Throw<ArgumentException>(() => new Selector(Options).Select(Run, [tooFew])).Message.ShouldContain("A has 1 filter values");
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Message(Options with { LongCount = -1 }).ShouldContain("LongCount was -1");
        Message(Options with { LongCount = 0, ShortCount = 0 }).ShouldContain("both 0");
        Message(Options with { ShortCount = 1_001 }).ShouldContain("ShortCount was 1001");
        Message(Options with { CandleCountMin = -1 }).ShouldContain("CandleCountMin was -1");
        Message(Options with { Capital = 0 }).ShouldContain("Capital was 0");
        Message(Options with { Factors = [new("None", true, 1)] }).ShouldContain("None");
        Message(Options with { Filters = [new("Volume", 24, 0)] }).ShouldContain("limit");

        static string Message(SelectionOptions options) => Should.Throw<ArgumentException>(() => new Selector(options)).Message;
    }

    private static SelectionRow Row(string symbol, double? factor, decimal? change = 0, decimal? volume = 10) =>
        new(symbol, [factor], [change, volume], 100, 1_000, Run);

    private static string Names(IEnumerable<PooledSymbol> symbols) => string.Join(' ', symbols.Select(symbol => symbol.Symbol));
}
