namespace Granary.Venues.Feeds;

/// <summary>Which venue a backup feed reads, and how patiently. Public data only: there is no key.</summary>
public sealed record FeedOptions
{
    /// <summary>The venue's name in logs and messages.</summary>
    public required string Name { get; init; }

    /// <summary>Base address of the REST interface, http or https, without path.</summary>
    public required Uri RestUrl { get; init; }

    /// <summary>Base address of the streams, ws or wss, without path.</summary>
    public required Uri StreamUrl { get; init; }

    /// <summary>Whether changes of the order books are received. Default false.</summary>
    public bool HasDepth { get; init; }

    /// <summary>How long to wait for a REST answer, a connection, or the acknowledgement of the subscriptions. Default 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A subscribed connection without any market data for this long is opened anew; pongs are no data. Default 10 s.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a pong may take. Default 10 s.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First wait before a reconnection; doubles up to <see cref="ReconnectDelayMax"/>. Default 0.5 s.</summary>
    public TimeSpan ReconnectDelayMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait before a reconnection. Default 30 s.</summary>
    public TimeSpan ReconnectDelayMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a query is repeated after a transient failure, 0 to 10. Default 3.</summary>
    public int QueryRetries { get; init; } = 3;

    /// <summary>Seed of the jitter of every wait. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>OKX.</summary>
    public static FeedOptions Okx() => new() { Name = "okx", RestUrl = new Uri("https://www.okx.com"), StreamUrl = new Uri("wss://ws.okx.com:8443") };

    /// <summary>Bybit.</summary>
    public static FeedOptions Bybit() => new() { Name = "bybit", RestUrl = new Uri("https://api.bybit.com"), StreamUrl = new Uri("wss://stream.bybit.com") };

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        RequireUrl(nameof(RestUrl), RestUrl, "http", "https");
        RequireUrl(nameof(StreamUrl), StreamUrl, "ws", "wss");
        Require(nameof(RequestTimeout), RequestTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
        Require(nameof(SilenceTimeout), SilenceTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Require(nameof(PongTimeout), PongTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        Require(nameof(ReconnectDelayMin), ReconnectDelayMin, TimeSpan.FromMilliseconds(1), ReconnectDelayMax);
        Require(nameof(ReconnectDelayMax), ReconnectDelayMax, ReconnectDelayMin, TimeSpan.FromMinutes(10));
        if (QueryRetries is < 0 or > 10) throw new ArgumentException($"QueryRetries is {QueryRetries}; it must be 0 to 10");
    }

    private static void RequireUrl(string name, Uri? url, string scheme, string schemeEncrypted)
    {
        if (url is null || !url.IsAbsoluteUri || (url.Scheme != scheme && url.Scheme != schemeEncrypted) || url.AbsolutePath.Length > 1)
            throw new ArgumentException($"{name} is '{url}'; it must be a {scheme}:// or {schemeEncrypted}:// address without a path");
    }

    private static void Require(string name, TimeSpan value, TimeSpan min, TimeSpan max)
    {
        if (value < min || value > max) throw new ArgumentException($"{name} is {value}; it must be {min} to {max}");
    }
}
