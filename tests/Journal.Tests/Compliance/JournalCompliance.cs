using Granary.Journal.Records;
using Granary.Journal.Tests.Support;

namespace Granary.Journal.Tests.Compliance;

/// <summary>What every journal promises. A new implementation derives from this and says how it is opened.</summary>
public abstract class JournalCompliance : IDisposable
{
    protected TempFolder Folder { get; } = new();

    /// <summary>Opens the journal kept at the place; the same place again is the same journal.</summary>
    protected abstract ValueTask<IJournal> OpenAsync(string place);

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_record_comes_back_as_it_was_also_after_reopening()
    {
        JournalRecord[] records =
        [
            Samples.Order(), Samples.Fill(), Samples.Decision(), Samples.Decision("i-2", "Refused", "RiskLimit"), Samples.Position(), Samples.Equity(),
            Samples.Incident(), Samples.State(), Samples.Snapshot("symbol/BTCUSDT", 0, 1, 2, 255),
        ];
        string hash;
        await using (var journal = await OpenAsync("a"))
        {
            await journal.AppendAsync(records, null);
            await ShouldHoldSamples(journal.Reader);
            hash = await journal.Reader.GetContentHashAsync();
        }
        await using var again = await OpenAsync("a");
        await ShouldHoldSamples(again.Reader);
        (await again.Reader.GetContentHashAsync()).ShouldBe(hash);

        static async Task ShouldHoldSamples(IJournalReader reader)
        {
            (await reader.GetOrderAsync("main", "o-1")).ShouldBe(Samples.Order());
            (await reader.GetOrdersAsync(null, null, 10)).ShouldBe([Samples.Order()]);
            var fill = (await reader.GetFillsAsync("main", "BTCUSDT", 0, 10)).ShouldHaveSingleItem();
            fill.Position.ShouldBeGreaterThan(0);
            (fill with { Position = 0 }).ShouldBe(Samples.Fill());
            (await reader.GetDecisionsAsync("main", "BTCUSDT", 10)).ShouldBe([Samples.Decision("i-2", "Refused", "RiskLimit"), Samples.Decision()]);
            (await reader.GetPositionAsync("main", "BTCUSDT")).ShouldBe(Samples.Position(), Comparers.Position);
            (await reader.GetEquityAsync("main", 10)).ShouldBe([Samples.Equity()]);
            (await reader.GetIncidentsAsync(10)).ShouldBe([Samples.Incident()]);
            (await reader.GetTradingStateAsync("main")).ShouldBe(Samples.State());
            (await reader.GetSnapshotAsync("symbol/BTCUSDT")).ShouldNotBeNull().Bytes.ShouldBe([0, 1, 2, 255]);
        }
    }

    [Fact]
    public async Task An_empty_journal_answers_with_nothing()
    {
        await using var journal = await OpenAsync("a");
        var reader = journal.Reader;
        (await reader.GetOrderAsync("main", "o-1")).ShouldBeNull();
        (await reader.GetLiveOrdersAsync("main", null)).ShouldBeEmpty();
        (await reader.GetFillsAsync("main", null, 0, 10)).ShouldBeEmpty();
        (await reader.GetLastTradeIdAsync("main", "BTCUSDT")).ShouldBe(0);
        (await reader.GetOrderSequenceMaxAsync("main")).ShouldBe(0);
        (await reader.GetPositionAsync("main", "BTCUSDT")).ShouldBeNull();
        (await reader.GetTradingStateAsync("main")).ShouldBeNull();
        (await reader.GetSnapshotAsync("symbol/BTCUSDT")).ShouldBeNull();
        (await reader.GetRefusalCountsAsync("main", 0)).ShouldBeEmpty();
        (await reader.GetContentHashAsync()).Length.ShouldBe(64);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0.00000001")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335")]
    [InlineData("7.9228162514264337593543950335")]
    [InlineData("61800.30000000")]
    [InlineData("100")]
    public async Task Decimals_are_exact(string text)
    {
        var value = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        await using var journal = await OpenAsync("a");
        await journal.AppendAsync([Samples.Equity(value), Samples.Order() with { Price = value, StopPrice = null, ExecutedQuantity = value }], null);
        (await journal.Reader.GetEquityAsync("main", 1))[0].Wallet.ShouldBe(value);
        var order = (await journal.Reader.GetOrderAsync("main", "o-1")).ShouldNotBeNull();
        order.Price.ShouldBe(value);
        order.StopPrice.ShouldBeNull();
        order.ExecutedQuantity.ShouldBe(value);
    }

    [Fact]
    public async Task Equal_values_of_different_scale_are_equal_content()
    {
        await using var one = await OpenAsync("a");
        await using var other = await OpenAsync("b");
        await one.AppendAsync([Samples.Equity(1.50m), Samples.Equity(-0.0m), Samples.Equity(100m)], null);
        await other.AppendAsync([Samples.Equity(1.5m), Samples.Equity(0m), Samples.Equity(100.00m)], null);
        (await one.Reader.GetContentHashAsync()).ShouldBe(await other.Reader.GetContentHashAsync());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.Epsilon)]
    [InlineData(-1.0 / 3)]
    public async Task Doubles_come_back_bit_for_bit(double value)
    {
        await using var journal = await OpenAsync("a");
        await journal.AppendAsync([Samples.Decision() with { Strength = value }], null);
        (await journal.Reader.GetDecisionsAsync(null, null, 1))[0].Strength.ShouldBe(value);
    }

    [Fact]
    public async Task Text_of_any_kind_comes_back()
    {
        const string text = "Kurs 'fiel'; DROP TABLE orders; -- \" \t\r\n 価格 😀 %_";
        await using var journal = await OpenAsync("a");
        await journal.AppendAsync([Samples.Order() with { Detail = text }, Samples.Incident() with { Seen = "a\0b" }], null);
        (await journal.Reader.GetOrderAsync("main", "o-1")).ShouldNotBeNull().Detail.ShouldBe(text);
        (await journal.Reader.GetIncidentsAsync(1))[0].Seen.ShouldBe("a\uFFFDb");
    }

    [Fact]
    public async Task An_order_keeps_its_place_and_takes_its_newest_state()
    {
        await using var journal = await OpenAsync("a");
        await journal.AppendAsync([Samples.Order("o-1", 1), Samples.Order("o-2", 2)], null);
        var filled = Samples.Order("o-1", 1, status: "Filled") with { VenueOrderId = 9, ExecutedQuantity = 0.125m, Detail = "done" };
        await journal.AppendAsync([filled], null);
        (await journal.Reader.GetOrderAsync("main", "o-1")).ShouldBe(filled);
        (await journal.Reader.GetOrdersAsync("main", null, 10)).Select(o => o.ClientOrderId).ShouldBe(["o-2", "o-1"]);
        (await journal.Reader.GetLiveOrdersAsync("main", null)).ShouldBe([Samples.Order("o-2", 2)]);
        (await journal.Reader.GetOrderSequenceMaxAsync("main")).ShouldBe(2);
    }

    [Theory]
    [InlineData("PendingNew", true)]
    [InlineData("Unknown", true)]
    [InlineData("New", true)]
    [InlineData("PartiallyFilled", true)]
    [InlineData("PendingCancel", true)]
    [InlineData("Filled", false)]
    [InlineData("Canceled", false)]
    [InlineData("Expired", false)]
    [InlineData("Rejected", false)]
    public async Task Live_orders_are_those_that_are_not_final(string status, bool isLive)
    {
        await using var journal = await OpenAsync("a");
        await journal.AppendAsync([Samples.Order(status: status)], null);
        (await journal.Reader.GetLiveOrdersAsync("main", null)).Count.ShouldBe(isLive ? 1 : 0);
        (await journal.Reader.GetLiveOrdersAsync("main", "BTCUSDT")).Count.ShouldBe(isLive ? 1 : 0);
        (await journal.Reader.GetLiveOrdersAsync("main", "ETHUSDT")).ShouldBeEmpty();
        (await journal.Reader.GetLiveOrdersAsync("other", null)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fill_counts_once_per_account_and_symbol()
    {
        await using var journal = await OpenAsync("a");
        await journal.AppendAsync([Samples.Fill(5), Samples.Fill(6), Samples.Fill(5, quantity: 9m)], null);
        await journal.AppendAsync([Samples.Fill(6), Samples.Fill(5, symbol: "ETHUSDT"), Samples.Fill(5, account: "other")], null);
        var fills = await journal.Reader.GetFillsAsync("main", null, 0, 100);
        fills.Select(f => (f.Symbol, f.TradeId, f.Quantity)).ShouldBe([("BTCUSDT", 5L, 0.125m), ("BTCUSDT", 6L, 0.125m), ("ETHUSDT", 5L, 0.125m)]);
        fills.Select(f => f.Position).ShouldBeInOrder(SortDirection.Ascending);
        (await journal.Reader.GetFillsAsync("main", "BTCUSDT", fills[0].Position, 100)).Select(f => f.TradeId).ShouldBe([6]);
        (await journal.Reader.GetFillsAsync("main", null, 0, 2)).Count.ShouldBe(2);
        (await journal.Reader.GetLastTradeIdAsync("main", "BTCUSDT")).ShouldBe(6);
        (await journal.Reader.GetLastTradeIdAsync("main", "SOLUSDT")).ShouldBe(0);
    }

    [Fact]
    public async Task A_decision_said_again_counts_once()
    {
        await using var journal = await OpenAsync("a");
        await journal.AppendAsync(
            [
                Samples.Decision("i-1", "Refused", "StaleMarket", timeMs: 100), Samples.Decision("i-1", "Refused", "StaleMarket", timeMs: 200),
                Samples.Decision("i-1", "Refused", "DailyLoss", timeMs: 300), Samples.Decision("i-1", timeMs: 400), Samples.Decision("i-1", timeMs: 500),
                Samples.Decision("i-2", "Refused", "StaleMarket", timeMs: 600), Samples.Decision("i-3", "Refused", "StaleMarket", "other"),
                Samples.Decision("", "Refused", "NoIntent", timeMs: 700), Samples.Decision("", "Refused", "NoIntent", timeMs: 800),
            ], null);
        (await journal.Reader.GetDecisionsAsync("main", null, 100)).Select(d => d.TimeMs).ShouldBe([800, 700, 600, 400, 300, 100]);
        (await journal.Reader.GetRefusalCountsAsync("main", 0)).ShouldBe(
            [new("DailyLoss", 1), new("NoIntent", 2), new("StaleMarket", 2)]);
        (await journal.Reader.GetRefusalCountsAsync("main", 300)).ShouldBe([new("DailyLoss", 1), new("NoIntent", 2), new("StaleMarket", 1)]);
    }

    [Fact]
    public async Task The_newest_of_a_position_a_state_and_a_snapshot_is_in_force()
    {
        await using var journal = await OpenAsync("a");
        await journal.AppendAsync([Samples.Position(1m), Samples.State("Halted"), Samples.Snapshot("x", 1), Samples.Snapshot("y", 9)], null);
        await journal.AppendAsync([Samples.Position(-2m), Samples.State("Active"), Samples.Snapshot("x", 2), Samples.Position(5m, symbol: "ETHUSDT")], null);
        (await journal.Reader.GetPositionAsync("main", "BTCUSDT")).ShouldNotBeNull().Quantity.ShouldBe(-2m);
        (await journal.Reader.GetTradingStateAsync("main")).ShouldNotBeNull().State.ShouldBe("Active");
        (await journal.Reader.GetSnapshotAsync("x")).ShouldNotBeNull().Bytes.ShouldBe([2]);
        (await journal.Reader.GetSnapshotAsync("y")).ShouldNotBeNull().Bytes.ShouldBe([9]);
    }

    [Fact]
    public async Task Newest_lists_are_newest_first_and_bounded()
    {
        await using var journal = await OpenAsync("a");
        for (var i = 1; i <= 5; i++) await journal.AppendAsync([Samples.Equity(i), Samples.Incident("K" + i), Samples.Decision("i-" + i)], null);
        (await journal.Reader.GetEquityAsync("main", 2)).Select(e => e.Wallet).ShouldBe([5m, 4m]);
        (await journal.Reader.GetIncidentsAsync(2)).Select(i => i.Kind).ShouldBe(["K5", "K4"]);
        (await journal.Reader.GetDecisionsAsync(null, "BTCUSDT", 2)).Select(d => d.IntentId).ShouldBe(["i-5", "i-4"]);
        (await journal.Reader.GetDecisionsAsync(null, "ETHUSDT", 2)).ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await journal.Reader.GetIncidentsAsync(0));
    }

    [Fact]
    public async Task A_stale_writer_writes_nothing()
    {
        await using (var journal = await OpenAsync("a"))
        {
            var first = await journal.AcquireEpochAsync("execution/main/BTCUSDT");
            await journal.AppendAsync([Samples.Order("o-1")], first);
            var second = await journal.AcquireEpochAsync("execution/main/BTCUSDT");
            second.Number.ShouldBe(first.Number + 1);
            var other = await journal.AcquireEpochAsync("execution/main/ETHUSDT");
            other.Number.ShouldBe(1);
            var stale = await Should.ThrowAsync<StaleEpochException>(async () => await journal.AppendAsync([Samples.Order("o-2"), Samples.Fill()], first));
            stale.Current.ShouldBe(second.Number);
            stale.Epoch.ShouldBe(first);
            await journal.AppendAsync([Samples.Order("o-3")], second);
            await journal.AppendAsync([Samples.Order("o-4")], other);
            await journal.EnqueueAsync([Samples.Order("o-5")], first);
            await journal.FlushAsync();
            (await journal.Reader.GetOrdersAsync(null, null, 10)).Select(o => o.ClientOrderId).ShouldBe(["o-4", "o-3", "o-1"]);
        }
        await using var again = await OpenAsync("a");
        (await again.AcquireEpochAsync("execution/main/BTCUSDT")).Number.ShouldBe(3);
        await Should.ThrowAsync<StaleEpochException>(async () => await again.AppendAsync([Samples.Order("o-6")], new JournalEpoch("never taken", 1)));
    }

    [Fact]
    public async Task In_a_crowd_only_the_stale_append_fails()
    {
        await using var journal = await OpenAsync("a");
        var old = await journal.AcquireEpochAsync("x");
        var current = await journal.AcquireEpochAsync("x");
        var appends = new List<(bool IsStale, Task Task)>();
        for (var i = 0; i < 200; i++)
        {
            var epoch = i % 7 == 3 ? old : i % 3 == 0 ? null : current;
            appends.Add((epoch == old, journal.AppendAsync([Samples.Order("o-" + i, i + 1), Samples.Incident("K" + i)], epoch).AsTask()));
        }
        foreach (var (isStale, task) in appends)
        {
            if (isStale) await Should.ThrowAsync<StaleEpochException>(task);
            else await task;
        }
        var expected = Enumerable.Range(0, 200).Where(i => !appends[i].IsStale).Select(i => "o-" + i).Reverse();
        (await journal.Reader.GetOrdersAsync("main", null, 1_000)).Select(o => o.ClientOrderId).ShouldBe(expected);
        (await journal.Reader.GetIncidentsAsync(1_000)).Count.ShouldBe(appends.Count(a => !a.IsStale));
    }

    [Fact]
    public async Task An_append_is_stored_whole_or_not_at_all()
    {
        await using var journal = await OpenAsync("a");
        var good = journal.AppendAsync([Samples.Order("o-1")], null).AsTask();
        var bad = journal.AppendAsync([Samples.Order("o-2"), Samples.Fill(7), Samples.Order("o-3") with { Status = "Sent" }], null).AsTask();
        var after = journal.AppendAsync([Samples.Order("o-4")], null).AsTask();
        await good;
        (await Should.ThrowAsync<ArgumentException>(bad)).Message.ShouldContain("Status is Sent");
        await after;
        (await journal.Reader.GetOrdersAsync(null, null, 10)).Select(o => o.ClientOrderId).ShouldBe(["o-4", "o-1"]);
        (await journal.Reader.GetFillsAsync("main", null, 0, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Invalid_records_are_refused_by_field()
    {
        await using var journal = await OpenAsync("a");
        foreach (var (record, field) in new (JournalRecord, string)[]
        {
            (Samples.Order() with { Account = "" }, "order Account"), (Samples.Order() with { Detail = null! }, "order Detail"),
            (Samples.Order() with { Atr = double.NaN }, "order Atr"), (Samples.Fill() with { Symbol = null! }, "fill Symbol"),
            (Samples.Decision() with { Outcome = "" }, "decision Outcome"), (Samples.Position() with { Guard = null! }, "position Guard"),
            (Samples.Snapshot("", 1), "snapshot Owner"), (null!, "null"),
        })
        {
            (await Should.ThrowAsync<ArgumentException>(async () => await journal.AppendAsync([record], null))).Message.ShouldContain(field);
        }
        await Should.ThrowAsync<ArgumentException>(async () => await journal.AppendAsync([], null));
        await Should.ThrowAsync<ArgumentException>(async () => await journal.AcquireEpochAsync(""));
    }

    [Fact]
    public async Task A_lost_queued_record_is_told_at_the_next_flush_once()
    {
        await using var journal = await OpenAsync("a");
        await journal.EnqueueAsync([Samples.Order() with { Status = "Sent" }], null);
        await journal.EnqueueAsync([Samples.Order("o-2")], null);
        (await Should.ThrowAsync<JournalException>(async () => await journal.FlushAsync())).Message.ShouldContain("Status is Sent");
        await journal.FlushAsync();
        (await journal.Reader.GetOrdersAsync(null, null, 10)).ShouldBe([Samples.Order("o-2")]);
    }

    [Fact]
    public async Task Queued_records_are_stored_before_later_appends_and_at_the_end()
    {
        await using (var journal = await OpenAsync("a"))
        {
            for (var i = 0; i < 50; i++) await journal.EnqueueAsync([Samples.Incident("K" + i)], null);
            await journal.AppendAsync([Samples.Order()], null);
            (await journal.Reader.GetIncidentsAsync(100)).Count.ShouldBe(50);
            for (var i = 50; i < 80; i++) await journal.EnqueueAsync([Samples.Incident("K" + i)], null);
        }
        await using var again = await OpenAsync("a");
        (await again.Reader.GetIncidentsAsync(100)).Select(i => i.Kind).ShouldBe(Enumerable.Range(0, 80).Reverse().Select(i => "K" + i));
    }

    [Fact]
    public async Task A_list_may_be_used_again_once_it_is_handed_over()
    {
        await using var journal = await OpenAsync("a");
        var list = new List<JournalRecord>();
        for (var i = 0; i < 100; i++)
        {
            list.Clear();
            list.Add(Samples.Incident("K" + i));
            await journal.EnqueueAsync(list, null);
        }
        await journal.FlushAsync();
        (await journal.Reader.GetIncidentsAsync(1_000)).Select(i => i.Kind).ShouldBe(Enumerable.Range(0, 100).Reverse().Select(i => "K" + i));
    }

    [Fact]
    public async Task The_content_hash_sees_every_value_and_the_order()
    {
        JournalRecord[] content = [Samples.Order(), Samples.Fill(), Samples.Decision(), Samples.Position(), Samples.Snapshot("x", 1), Samples.Equity()];
        var hashes = new List<string>();
        var place = 0;
        foreach (var variant in new JournalRecord[][]
        {
            content, [.. content.Reverse()], [.. content.Skip(1)], [.. content, Samples.State()], [.. content.Take(5), Samples.Equity(10_000.00000001m)],
            [.. content.Take(4), Samples.Snapshot("x", 2), content[5]], [content[0], Samples.Fill() with { IsMaker = false }, .. content.Skip(2)],
        })
        {
            await using var journal = await OpenAsync("p" + place++);
            await journal.AppendAsync(variant, null);
            hashes.Add(await journal.Reader.GetContentHashAsync());
        }
        hashes.Distinct().Count().ShouldBe(hashes.Count);

        await using var again = await OpenAsync("again");
        await again.AcquireEpochAsync("any");
        foreach (var record in content) await again.AppendAsync([record], null);
        (await again.Reader.GetContentHashAsync()).ShouldBe(hashes[0]);
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once()
    {
        await using var journal = await OpenAsync("a");
        using var source = new CancellationTokenSource();
        source.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(async () => await journal.AppendAsync([Samples.Order()], null, source.Token));
        await Should.ThrowAsync<OperationCanceledException>(async () => await journal.Reader.GetOrderAsync("main", "o-1", source.Token));
    }

    [Fact]
    public async Task A_closed_journal_takes_nothing()
    {
        var journal = await OpenAsync("a");
        await journal.DisposeAsync();
        await journal.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await journal.AppendAsync([Samples.Order()], null));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await journal.Reader.GetIncidentsAsync(1));
    }

    /// <summary>Random appends, epochs and reopenings give the answers of the model.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_use_agrees_with_the_model(int seed)
    {
        var random = new Random(seed);
        var model = new JournalModel();
        var epochs = new List<JournalEpoch>();
        var journal = await OpenAsync("a");
        try
        {
            for (var step = 0; step < 300; step++)
            {
                switch (random.Next(12))
                {
                    case 0:
                        var owner = "owner-" + random.Next(3);
                        epochs.Add(await journal.AcquireEpochAsync(owner));
                        epochs[^1].ShouldBe(model.Acquire(owner));
                        break;
                    case 1 when random.Next(4) == 0:
                        await journal.DisposeAsync();
                        journal = await OpenAsync("a");
                        break;
                    default:
                        var records = Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomRecord(random)).ToList();
                        var epoch = epochs.Count > 0 && random.Next(2) == 0 ? epochs[random.Next(epochs.Count)] : null;
                        if (epoch is not null && model.IsStale(epoch))
                        {
                            await Should.ThrowAsync<StaleEpochException>(async () => await journal.AppendAsync(records, epoch));
                            break;
                        }
                        await journal.AppendAsync(records, epoch);
                        model.Append(records);
                        break;
                }
            }
            await ShouldAgree(journal.Reader, model);
        }
        finally
        {
            await journal.DisposeAsync();
        }
    }

    private static async Task ShouldAgree(IJournalReader reader, JournalModel model)
    {
        (await reader.GetOrdersAsync(null, null, 1_000)).ShouldBe(model.Orders.AsEnumerable().Reverse());
        foreach (var account in new[] { "main", "other" })
        {
            (await reader.GetLiveOrdersAsync(account, null)).ShouldBe(model.Orders.Where(o => o.Account == account && o.Status is "New" or "Unknown"));
            (await reader.GetFillsAsync(account, null, 0, 1_000)).Select(f => f with { Position = 0 }).ShouldBe(model.Fills.Where(f => f.Account == account));
            (await reader.GetDecisionsAsync(account, null, 1_000)).ShouldBe(model.Decisions.Where(d => d.Account == account).Reverse());
            (await reader.GetTradingStateAsync(account)).ShouldBe(model.States.LastOrDefault(s => s.Account == account));
            (await reader.GetOrderSequenceMaxAsync(account)).ShouldBe(
                model.Orders.Where(o => o.Account == account).Select(o => o.Sequence).DefaultIfEmpty().Max());
            foreach (var symbol in new[] { "BTCUSDT", "ETHUSDT" })
            {
                (await reader.GetPositionAsync(account, symbol)).ShouldBe(
                    model.Positions.LastOrDefault(p => p.Account == account && p.Symbol == symbol), Comparers.Position);
                (await reader.GetLastTradeIdAsync(account, symbol)).ShouldBe(
                    model.Fills.Where(f => f.Account == account && f.Symbol == symbol).Select(f => f.TradeId).DefaultIfEmpty().Max());
            }
        }
        foreach (var (owner, snapshot) in model.Snapshots) (await reader.GetSnapshotAsync(owner)).ShouldNotBeNull().Bytes.ShouldBe(snapshot.Bytes);
    }

    private static JournalRecord RandomRecord(Random random)
    {
        var account = random.Next(2) == 0 ? "main" : "other";
        var symbol = random.Next(2) == 0 ? "BTCUSDT" : "ETHUSDT";
        var amount = new decimal(random.Next(), random.Next(), 0, random.Next(2) == 0, (byte)random.Next(12));
        string[] statuses = ["New", "Unknown", "Filled", "Canceled"];
        var id = random.Next(30);
        return random.Next(6) switch
        {
            0 => Samples.Order("o-" + id, id, account, symbol, statuses[random.Next(4)]) with
            {
                ExecutedQuantity = amount,
                Price = random.Next(2) == 0 ? null : amount,
            },
            1 => Samples.Fill(random.Next(40), account, symbol, amount),
            2 => Samples.Decision("i-" + id, random.Next(2) == 0 ? "Approved" : "Refused", "R" + random.Next(2), account, symbol) with
            {
                Strength = random.NextDouble(),
            },
            3 => Samples.Position(amount, account, symbol),
            4 => Samples.State(random.Next(2) == 0 ? "Active" : "Halted", account),
            _ => Samples.Snapshot("owner-" + random.Next(4), (byte)random.Next(256), (byte)random.Next(256)),
        };
    }
}
