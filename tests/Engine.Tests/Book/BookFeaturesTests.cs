using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using static Granary.Engine.Tests.Book.BookScene;

namespace Granary.Engine.Tests.Book;

public sealed class BookFeaturesTests
{
    private const long One = Fixed8.One;

    [Fact]
    public void A_quote_without_sizes_is_its_mid()
    {
        var quote = new Quote(100 * One, 0, 103 * One, 0);
        (quote.Mid, quote.Microprice, quote.Imbalance, quote.Spread).ShouldBe((101.5, 101.5, 0.0, 3m));
        new Quote(100 * One, 3 * One, 104 * One, One).Microprice.ShouldBe(103.0);
        new Quote(100 * One, 3 * One, 104 * One, One).Imbalance.ShouldBe(0.5);
        var huge = new Quote(Fixed8.Max - 1, Fixed8.Max, Fixed8.Max, Fixed8.Max);
        (huge.Mid, huge.Imbalance).ShouldBe((46_116_860_184.273879, 0.0));
        new Quote(0, 0, 104, 1).Mid.ShouldBeNull();
    }

    [Theory]
    // At an unchanged price the difference of the sizes; a better price counts whole, a worse one takes the old size away.
    [InlineData(100, 7, 102, 5, 2, "price unchanged"), InlineData(101, 3, 102, 5, 3, "bid up"), InlineData(99, 9, 102, 5, -5, "bid down")]
    [InlineData(100, 5, 102, 1, 4, "ask taken"), InlineData(100, 5, 101, 4, -4, "ask down"), InlineData(100, 5, 103, 8, 5, "ask up")]
    [InlineData(0, 0, 102, 5, -5, "no bid left"), InlineData(100, 5, 0, 0, 5, "no ask left")]
    public void One_update_of_order_flow(long bid, long bidSize, long ask, long askSize, long expected, string what)
    {
        var flow = new BookOrderFlow(1);
        flow.Update(new Quote(100, 5 * One, 102, 5 * One));
        (flow.Event, flow.Window, flow.Cumulative).ShouldBe((null, null, 0m), what);
        flow.Update(new Quote(bid, bidSize * One, ask, askSize * One));
        (flow.Event, flow.Window, flow.Cumulative).ShouldBe((expected, expected, expected), what);
    }

    [Fact]
    public void After_a_resync_order_flow_starts_over()
    {
        var book = Live();
        var features = new BookFeatures(new BookFeatureOptions { OfiWindow = 2, MomentumLag = 1, ChangeWindow = 1 });
        features.Update(book);
        for (var id = 101; id <= 104; id++)
        {
            book.Change(id, id, id - 1, Levels((99, id)), []);
            features.Update(book);
        }
        (features.OrderFlow.Window, features.OrderFlow.Cumulative, features.Momentum.Momentum.HasValue).ShouldBe((0.00000002m, 0.00000094m, true));
        features.DepthChangePerSecond.ShouldBe(1e-8 / 0.001);
        book.Change(110, 110, 109).ShouldBe(BookOutcome.Resync);
        features.Update(book);
        (features.Quote, features.OrderFlow.Event, features.OrderFlow.Cumulative, features.DepthChangePerSecond).ShouldBe((default, null, 0m, null));
        book.Apply(Snapshot(110));
        features.Update(book);
        (features.Quote.BidPriceE8, features.OrderFlow.Event, features.OrderFlow.Window, features.Momentum.Momentum).ShouldBe((99, null, null, null));
    }

    [Fact]
    public void Momentum_and_acceleration_over_two_updates()
    {
        var momentum = new MicropriceMomentum(2);
        double[] mids = [100, 101, 103, 102, 106, 110];
        var results = new List<(double?, double?)>();
        foreach (var mid in mids)
        {
            momentum.Update(new Quote((long)(mid - 1) * One, One, (long)(mid + 1) * One, One));
            results.Add((momentum.Momentum, momentum.Acceleration));
        }
        results.ShouldBe(
        [
            (null, null), (null, null), (3.0 / 103, null), (1.0 / 102, null), (3.0 / 106, (3.0 / 106) - (3.0 / 103)), (8.0 / 110, (8.0 / 110) - (1.0 / 102)),
        ]);
        momentum.Update(new Quote(0, 0, 5, 5));
        (momentum.Momentum, momentum.Acceleration).ShouldBe((null, null));
        momentum.Restart();
        momentum.Momentum.ShouldBeNull();
    }

    [Fact]
    public void Depth_of_a_side_shorter_than_asked_for_is_that_of_what_there_is()
    {
        var bids = Levels((99 * One, 2 * One), (97 * One, One));
        var asks = Levels((101 * One, One));
        var depth = DepthProfile.Of(bids, asks, 5);
        // Mid 100: distances 1 and 3, cumulative 2 and 3: (1·2 + 3·3) / (1 + 9).
        depth.ShouldBe(new DepthProfile(5, 3m, 1m, 0.5, 1.1, 1.0));
        DepthProfile.Of(bids, asks, 1).ShouldBe(new DepthProfile(1, 2m, 1m, 1.0 / 3, 2.0, 1.0));
        DepthProfile.Of(bids, [], 5).ShouldBe(new DepthProfile(5, 3m, 0m, 1.0, null, null));
        DepthProfile.Of([], [], 1).ShouldBe(new DepthProfile(1, 0m, 0m, 0.0, null, null));
        Should.Throw<ArgumentOutOfRangeException>(() => DepthProfile.Of(bids, asks, 0));
        DepthProfile.Of(Levels((1, Fixed8.Max), (2, Fixed8.Max), (3, Fixed8.Max)), [], 3).BidVolume.ShouldBe(3 * 46_116_860_184.27387903m);
    }

    [Fact]
    public void Depth_has_no_value_where_levels_may_be_missing()
    {
        var book = new OrderBook();
        var features = new BookFeatures();
        features.Depth(book, 1).ShouldBeNull();
        book.Apply(Snapshot(100, limit: 2));
        features.Depth(book, 2).ShouldNotBeNull().BidVolume.ShouldBe(0.0000002m);
        features.Depth(book, 3).ShouldBeNull();
    }

    [Fact]
    public void The_change_rate_is_per_second_of_its_window()
    {
        var rate = new DepthChangeRate(2);
        rate.Update(100 * One, 1000);
        rate.Update(3 * One, 1000);
        rate.PerSecond.ShouldBeNull();
        rate.Update(5 * One, 1000);
        rate.PerSecond.ShouldBeNull();
        rate.Update(7 * One, 1500);
        rate.PerSecond.ShouldBe(24.0);
        rate.Update(9 * One, 5000);
        rate.PerSecond.ShouldBe(4.0);
    }

    [Fact]
    public void Large_orders_stand_out_from_the_median_of_their_side()
    {
        var levels = Levels((99, 10), (98, 50), (97, 8), (96, 49), (95, 12), (94, 10));
        Span<BookLevel> large = new BookLevel[6];
        // The median is 11: (10 + 12) / 2.
        LargeOrders.Find(levels, 4.5m, large).ShouldBe(1);
        large[0].ShouldBe(levels[1]);
        LargeOrders.Find(levels, 4m, large).ShouldBe(2);
        LargeOrders.Find(levels, 4m, large[..1]).ShouldBe(1);
        LargeOrders.Find([], 4m, large).ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => LargeOrders.Find(new BookLevel[1], 0m, new BookLevel[1]));
        var features = new BookFeatures(new BookFeatureOptions { LargeLevels = 2, LargeMultiple = 1.5m });
        var book = Live();
        book.Change(101, 101, 100, Levels((99, 40), (90, 1000)), []);
        features.FindLarge(book.Bids, large).ShouldBe(1);
        large[0].ShouldBe(new BookLevel(99, 40));
    }

    [Fact]
    public void Restored_features_go_on_bit_for_bit()
    {
        var random = new Random(3);
        var options = new BookFeatureOptions { OfiWindow = 3, MomentumLag = 2, ChangeWindow = 4 };
        var (features, twin) = (new BookFeatures(options), new BookFeatures(options));
        var book = Live();
        for (var id = 101; id < 400; id++)
        {
            if (id == 250) book.Resync();
            if (book.NeedsSnapshot) book.Apply(Snapshot(id - 1));
            book.Change(id, id, id - 1, Levels((random.Next(95, 101), random.Next(0, 9))), Levels((random.Next(101, 105), random.Next(0, 9))));
            features.Update(book);
            var reader = new SnapshotReader(Bytes(twin));
            twin = new BookFeatures(options);
            twin.Restore(ref reader);
            twin.Update(book);
            Bytes(twin).ShouldBe(Bytes(features));
        }
        var bytes = Bytes(features);
        for (var length = 0; length < bytes.Length; length++)
        {
            Should.Throw<InvalidDataException>(() =>
            {
                var reader = new SnapshotReader(bytes.AsSpan(0, length));
                new BookFeatures(options).Restore(ref reader);
            });
        }
    }

    [Fact]
    public void Updates_allocate_nothing()
    {
        var features = new BookFeatures();
        var random = new Random(4);
        var tickers = Enumerable.Range(0, 1000)
            .Select(i => new BookTicker(i, i, random.Next(100, 110), random.Next(9), random.Next(110, 120), random.Next(9))).ToArray();
        Run();
        Run().ShouldBe(0);
        features.OrderFlow.Window.ShouldNotBeNull();

        long Run()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (ref readonly var ticker in tickers.AsSpan()) features.Update(ticker);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Options_are_checked()
    {
        Should.Throw<ArgumentException>(() => new BookFeatures(new BookFeatureOptions { OfiWindow = 0 })).Message.ShouldContain("OfiWindow is 0");
        Should.Throw<ArgumentException>(() => new BookFeatures(new BookFeatureOptions { LargeMultiple = 0 })).Message.ShouldContain("LargeMultiple is 0");
        Should.Throw<ArgumentException>(() => new BookFeatures(new BookFeatureOptions { LargeLevels = 1001 })).Message.ShouldContain("LargeLevels is 1001");
    }

    private static byte[] Bytes(BookFeatures features)
    {
        var writer = new SnapshotWriter();
        features.Write(writer);
        return writer.ToArray();
    }
}
