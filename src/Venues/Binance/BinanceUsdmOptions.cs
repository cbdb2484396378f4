namespace Granary.Venues.Binance;

/// <summary>
/// Which Binance USDⓈ-M venue a client talks to, and how. The four presets differ only in addresses; trading with real money needs two switches,
/// <see cref="AllowRealMoney"/> and a key, and every client checks them whatever the preset (<see cref="Validate"/>).
/// </summary>
public sealed record BinanceUsdmOptions
{
    /// <summary>The venue's name in logs and messages.</summary>
    public required string Name { get; init; }

    /// <summary>Base address of the REST interface, http or https, without path.</summary>
    public required Uri RestUrl { get; init; }

    /// <summary>Base address of the streams, ws or wss, without path; /market, /public and /private are appended.</summary>
    public required Uri StreamUrl { get; init; }

    /// <summary>The account's API key; null for public data only.</summary>
    public Secret? ApiKey { get; init; }

    /// <summary>The account's HMAC secret; null for public data only.</summary>
    public Secret? ApiSecret { get; init; }

    /// <summary>The first of the two switches for real money. Default false.</summary>
    public bool AllowRealMoney { get; init; }

    /// <summary>How long after its timestamp a signed request stays valid, in milliseconds, 1 to 60000. Default 5000.</summary>
    public int RecvWindowMs { get; init; } = 5000;

    /// <summary>
    /// Request weight that this client uses in a clock minute, 100 or more. Default 2000 of the venue's 2400; lowered to the venue's own limit when
    /// exchangeInfo names a smaller one.
    /// </summary>
    public int WeightPerMinute { get; init; } = 2000;

    /// <summary>Weight of each minute kept for orders and cancels, 0 or more and below <see cref="WeightPerMinute"/>. Default 200.</summary>
    public int WeightReserve { get; init; } = 200;

    /// <summary>
    /// Share of each minute's weight, without the reserve, that queries of markets leave to those of accounts, 0 to 0.9. Default 0.4.
    /// </summary>
    public double WeightAccountShare { get; init; } = 0.4;

    /// <summary>
    /// How long a query waits for weight or for the end of a rate limit before it fails. Default 65 s: the next clock minute always falls inside.
    /// </summary>
    public TimeSpan QueryWaitMax { get; init; } = TimeSpan.FromSeconds(65);

    /// <summary>How long to wait for a REST answer, a stream connection or the answer to a subscription. Default 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a query is repeated after a transient failure, 0 to 10. Default 3. Orders are never repeated.</summary>
    public int QueryRetries { get; init; } = 3;

    /// <summary>A subscribed market connection without any event for this long is given up and opened anew. Default 10 s.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A stream of trades, quotes or book changes without a first event for this long after it was subscribed is reported: a wrong name is acknowledged like a
    /// right one. Default 60 s.
    /// </summary>
    public TimeSpan FirstEventTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A stream of trades, quotes or book changes that has begun and then shows nothing for this long is reported. Default 5 minutes; mark prices, which come
    /// each second, are reported after <see cref="SilenceTimeout"/>.
    /// </summary>
    public TimeSpan StaleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Connections are renewed at this age, ahead of the venue's 24 h limit. Default 23 h.</summary>
    public TimeSpan ConnectionAgeMax { get; init; } = TimeSpan.FromHours(23);

    /// <summary>
    /// How long the old and the new connection both stay open at a renewal; more than one can lag behind the other. The new one is not read meanwhile, so
    /// what it carries waits in the network's buffers. Default 2 s.
    /// </summary>
    public TimeSpan RenewalOverlap { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>First wait before a reconnection; doubles up to <see cref="ReconnectDelayMax"/>. Default 0.2 s.</summary>
    public TimeSpan ReconnectDelayMin { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait before a reconnection. Default 10 s.</summary>
    public TimeSpan ReconnectDelayMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the listen key, which lives 60 minutes, is prolonged. Default 30 minutes.</summary>
    public TimeSpan ListenKeyInterval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often changes of the order books are sent, in milliseconds: 100, 250, 500, or 0 for not at all. Default 0.</summary>
    public int DepthIntervalMs { get; init; }

    /// <summary>Seed of the jitter of every wait. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The project's own exchange.</summary>
    /// <param name="url">Its address, for example http://127.0.0.1:8089; streams are served at the same host and port.</param>
    /// <param name="apiKey">The account's key there, or null for public data only.</param>
    /// <param name="apiSecret">The account's secret there, or null for public data only.</param>
    /// <exception cref="ArgumentException">Not an http or https address.</exception>
    public static BinanceUsdmOptions BuiltIn(string url, Secret? apiKey = null, Secret? apiSecret = null)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var rest) || rest.Scheme is not ("http" or "https"))
            throw new ArgumentException($"the exchange's address '{url}' is not an http or https address; give one like http://127.0.0.1:8089", nameof(url));
        var stream = new UriBuilder(rest) { Scheme = rest.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Port = rest.Port }.Uri;
        return new BinanceUsdmOptions { Name = "built-in", RestUrl = rest, StreamUrl = stream, ApiKey = apiKey, ApiSecret = apiSecret };
    }

    /// <summary>Binance's futures testnet: play money, its own keys.</summary>
    public static BinanceUsdmOptions Testnet(Secret? apiKey = null, Secret? apiSecret = null) => new()
    {
        Name = "binance-testnet",
        RestUrl = new Uri("https://testnet.binancefuture.com"),
        StreamUrl = new Uri("wss://fstream.binancefuture.com"),
        ApiKey = apiKey,
        ApiSecret = apiSecret,
    };

    /// <summary>Binance's demo trading: play money on real prices, its own keys.</summary>
    public static BinanceUsdmOptions Demo(Secret? apiKey = null, Secret? apiSecret = null) => new()
    {
        Name = "binance-demo",
        RestUrl = new Uri("https://demo-fapi.binance.com"),
        StreamUrl = new Uri("wss://demo-fstream.binance.com"),
        ApiKey = apiKey,
        ApiSecret = apiSecret,
    };

    /// <summary>Binance with real money.</summary>
    /// <exception cref="InvalidOperationException">A switch is missing: <paramref name="allowRealMoney"/> is false, or there is no key.</exception>
    public static BinanceUsdmOptions Production(bool allowRealMoney, Secret? apiKey, Secret? apiSecret)
    {
        var options = new BinanceUsdmOptions
        {
            Name = "binance",
            RestUrl = new Uri("https://fapi.binance.com"),
            StreamUrl = new Uri("wss://fstream.binance.com"),
            ApiKey = apiKey,
            ApiSecret = apiSecret,
            AllowRealMoney = allowRealMoney,
        };
        options.Validate();
        return options;
    }

    /// <summary>
    /// Whether either address may lead to real money: any encrypted host that is neither loopback nor a known testnet or demo host. Binance is not
    /// served unencrypted, so plain http and ws addresses are the project's own exchange, unless the host is one of Binance's.
    /// </summary>
    public bool IsRealMoney => IsRealMoneyHost(RestUrl) || IsRealMoneyHost(StreamUrl);

    /// <summary>Checks every option.</summary>
    /// <exception cref="InvalidOperationException">Real money without both switches.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        RequireUrl(nameof(RestUrl), RestUrl, "http", "https");
        RequireUrl(nameof(StreamUrl), StreamUrl, "ws", "wss");
        if (ApiKey is null != ApiSecret is null) throw new ArgumentException("ApiKey and ApiSecret come together: give both or neither");
        Require(nameof(RecvWindowMs), RecvWindowMs, 1, 60_000);
        Require(nameof(WeightPerMinute), WeightPerMinute, 100, 1_000_000);
        Require(nameof(WeightReserve), WeightReserve, 0, WeightPerMinute - 50);
        Require(nameof(WeightAccountShare), WeightAccountShare, 0, 0.9);
        Require(nameof(QueryRetries), QueryRetries, 0, 10);
        Require(nameof(QueryWaitMax), QueryWaitMax, TimeSpan.Zero, TimeSpan.FromHours(1));
        Require(nameof(RequestTimeout), RequestTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
        Require(nameof(SilenceTimeout), SilenceTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Require(nameof(FirstEventTimeout), FirstEventTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        Require(nameof(StaleTimeout), StaleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        Require(nameof(RenewalOverlap), RenewalOverlap, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Require(nameof(ConnectionAgeMax), ConnectionAgeMax, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24));
        Require(nameof(ReconnectDelayMin), ReconnectDelayMin, TimeSpan.FromMilliseconds(1), ReconnectDelayMax);
        Require(nameof(ReconnectDelayMax), ReconnectDelayMax, ReconnectDelayMin, TimeSpan.FromMinutes(10));
        Require(nameof(ListenKeyInterval), ListenKeyInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(50));
        if (DepthIntervalMs is not (0 or 100 or 250 or 500)) throw new ArgumentException($"DepthIntervalMs is {DepthIntervalMs}; it must be 0, 100, 250 or 500");
        if (!IsRealMoney) return;
        if (!AllowRealMoney)
            throw new InvalidOperationException(
                $"venue '{Name}' trades real money: set AllowRealMoney to true if that is meant, or choose the testnet, demo or built-in venue");
        if (ApiKey is null)
            throw new InvalidOperationException(
                $"venue '{Name}' trades real money and has no key: set ApiKey and ApiSecret, or choose the testnet, demo or built-in venue");
    }

    private static bool IsRealMoneyHost(Uri url)
    {
        var host = url.Host.TrimEnd('.').ToLowerInvariant();
        if (url.IsLoopback) return false;
        if (host is "testnet.binancefuture.com" or "fstream.binancefuture.com" or "demo-fapi.binance.com" or "demo-fstream.binance.com") return false;
        return url.Scheme is "https" or "wss" || host.Contains("binance", StringComparison.Ordinal);
    }

    private static void RequireUrl(string name, Uri? url, string scheme, string schemeEncrypted)
    {
        if (url is null || !url.IsAbsoluteUri || (url.Scheme != scheme && url.Scheme != schemeEncrypted) || url.AbsolutePath.Length > 1)
            throw new ArgumentException($"{name} is '{url}'; it must be a {scheme}:// or {schemeEncrypted}:// address without a path");
    }

    private static void Require<T>(string name, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0) throw new ArgumentException($"{name} is {value}; it must be {min} to {max}");
    }
}
