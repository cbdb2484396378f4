namespace Granary.Silo.Tests.Feeds;

/// <summary>A primary that falls silent and comes back, beside backups in both dialects, over sockets.</summary>
public sealed class BackupFeedTests : IAsyncLifetime
{
    private readonly FeedBench _bench = new();

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_silent_primary_is_replaced_by_the_first_backup_that_speaks_and_taken_back_when_it_has_spoken_long_enough()
    {
        await SecondsAsync(2, 100m, "primary", "okx", "bybit");
        (_bench.Told.Health, _bench.Told.BackupPrice, _bench.Told.Doubt).ShouldBe(("Agreeing", null, ""));

        await SecondsAsync(2, 101m, "okx", "bybit");
        (_bench.Told.Health, _bench.Told.BackupPrice).ShouldBe(("Stale", 101m));
        _bench.Told.Doubt.ShouldContain("backup=okx");
        Metric("granary_feed_health{symbol=\"BTCUSDT\"}").ShouldBe("2");

        // The preferred backup falls silent as well, and then comes back over a new connection.
        await SecondsAsync(2, 102m, "bybit");
        (_bench.Told.Health, _bench.Told.BackupPrice).ShouldBe(("Stale", 102m));
        _bench.Told.Doubt.ShouldContain("backup=bybit");
        await _bench.RestartAsync("okx");
        await SecondsAsync(1, 103m, "bybit", "okx");
        _bench.Told.BackupPrice.ShouldBe(103m);
        _bench.Told.Doubt.ShouldContain("backup=okx");

        await SecondsAsync(2, null);
        (_bench.Told.Health, _bench.Told.BackupPrice).ShouldBe(("AllStale", null));

        // One quote does not make the primary trusted again.
        await SecondsAsync(0.25, 104m, "primary", "okx", "bybit");
        _bench.Told.Health.ShouldBe("Stale");
        await SecondsAsync(3, 104m, "primary", "okx", "bybit");
        (_bench.Told.Health, _bench.Told.BackupPrice, _bench.Told.Doubt).ShouldBe(("Agreeing", null, ""));
        Metric("granary_feed_health{symbol=\"BTCUSDT\"}").ShouldBe("1");
        Metric("granary_feed_deviation_bps{symbol=\"BTCUSDT\"}").ShouldBe("0");
    }

    [Fact]
    public async Task A_primary_whose_price_stays_away_is_diverging_until_it_is_near_again()
    {
        await SecondsAsync(2, 100m, "primary", "okx", "bybit");
        for (var i = 0; i < 8; i++)
        {
            await _bench.QuoteAsync(102m, "primary");
            await SecondsAsync(0.25, 100m, "okx", "bybit");
        }
        (_bench.Told.Health, _bench.Told.BackupPrice).ShouldBe(("Diverging", 100m));
        _bench.Told.Detail.ShouldContain("deviation_bps=200 ");

        await SecondsAsync(2, 100m, "primary", "okx", "bybit");
        (_bench.Told.Health, _bench.Told.BackupPrice).ShouldBe(("Agreeing", null));
    }

    [Fact]
    public async Task What_the_backups_count_is_shown_by_feed()
    {
        string[] names = ["reconnects", "book_gaps", "rejects", "handler_faults"];
        foreach (var name in names)
            foreach (var feed in (string[])["okx", "bybit"]) Metric($"granary_feed_{name}_total{{feed=\"{feed}\"}}").ShouldBe("0");

        await _bench.RestartAsync("bybit");

        Metric("granary_feed_reconnects_total{feed=\"bybit\"}").ShouldBe("1");
        Metric("granary_feed_reconnects_total{feed=\"okx\"}").ShouldBe("0");
    }

    /// <summary>Quotes and judgements, four a second of the watch's clock.</summary>
    private async Task SecondsAsync(double seconds, decimal? price, params string[] venues)
    {
        for (var i = 0; i < seconds * 4; i++)
        {
            if (price is { } quoted) await _bench.QuoteAsync(quoted, venues);
            await _bench.JudgeAsync();
        }
    }

    private string Metric(string name) => _bench.Metrics().Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..];
}
