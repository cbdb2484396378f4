using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.State;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.State;

public sealed class StateRecoveryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_log_cut_at_any_byte_opens_as_a_prefix(ulong seed)
    {
        using var folder = new TempFolder();
        var tape = RandomTrader.Tape(seed, 900);
        var states = new List<(long LogBytes, string Digest)>();
        using (var exchange = Open(folder, tape))
        {
            var trader = new RandomTrader(seed, "a", "b");
            states.Add((Log(folder).Length, exchange.StateDigest()));
            for (var i = 0; i < 1500; i++)
            {
                trader.Act(exchange);
                if (Log(folder).Length != states[^1].LogBytes) states.Add((Log(folder).Length, exchange.StateDigest()));
            }
            exchange.ShouldAddUp("a", "b");
        }
        states.Count.ShouldBeGreaterThan(300);
        var random = new SeededRandom(seed + 100);
        for (var i = 0; i < 25; i++)
        {
            using var copy = folder.Copy();
            var cut = random.Between(0, states[^1].LogBytes);
            using (var log = Log(copy).OpenWrite()) log.SetLength(cut);
            using var exchange = Open(copy, tape);
            exchange.StateDigest().ShouldBe(states.Last(s => s.LogBytes <= Math.Max(cut, states[0].LogBytes)).Digest, $"cut at {cut}");
            exchange.ShouldAddUp("a", "b");
            var trader = new RandomTrader(seed + (ulong)i, "a", "b");
            for (var n = 0; n < 200; n++) trader.Act(exchange);
            while (exchange.Driver.NextTimeMs() is not null) exchange.Driver.Step();
            exchange.ShouldAddUp("a", "b");
            exchange.Progress.ShouldBe(new MarketProgress("replay", tape.Length, true, null));
        }
    }

    [Fact]
    public void Flipped_bytes_never_give_a_state_that_was_not_there()
    {
        using var folder = new TempFolder();
        var tape = RandomTrader.Tape(9, 300);
        var digests = new HashSet<string>();
        using (var exchange = Open(folder, tape))
        {
            var trader = new RandomTrader(9, "a", "b");
            digests.Add(exchange.StateDigest());
            for (var i = 0; i < 300; i++)
            {
                trader.Act(exchange);
                digests.Add(exchange.StateDigest());
            }
        }
        var random = new SeededRandom(9);
        for (var i = 0; i < 40; i++)
        {
            using var copy = folder.Copy();
            var bytes = File.ReadAllBytes(Log(copy).FullName);
            bytes[random.Between(8, bytes.Length - 1)] ^= (byte)random.Between(1, 255);
            File.WriteAllBytes(Log(copy).FullName, bytes);
            using var exchange = Open(copy, tape);
            digests.ShouldContain(exchange.StateDigest());
        }
    }

    [Fact]
    public void Snapshots_change_nothing()
    {
        using var folder = new TempFolder();
        var tape = RandomTrader.Tape(4, 400);
        var options = Exchanges.TwoAccounts with { LogBytesMax = 4096 };
        using var exchange = Open(folder, tape, options);
        var trader = new RandomTrader(4, "a", "b");
        var log = Log(folder).Name + Log(folder).Length;
        var expected = exchange.StateDigest();
        var generations = new HashSet<string>();
        for (var i = 0; i < 600; i++)
        {
            trader.Act(exchange);
            var now = Log(folder).Name + Log(folder).Length;
            generations.Add(Log(folder).Name);
            // Trades that no account took part in are not in the log one by one.
            if (now != log) expected = exchange.StateDigest();
            log = now;
            if (i % 12 != 0) continue;
            using var copy = folder.Copy();
            using var reopened = Open(copy, tape, options);
            reopened.StateDigest().ShouldBe(expected);
        }
        generations.Count.ShouldBeGreaterThan(5);
        Directory.GetFiles(folder.Path, "state-*").Length.ShouldBe(2);
    }

    [Fact]
    public void A_folder_belongs_to_one_exchange()
    {
        using var folder = new TempFolder();
        var tape = RandomTrader.Tape(1, 10);
        using (Open(folder, tape)) Should.Throw<StateException>(() => Open(folder, tape)).Message.ShouldContain("in use by another exchange");
        Open(folder, tape).Dispose();
    }

    [Fact]
    public void An_account_that_is_no_longer_configured_is_named()
    {
        using var folder = new TempFolder();
        var tape = RandomTrader.Tape(1, 10);
        using (var exchange = Open(folder, tape)) exchange.Place("b", Exchanges.Limit(OrderSide.Buy, 95m, 1m));
        var options = Exchanges.TwoAccounts with { Accounts = [Exchanges.TwoAccounts.Accounts[0]] };
        Should.Throw<StateException>(() => Open(folder, tape, options)).Message.ShouldContain("account 'b', which is not configured");
    }

    [Fact]
    public void Open_orders_rest_again_and_their_client_ids_stay_taken()
    {
        using var folder = new TempFolder();
        var tape = RandomTrader.Tape(1, 10);
        ExchangeOrder order;
        using (var exchange = Open(folder, tape)) order = exchange.Place("a", Exchanges.Limit(OrderSide.Buy, 95m, 1m, id: "x"));
        using var again = Open(folder, tape);
        again.GetOrder("a", Exchanges.Symbol, order.OrderId, null).ShouldBe(order);
        Exchanges.RefusalOf(() => again.Place("a", Exchanges.Limit(OrderSide.Buy, 95m, 1m, id: "x"))).ShouldBe(-4116);
        again.Place("a", Exchanges.Limit(OrderSide.Buy, 95m, 1m)).OrderId.ShouldBe(order.OrderId + 1);
    }

    [Fact]
    public void A_synthetic_market_goes_on_where_it_was()
    {
        using var folder = new TempFolder();
        var options = new ExchangeOptions { StartTimeMs = 1_700_000_000_000, Seed = 3, DataPath = folder.Path, HistorySegmentTrades = 100, HistorySegmentsMax = 3 };
        var last = new Dictionary<string, Engine.Market.AggTrade>();
        ExchangeWallet wallet;
        using (var exchange = Exchanges.Synthetic(new RecordedEvents(keepsAll: false), options))
        {
            var trader = new RandomTrader(3, "main");
            for (var i = 0; i < 8000; i++) trader.Act(exchange);
            foreach (var rules in exchange.Symbols) last[rules.Symbol] = exchange.GetAggTrades(rules.Symbol, -1, 1).Single();
            exchange.ShouldAddUp("main");
            wallet = exchange.GetWallet("main");
            wallet.Fees.ShouldBeGreaterThan(0);
        }
        var random = new SeededRandom(3);
        for (var i = 0; i < 6; i++)
        {
            // Where the log ends earlier than the history, the history follows it.
            using var copy = folder.Copy();
            if (i > 0)
            {
                using var log = Log(copy).OpenWrite();
                log.SetLength(random.Between(0, log.Length));
            }
            var events = new RecordedEvents(keepsAll: false);
            using var exchange = Exchanges.Synthetic(events, options with { DataPath = copy.Path });
            if (i == 0) Booked(exchange.GetWallet("main")).ShouldBe(Booked(wallet));
            exchange.ShouldAddUp("main");
            var opened = last.Keys.ToDictionary(s => s, s => exchange.GetAggTrades(s, -1, 1).SingleOrDefault());
            foreach (var (symbol, before) in opened)
            {
                if (i == 0) before.ShouldBe(last[symbol]);
                else before.Id.ShouldBeLessThanOrEqualTo(last[symbol].Id);
            }
            var trader = new RandomTrader(30, "main");
            for (var n = 0; n < 1500; n++) trader.Act(exchange);
            exchange.ShouldAddUp("main");
            foreach (var (symbol, before) in opened)
            {
                if (before.Id == 0) continue;
                var next = events.Trades.First(t => t.Symbol == symbol).Trade;
                (next.Id, next.FirstTradeId).ShouldBe((before.Id + 1, before.LastTradeId + 1));
                next.TimeMs.ShouldBeGreaterThan(before.TimeMs);
                (next.Price / before.Price).ShouldBeInRange(0.995m, 1.005m);
                var ids = exchange.GetAggTrades(symbol, 0, 1000).Select(t => t.Id).ToArray();
                ids.ShouldBe(Enumerable.Range(0, ids.Length).Select(n => ids[0] + n));
                ids.Length.ShouldBeInRange((int)Math.Min(ids[^1], 201), 300);
            }
        }
    }

    private static ExchangeCore Open(TempFolder folder, Engine.Market.AggTrade[] tape, ExchangeOptions? options = null) =>
        Exchanges.Replay(new RecordedEvents(keepsAll: false), tape, (options ?? Exchanges.TwoAccounts) with { DataPath = folder.Path });

    /// <summary>The wallet without what moves with the mark.</summary>
    private static ExchangeWallet Booked(ExchangeWallet wallet) => wallet with
    {
        UnrealizedPnl = 0,
        Available = 0,
        CrossUnrealizedPnl = 0,
        PositionMargin = 0,
        OpenOrderMargin = 0,
        MaintenanceMargin = 0,
        WithdrawMax = 0,
    };

    private static FileInfo Log(TempFolder folder) => new(Directory.GetFiles(folder.Path, "state-*.log").Single());
}
