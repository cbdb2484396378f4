using Granary.Engine.Selection;
using Granary.Grains.Selection;
using Granary.Journal.Candles;

namespace Granary.Grains.Tests.Selection;

public sealed class SelectionSessionTests : IDisposable
{
    private static readonly SelectionSettings Settings = new()
    {
        Selection = new SelectionOptions
        {
            Factors = [new FactorSpec("MtmAtrMean", Ascending: true, Window: 6)],
            Filters = [new FilterSpec("ChgPctMax", 4, 0.5m), new FilterSpec("Volume", 4)],
            LongCount = 1,
            ShortCount = 1,
            CandleCountMin = 20,
            FlatCountMax = 24,
        },
        HistoryCount = 60,
        RequestsMax = 2,
    };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly CandleMarket _market = new();
    private readonly LeapTime _time = new(Close(100) + 1_000);
    private readonly List<SqliteCandleStore> _stores = [];

    public SelectionSessionTests()
    {
        foreach (var symbol in (string[])["AAUSDT", "BBUSDT", "CCUSDT", "DDUSDT"]) _market.List(symbol);
    }

    [Fact]
    public async Task The_selection_is_what_the_kernels_say_of_the_loaded_candles()
    {
        var session = Open();
        await session.PrepareAsync(null, CancellationToken.None);
        var record = await session.RunAsync(Close(100), CancellationToken.None);

        var rows = ((string[])["AAUSDT", "BBUSDT", "CCUSDT", "DDUSDT"]).Select(symbol =>
        {
            var factors = new SymbolFactors(symbol, Settings.Selection.Factors, Settings.Selection.Filters);
            foreach (var candle in _market.CandlesOf(symbol)[40..100]) factors.Add(candle);
            return factors.ToRow();
        });
        var expected = new Selector(Settings.Selection).Select(Close(99), rows);
        record.Selection.Pool.Select(symbol => (symbol.Symbol, symbol.Factor, symbol.Rank))
            .ShouldBe(expected.Pool.Select(symbol => (symbol.Symbol, symbol.Factor, symbol.Rank)));
        record.Targets.ShouldBe(PositionSizer.Assign(expected, Settings.Selection, _ => 0.001m));
        (record.Failed.Count, record.Gone.Count, record.Rows.Count).ShouldBe((0, 0, 4));
    }

    [Fact]
    public async Task Each_hour_asks_for_the_new_candle_alone_and_goes_on_from_the_last_state()
    {
        var session = Open();
        await session.RunAsync(Close(100), CancellationToken.None);
        _market.Requests.Clear();
        var record = await session.RunAsync(Close(101), CancellationToken.None);
        _market.Requests.Order().ShouldBe([("AAUSDT", 100, 1), ("BBUSDT", 100, 1), ("CCUSDT", 100, 1), ("DDUSDT", 100, 1)]);
        record.Rows.ShouldAllBe(row => row.CandleCount == 61);
        record.Selection.IsSelected.ShouldBeTrue();
    }

    [Fact]
    public async Task A_broken_load_goes_on_where_it_ended()
    {
        await Open().PrepareAsync(null, CancellationToken.None);
        _market.Requests.Clear();
        var record = await Open().RunAsync(Close(100), CancellationToken.None);
        _market.Requests.ShouldBeEmpty();
        record.Rows.ShouldAllBe(row => row.CandleCount == 60);
    }

    [Fact]
    public async Task A_silent_symbol_is_left_out_at_the_deadline_and_named_and_comes_back_with_its_gap_filled()
    {
        _market.SilentFrom["BBUSDT"] = 100;
        var session = Open();
        await session.RunAsync(Close(100), CancellationToken.None);
        var before = _time.NowMs;
        var record = await session.RunAsync(Close(101), CancellationToken.None);
        (_time.NowMs - before).ShouldBeInRange(29_000, 31_000);
        record.Selection.Dropped.ShouldHaveSingleItem().ShouldBe(
            new DroppedSymbol("BBUSDT", DropReason.NotReady, $"last candle is of {Close(99)}, expected {Close(100)}"));
        record.Selection.Pool.Count.ShouldBe(3);

        _market.SilentFrom.Clear();
        var after = await session.RunAsync(Close(103), CancellationToken.None);
        after.Selection.Pool.Count.ShouldBe(4);
        after.Rows.ShouldAllBe(row => row.CandleCount == 63);
    }

    [Fact]
    public async Task New_listings_delistings_and_halts_are_followed()
    {
        var session = Open();
        await session.RunAsync(Close(100), CancellationToken.None);
        _market.List("EEUSDT", fromHour: 90);
        _market.Delist("AAUSDT");
        _market.Halt("BBUSDT");
        _market.List("BTCUSDC");
        var record = await session.RunAsync(Close(101), CancellationToken.None);
        record.Gone.ShouldBe(["AAUSDT", "BBUSDT"]);
        record.Rows.Select(row => row.Symbol).ShouldBe(["CCUSDT", "DDUSDT", "EEUSDT"]);
        record.Selection.Dropped.ShouldHaveSingleItem().ShouldBe(new DroppedSymbol("EEUSDT", DropReason.TooFewCandles, "11 candles, at least 20 wanted"));
        (await session.RunAsync(Close(110), CancellationToken.None)).Selection.Pool.Select(symbol => symbol.Symbol)
            .ShouldBe(["CCUSDT", "DDUSDT", "EEUSDT"], ignoreOrder: true);
    }

    [Fact]
    public async Task Errors_are_tried_again_and_named_when_they_last()
    {
        _market.Failures["AAUSDT"] = 3;
        _market.Failures["BBUSDT"] = int.MaxValue;
        var record = await Open().RunAsync(Close(100), CancellationToken.None);
        record.Failed.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("BBUSDT", "BBUSDT: no answer"));
        record.Selection.Dropped.ShouldHaveSingleItem().Symbol.ShouldBe("BBUSDT");
    }

    [Fact]
    public async Task Runs_are_recorded_and_read_back()
    {
        _market.List("AAUSDT", step: 100);
        var record = await Open().RunAsync(Close(100), CancellationToken.None);
        var stored = _stores[0].ReadRuns(1).ShouldHaveSingleItem();
        stored.CloseMs.ShouldBe(Close(100));
        SelectionSession.ToJson(SelectionSession.FromJson(stored.Body)).ShouldBe(stored.Body);
        SelectionSession.FromJson(stored.Body).Targets.ShouldBe(record.Targets);
        record.BelowMinimum.ShouldBe(record.Targets.Where(target => target.Value < 5).Select(target => target.Symbol));
        Should.Throw<InvalidDataException>(() => SelectionSession.FromJson("{"));
    }

    [Fact]
    public async Task A_moment_within_an_interval_and_settings_that_select_nobody_are_refused()
    {
        (await Should.ThrowAsync<ArgumentException>(() => Open().RunAsync(Close(100) + 1, CancellationToken.None)))
            .Message.ShouldContain("no end of an interval");
        Should.Throw<ArgumentException>(() => (Settings with { HistoryCount = 10 }).Validate()).Message.ShouldContain("nobody would ever be eligible");
        Should.Throw<ArgumentException>(() => (Settings with { RequestsMax = 0 }).Validate()).Message.ShouldContain("RequestsMax was 0");
    }

    public void Dispose()
    {
        foreach (var store in _stores) store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A session over the store as it is, as after a restart.</summary>
    private SelectionSession Open()
    {
        _stores.Add(SqliteCandleStore.Open(new CandleStoreOptions { Folder = _folder, CandlesMax = 100 }));
        return new SelectionSession(_market, _stores[^1], Settings, _time);
    }

    private static long Close(int hour) => CandleMarket.StartMs + (hour * CandleMarket.HourMs);
}
