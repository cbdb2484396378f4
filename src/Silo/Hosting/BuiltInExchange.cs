using Granary.Exchange;
using Granary.Exchange.Hosting;
using Granary.Exchange.Markets;
using Granary.Exchange.Protocol;
using Granary.Silo.Configuration;
using Granary.Silo.Configuration.Mapping;

namespace Granary.Silo.Hosting;

/// <summary>The built-in exchange with its protocol, its market and, when it listens, its sockets.</summary>
public sealed class BuiltInExchange : IAsyncDisposable
{
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(15);

    private readonly ExchangeOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private Task _pump = Task.CompletedTask;
    private ExchangeServer? _server;

    /// <summary>Opens the exchange; nothing moves until it is started.</summary>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="Granary.Exchange.State.StateException">Its folder is in use or damaged.</exception>
    public BuiltInExchange(ExchangeOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        var isAccelerated = options.Speed != 1;
        Streams = new StreamProtocol(new StreamOptions { Overflow = isAccelerated ? StreamOverflow.Wait : StreamOverflow.Close });
        Core = new ExchangeCore(options, MarketFactory.Create, Streams, time, loggers.CreateLogger<ExchangeCore>());
        Streams.Attach(Core);
        Rest = new RestProtocol(Core, Streams, new RestOptions
        {
            // A market faster than the clock asks for more per minute of the clock than a real one ever would.
            WeightPerMinuteMax = isAccelerated ? 0 : 2400,
            OrdersPer10sMax = isAccelerated ? 0 : 300,
            OrdersPerMinuteMax = isAccelerated ? 0 : 1200,
            LiquidationFee = options.LiquidationFee,
            MarketTakeBound = options.MarketTakeBound,
            AccountNames = [.. options.Accounts.Select(a => a.Name)],
        });
    }

    /// <summary>
    /// Opens the configured exchange and lets it listen. A synthetic market that has never run gets a past first, so that strategies have their history
    /// at once instead of after a quarter of an hour.
    /// </summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<BuiltInExchange> OpenAsync(
        GranaryOptions configuration, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var isSynthetic = configuration.Exchange.Market == MarketKind.Synthetic;
        var options = configuration.ToExchangeOptions() with
        {
            StartTimeMs = isSynthetic ? nowMs - (long)Past.TotalMilliseconds : null,

            // A recorded market waits until the engine is ready: nothing of it is played to nobody.
            StartsAtOnce = isSynthetic,
        };
        var exchange = new BuiltInExchange(options, time, loggers);
        try
        {
            if (isSynthetic && exchange.Core.Progress.Trades == 0)
            {
                while (exchange.Core.Driver.NextTimeMs() < nowMs) exchange.Core.Driver.Step();
            }

            await exchange.ListenAsync(configuration.Exchange.Url, loggers, cancellationToken);
            exchange.StartMarket();
            return exchange;
        }
        catch
        {
            await exchange.DisposeAsync();
            throw;
        }
    }

    /// <summary>Accounts and matching.</summary>
    public ExchangeCore Core { get; }

    /// <summary>REST without sockets.</summary>
    public RestProtocol Rest { get; }

    /// <summary>Streams without sockets.</summary>
    public StreamProtocol Streams { get; }

    /// <summary>Where it listens, once it does.</summary>
    public string Url => _server?.Url.ToString().TrimEnd('/') ?? throw new InvalidOperationException("the exchange does not listen");

    /// <summary>Listens on a loopback address; port 0 picks a free one.</summary>
    /// <exception cref="ArgumentException">The address is not loopback.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task ListenAsync(string url, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        _server = new ExchangeServer(Rest, Streams, new ExchangeServerOptions { Url = url }, _time, loggers);
        await _server.StartAsync(cancellationToken);
    }

    /// <summary>Lets the market run on the thread pool.</summary>
    public void StartMarket() => _pump = Task.Run(() => PumpAsync(_stopping.Token));

    /// <summary>The market's run: ends when a tape is finished, or with the token.</summary>
    public Task PumpAsync(CancellationToken cancellationToken) =>
        new MarketPump(Core.Driver, _time, _options.Speed, Streams.WaitForRoomAsync).RunAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _pump;
        Streams.CloseAll("the exchange stops");
        if (_server is not null) await _server.DisposeAsync();
        Core.Dispose();
        _stopping.Dispose();
    }
}
