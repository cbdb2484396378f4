using Granary.Engine.Selection;

namespace Granary.Engine.Tests.Selection;

public sealed class FactorRankingTests
{
    private static readonly FactorSpec Momentum = new("MtmAtrMean", Ascending: true, Window: 120);
    private static readonly FactorSpec Reversal = new("MtmAtrMean", Ascending: false, Window: 24);

    [Fact]
    public void Several_factors_order_by_the_weighted_mean_of_their_places()
    {
        // Places by the first: A1 B2 C3; by the second, descending: C1 A2 B3. With weights 1 and 3: A (1+6)/4, B (2+9)/4, C (3+3)/4.
        var selection = Select([Momentum, Reversal with { Weight = 3 }], ("A", 1, 5), ("B", 2, 4), ("C", 3, 6));
        selection.Pool.Select(symbol => (symbol.Symbol, symbol.Factor)).ShouldBe([("C", 1.5), ("A", 1.75), ("B", 2.75)]);
    }

    [Fact]
    public void Only_the_proportion_of_weights_counts()
    {
        (string, double, double)[] rows = [("A", 1, 9), ("B", 2, 4), ("C", 3, 6), ("D", 0, 5)];
        var once = Select([Momentum, Reversal with { Weight = 2 }], rows);
        var thrice = Select([Momentum with { Weight = 3 }, Reversal with { Weight = 6 }], rows);
        thrice.Pool.Select(symbol => (symbol.Symbol, symbol.Factor)).ShouldBe(once.Pool.Select(symbol => (symbol.Symbol, symbol.Factor)));
    }

    [Fact]
    public void Ties_of_places_and_means_are_broken_by_symbol()
    {
        var selection = Select([Momentum, Reversal], ("B", 1, 1), ("A", 1, 1), ("C", 2, 0));
        selection.Pool.Select(symbol => symbol.Symbol).ShouldBe(["A", "B", "C"]);
        var opposed = Select([Momentum, Reversal], ("Y", 1, 1), ("X", 2, 2));
        opposed.Pool.Select(symbol => (symbol.Symbol, symbol.Factor)).ShouldBe([("X", 1.5), ("Y", 1.5)]);
    }

    [Fact]
    public void A_symbol_without_one_of_the_factors_is_dropped_by_its_name()
    {
        var options = Options([Momentum, Reversal]);
        var selection = new Selector(options).Select(0, [new SelectionRow("A", [1, double.NaN], [], 1, 1, 0), new SelectionRow("B", [1, 2], [], 1, 1, 0)]);
        selection.Dropped.ShouldHaveSingleItem().Detail.ShouldBe("MtmAtrMean_bh_24 has no value");
    }

    [Fact]
    public void Factors_are_one_to_sixteen_and_different()
    {
        Should.Throw<ArgumentException>(() => new Selector(Options([]))).Message.ShouldContain("0 entries, expected 1 to 16");
        Should.Throw<ArgumentException>(() => new Selector(Options([Momentum, Momentum]))).Message.ShouldContain("twice");
        Should.Throw<ArgumentException>(() => new Selector(Options([Momentum])).Select(0, [new SelectionRow("A", [1, 2], [], 1, 1, 0)]))
            .Message.ShouldContain("A has 2 factors, expected 1");
    }

    [Fact]
    public void A_symbol_that_nobody_trades_is_left_out_where_a_rule_says_so()
    {
        var factors = new SymbolFactors("XUSDT", [Momentum with { Window = 2 }], []);
        for (var i = 0; i < 5; i++) factors.Add(Candles.Flat(i, 10) with { Volume = i < 2 ? 1 : 0 });
        factors.ToRow().FlatCount.ShouldBe(3);
        Drops(4).ShouldBeEmpty();
        Drops(null).ShouldBeEmpty();
        Drops(3).ShouldHaveSingleItem().ShouldBe(new DroppedSymbol("XUSDT", DropReason.Flat, "not traded for 3 candles, fewer than 3 wanted"));
        factors.Add(Candles.Flat(5, 10));
        factors.ToRow().FlatCount.ShouldBe(0);

        IReadOnlyList<DroppedSymbol> Drops(int? max) =>
            new Selector(Options([Momentum with { Window = 2 }]) with { FlatCountMax = max }).Select(factors.LastCandleMs, [factors.ToRow()]).Dropped;
    }

    private static SelectionOptions Options(IReadOnlyList<FactorSpec> factors) =>
        new() { Factors = factors, Filters = [], CandleCountMin = 0, LongCount = 1, ShortCount = 1 };

    private static CoinSelection Select(IReadOnlyList<FactorSpec> factors, params (string Symbol, double First, double Second)[] rows) =>
        new Selector(Options(factors)).Select(0, rows.Select(row => new SelectionRow(row.Symbol, [row.First, row.Second], [], 1, 1, 0)));
}
