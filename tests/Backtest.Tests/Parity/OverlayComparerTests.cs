using Granary.Backtest.Parity;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Backtest.Tests.Parity;

/// <summary>Logs that are equal but for what is planted, and what the comparer makes of it.</summary>
public sealed class OverlayComparerTests
{
    private const long T = 1_700_000_000_000;

    [Fact]
    public void The_same_orders_under_other_ids_are_the_same()
    {
        var overlay = OverlayComparer.Compare(Log("live"), Log("backtest"));
        (overlay.Matched, overlay.LiveOnly, overlay.BacktestOnly, overlay.BarsCompared, overlay.DecisionsCompared).ShouldBe((6, 0, 0, 100, 4));
        overlay.Differences.ShouldBeEmpty();
        (overlay.IsExplained, overlay.MeanSlippageVersusModel).ShouldBe((true, 0));
        overlay.LiveEquity[^1].ShouldBe(overlay.BacktestEquity[^1]);

        // 10 bought at 100 and sold at 101 and so on, less 0.04 % of each notional.
        overlay.LiveEquity[^1].Equity.ShouldBe(10_000m + 10 - (1_000 + 1_010) * 0.0004m - 10 - (1_010 + 1_020) * 0.0004m + 20 - (1_000 + 1_020) * 0.0004m);
    }

    [Fact]
    public void What_latency_spread_and_equity_do_is_told_from_what_nothing_explains()
    {
        Plant(Log("live"), "m/X/1/entry", o => o with { Fills = [o.Fills[0] with { TimeMs = T + 1_250, Price = 100.05m, Fee = 0.4002m }] })
            .ShouldBe(["Latency time 1700000001250 1700000001000", "Price price 100.05 100"]);
    }

    [Theory]
    [InlineData("m/X/1/entry", "side", "Unexplained side Sell Buy")]
    [InlineData("m/X/1/entry", "type", "Unexplained type Limit Market")]
    [InlineData("m/X/1/entry", "decided", "Unexplained decided 1700000000001 1700000000000")]
    [InlineData("m/X/1/entry", "quantity", "Unexplained quantity 12 10")]
    [InlineData("m/X/1/entry", "price", "Unexplained price 101 100")]
    [InlineData("m/X/1/entry", "late", "Unexplained time 1700000006001 1700000001000")]
    [InlineData("m/X/1/entry", "fee", "Unexplained fee rate 0.0005 0.0004")]
    [InlineData("m/X/1/entry", "unfilled", "Unexplained filled 0 10")]
    [InlineData("m/X/1/entry exit 1", "decided", "Latency decided 1700000010001 1700000010000")]
    public void A_planted_difference_is_named(string key, string plant, string expected) => Plant(Log("live"), key, o => plant switch
    {
        "side" => o with { Side = OrderSide.Sell },
        "type" => o with { Type = OrderType.Limit },
        "decided" => o with { DecidedMs = o.DecidedMs + 1 },
        "quantity" => o with { Quantity = 12, Fills = [o.Fills[0] with { Quantity = 12, Fee = 0.48m }] },
        "price" => o with { Fills = [o.Fills[0] with { Price = 101, Fee = 0.404m }] },
        "late" => o with { Fills = [o.Fills[0] with { TimeMs = o.Fills[0].TimeMs + 5_001 }] },
        "fee" => o with { Fills = [o.Fills[0] with { Fee = 0.5m }] },
        _ => o with { Fills = [] },
    }).ShouldContain(expected);

    [Fact]
    public void A_size_in_proportion_of_the_equities_is_explained_and_its_exit_with_it()
    {
        // The first round earns 1 % more of the equity live; the next is 1 % larger.
        var live = Change(Log("live"), "m/X/1/entry exit 1", o => o with { Fills = [o.Fills[0] with { Price = 111.1m, Fee = 0.4444m }] });
        foreach (var key in (string[])["m/X/2/entry", "m/X/2/entry exit 1"])
            live = Change(live, key, o => o with { Quantity = 10.1m, Fills = [o.Fills[0] with { Quantity = 10.1m, Fee = o.Fills[0].Fee * 1.01m }] });
        var overlay = OverlayComparer.Compare(live, Log("backtest"), new OverlayOptions { PriceShareMax = 0.2m });
        overlay.Differences.Select(d => (d.Kind, d.Subject, d.Field)).ShouldBe(
        [
            (DifferenceKind.Price, "m/X/1/entry exit 1", "price"), (DifferenceKind.Equity, "m/X/2/entry", "quantity"),
            (DifferenceKind.Equity, "m/X/2/entry exit 1", "quantity"),
        ]);
        OverlayComparer.Compare(Change(live, "m/X/2/entry", o => o with { Quantity = 10.4m }), Log("backtest"), new OverlayOptions { PriceShareMax = 0.2m })
            .Count(DifferenceKind.Unexplained).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_price_that_the_market_showed_meanwhile_is_explained()
    {
        var live = Change(Log("live"), "m/X/1/entry", o => o with { Fills = [o.Fills[0] with { Price = 103, Fee = 0.412m }] });
        OverlayComparer.Compare(live, Log("backtest")).IsExplained.ShouldBeFalse();
        var asked = new List<(string, long, long)>();
        var seen = new OverlayOptions
        {
            Market = (symbol, from, to) =>
            {
                asked.Add((symbol, from, to));
                return (100, 103);
            },
        };
        OverlayComparer.Compare(live, Log("backtest"), seen).IsExplained.ShouldBeTrue();
        asked.ShouldBe([("X", T, T + 1_000)]);
        OverlayComparer.Compare(live, Log("backtest"), seen with { Market = (_, _, _) => (100, 102.8m) }).IsExplained.ShouldBeFalse();
    }

    [Theory]
    [InlineData("PositionAlreadyOpen", T + 12_000, DifferenceKind.Latency)]
    [InlineData("PositionAlreadyOpen", T + 40_000, DifferenceKind.Unexplained)]
    [InlineData("ThinMarket", T + 12_000, DifferenceKind.Unexplained)]
    public void An_entry_of_one_side_alone_is_explained_by_a_position_that_was_changing(string refusal, long decidedMs, DifferenceKind kind)
    {
        // Asked for at the fourth intent, which the backtest refused: with the exit of the first round on its way, or with nothing going on.
        var live = Log("live");
        var orders = live.Orders.Append(Order("live", 9, "m/X/4/entry", ProposalKind.Entry, OrderSide.Buy, decidedMs, 100)).ToArray();
        live = live with { Orders = orders, Decisions = Decide(live, "m/X/4/entry", "", decidedMs) };
        var backtest = Log("backtest");
        var overlay = OverlayComparer.Compare(live, backtest with { Decisions = Decide(backtest, "m/X/4/entry", refusal, decidedMs) });
        (overlay.LiveOnly, overlay.Differences.Single().Kind, overlay.Differences.Single().Backtest).ShouldBe((1, kind, $"refused: {refusal}"));
    }

    [Fact]
    public void An_exit_without_its_partner_is_unexplained()
    {
        var live = Log("live");
        var overlay = OverlayComparer.Compare(live with { Orders = [.. live.Orders.Take(5)] }, Log("backtest"));
        (overlay.BacktestOnly, overlay.IsExplained).ShouldBe((1, false));
        overlay.Differences.Single().ToString().ShouldContain("m/X/3/entry exit 1");
    }

    [Fact]
    public void A_stop_that_fired_at_the_venue_is_the_exit_of_its_entry()
    {
        var live = Log("live");
        var exit = live.Orders[1];
        var stop = exit with { ClientOrderId = live.Orders[0].ClientOrderId + ".1", IntentId = "" };
        OverlayComparer.Compare(live with { Orders = [live.Orders[0], stop, .. live.Orders.Skip(2)] }, Log("backtest")).IsExplained.ShouldBeTrue();
    }

    [Fact]
    public void An_order_placed_in_parts_is_one_and_its_resting_part_explains_fees_and_what_was_given_up()
    {
        // Live: 4 of 10 rested, 6 took. The backtest: all of it rested.
        var live = InParts(Log("live"), (4, true), (6, false));
        var model = InParts(Log("backtest"), (10, true));
        var overlay = OverlayComparer.Compare(live, model);
        overlay.Matched.ShouldBe(6);
        var entry = overlay.Pairs.Single(p => p.Key == "m/X/1/entry");
        (entry.Live!.Filled, entry.Live.Parts, entry.Backtest!.Parts).ShouldBe((10m, 2, 1));
        entry.Differences.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.Kind.ShouldBe(DifferenceKind.Fill), d => d.Field.ShouldBe("fee rate"));

        // Only the backtest's part was filled: what it left is its own way from there.
        var unfilled = InParts(Log("live"), (0, true));
        var parted = OverlayComparer.Compare(unfilled with { Orders = [.. unfilled.Orders.Where(o => o.Purpose == ProposalKind.Entry || o.DecidedMs > T + 50_000)] }, model);
        parted.Pairs.Single(p => p.Key == "m/X/1/entry").Differences.Select(d => d.Kind).ShouldBe([DifferenceKind.Fill]);
        parted.Pairs.Single(p => p.Key == "m/X/1/entry exit 1").Differences.Select(d => d.Kind).ShouldBe([DifferenceKind.Path]);

        // Where one side was not placed in parts, nothing explains it.
        OverlayComparer.Compare(live, Log("backtest")).IsExplained.ShouldBeFalse();
    }

    [Fact]
    public void Other_bars_and_other_wishes_are_unexplained()
    {
        var live = Log("live");
        var bars = OverlayComparer.Compare(live with { Bars = [new LoggedBars("X", 100, "other")] }, Log("backtest"));
        (bars.BarsCompared, bars.Others.Single().Field).ShouldBe((0, "bars"));
        var stronger = live.Decisions.Select(d => d.BarIndex == 2 ? d with { Strength = 1.25 } : d).ToArray();
        OverlayComparer.Compare(live with { Decisions = stronger }, Log("backtest")).Others.Single().Live.ShouldContain("1.25");
        var fewer = OverlayComparer.Compare(live with { Decisions = [.. live.Decisions.Skip(1)] }, Log("backtest"));
        (fewer.DecisionsCompared, fewer.Others.Single().Live).ShouldBe((3, "none"));
        OverlayComparer.Compare(live with { Decisions = [.. live.Decisions.Take(3)], DecisionsUntilMs = live.Decisions[3].MarketTimeMs }, Log("backtest"))
            .Others.ShouldBeEmpty("what was not kept is not missing");
    }

    [Fact]
    public void A_log_is_read_back_and_a_damaged_one_is_refused_by_file_and_line()
    {
        var folder = Directory.CreateTempSubdirectory("granary-overlay-").FullName;
        try
        {
            var file = Path.Combine(folder, OrderLog.FileName);
            File.WriteAllText(file, Log("live").ToJson());
            var read = OrderLog.Load(folder);
            read.ToJson().ShouldBe(Log("live").ToJson());
            OverlayComparer.Compare(read, Log("backtest")).Differences.ShouldBeEmpty();
            foreach (var text in (string[])["", "{", "null", "[]", "{\"source\":\"live\"}", Log("live").ToJson().Replace("\"Buy\"", "\"Sideways\"", StringComparison.Ordinal)])
            {
                File.WriteAllText(file, text);
                Should.Throw<InvalidDataException>(() => OrderLog.Load(folder)).Message.ShouldContain(file);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(-1, 0.1)]
    [InlineData(1, -0.1)]
    [InlineData(1, 1.1)]
    public void Options_outside_their_range_are_named(long timeMs, double share) => Should.Throw<ArgumentException>(
        () => OverlayComparer.Compare(Log("live"), Log("backtest"), new OverlayOptions { TimeMsMax = timeMs, PriceShareMax = (decimal)share }));

    /// <summary>The log with its first entry placed in parts: the approved order as live writes it, without fills, and each part with its own.</summary>
    private static OrderLog InParts(OrderLog log, params (decimal Quantity, bool IsMaker)[] parts)
    {
        var whole = log.Orders[0];
        var made = parts.Select((part, i) => whole with
        {
            ClientOrderId = $"{whole.ClientOrderId}-{i + 1}",
            Type = part.IsMaker ? OrderType.Limit : OrderType.Market,
            Fills = part.Quantity == 0 ? [] : [new LoggedFill(whole.Fills[0].TimeMs, 100, part.Quantity, part.Quantity * 100 * (part.IsMaker ? 0.0002m : 0.0004m), part.IsMaker)],
        });
        return log with { Orders = [whole with { Fills = [] }, .. made, .. log.Orders.Skip(1)] };
    }

    /// <summary>Differences of one order that something was done to.</summary>
    private static string[] Plant(OrderLog live, string key, Func<LoggedOrder, LoggedOrder> change) =>
    [
        .. OverlayComparer.Compare(Change(live, key, change), Log("backtest")).Pairs.Single(p => p.Key == key).Differences
            .Select(d => $"{d.Kind} {d.Field} {d.Live} {d.Backtest}"),
    ];

    private static OrderLog Change(OrderLog log, string key, Func<LoggedOrder, LoggedOrder> change)
    {
        var number = int.Parse(key.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture);
        var at = ((number - 1) * 2) + (key.EndsWith("exit 1", StringComparison.Ordinal) ? 1 : 0);
        return log with { Orders = [.. log.Orders.Select((o, i) => i == at ? change(o) : o)] };
    }

    private static LoggedDecision[] Decide(OrderLog log, string intent, string refusal, long timeMs) =>
        [.. log.Decisions.Where(d => d.IntentId != intent), new LoggedDecision(intent, "X", OrderSide.Buy, 1, 4, timeMs, refusal)];

    /// <summary>Three rounds of 10: long 100 to 101, short 101 to 102, long 100 to 102, and a fourth wish that is refused.</summary>
    private static OrderLog Log(string source)
    {
        var orders = new List<LoggedOrder>();
        var decisions = new List<LoggedDecision>();
        (OrderSide Side, decimal In, decimal Out)[] rounds = [(OrderSide.Buy, 100, 101), (OrderSide.Sell, 101, 102), (OrderSide.Buy, 100, 102)];
        for (var i = 0; i < rounds.Length; i++)
        {
            var startMs = T + (i * 100_000L);
            var intent = $"m/X/{i + 1}/entry";
            decisions.Add(new LoggedDecision(intent, "X", rounds[i].Side, 1, i + 1, startMs, ""));
            var entry = Order(source, (i * 2) + 1, intent, ProposalKind.Entry, rounds[i].Side, startMs, rounds[i].In);
            orders.Add(entry);
            var version = source == "live" ? "17-3.1" : "2-1.1";
            orders.Add(Order(
                source, (i * 2) + 2, $"m/X/{entry.ClientOrderId}/exit/{version}", ProposalKind.Exit,
                rounds[i].Side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy, startMs + 10_000, rounds[i].Out));
        }
        decisions.Add(new LoggedDecision("m/X/4/entry", "X", OrderSide.Buy, 1, 4, T + 900_000, "ThinMarket"));
        return new OrderLog(source, 10_000, [new LoggedBars("X", 100, "abc")], decisions, orders);
    }

    private static LoggedOrder Order(string source, int sequence, string intent, ProposalKind purpose, OrderSide side, long decidedMs, decimal price) => new(
        $"{source}/main/m/{sequence}", intent, "X", "m", purpose, side, OrderType.Market, 10, decidedMs,
        [new LoggedFill(decidedMs + 1_000, price, 10, price * 10 * 0.0004m, false)]);
}
