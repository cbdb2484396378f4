using Granary.Exchange.Markets;
using Granary.Exchange.Protocol;
using Microsoft.Extensions.Logging;

namespace Granary.Exchange.Hosting;

/// <summary>The exchange with its protocol, its market and, when it listens, its sockets: in the silo's process, or served alone.</summary>
public sealed class BuiltInExchange : IMarketPace, IAsyncDisposable
{
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(15);

    private readonly TimeProvider _time;
    private readonly MarketPump _pumping;
    private readonly CancellationTokenSource _stopping = new();
    private Task _pump = Task.CompletedTask;
    private ExchangeServer? _server;

    /// <summary>Opens the exchange; nothing moves until it is started.</summary>
    /// <param name="options">Symbols, accounts and market.</param>
    /// <param name="time">The clock of protocol and market.</param>
    /// <param name="loggers">Receive the log.</param>
    /// <param name="streams">
    /// Bounds of the streams; null for the defaults. What happens when a client reads too slowly follows from the market's speed: at speed 1 it is cut,
    /// as on the venue; at any other the market waits for it.
    /// </param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="State.StateException">Its folder is in use or damaged.</exception>
    public BuiltInExchange(ExchangeOptions options, TimeProvider time, ILoggerFactory loggers, StreamOptions? streams = null)
    {
        _time = time;
        var isAccelerated = options.Speed != 1;
        var bounds = (streams ?? new StreamOptions()) with { Overflow = OverflowAt(options.Speed) };
        if (isAccelerated) bounds = bounds with { ConnectionsPer5MinutesMax = 0 };
        Streams = new StreamProtocol(bounds);
        Core = new ExchangeCore(options, MarketFactory.Create, Streams, time, loggers.CreateLogger<ExchangeCore>());
        Streams.Attach(Core);
        _pumping = new MarketPump(Core.Driver, time, options.Speed, Streams.WaitForRoomAsync);
        var rest = new RestOptions
        {
            // A market faster than the clock asks for more per minute of the clock than a real one ever would.
            WeightPerMinuteMax = isAccelerated ? 0 : 2400,
            OrdersPer10sMax = isAccelerated ? 0 : 300,
            OrdersPerMinuteMax = isAccelerated ? 0 : 1200,
            FundingIntervalHours = options.FundingIntervalHours,
            LiquidationFee = options.LiquidationFee,
            MarketTakeBound = options.MarketTakeBound,
            AccountNames = [.. options.Accounts.Select(a => a.Name)],
        };
        Rest = new RestProtocol(Core, Streams, rest, this);
    }

    /// <summary>
    /// Opens an exchange and lets it listen. A synthetic market that has never run gets a past first, so that strategies have their history
    /// at once instead of after a quarter of an hour.
    /// </summary>
    /// <param name="options">Symbols, accounts and market; a synthetic market's start is set here unless it is given.</param>
    /// <param name="url">Loopback address to listen on; port 0 picks a free one.</param>
    /// <param name="time">The clock of protocol and market.</param>
    /// <param name="loggers">Receive the log.</param>
    /// <param name="streams">Bounds of the streams; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ArgumentException">An option or the address is wrong.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="State.StateException">Its folder is in use or damaged.</exception>
    public static async Task<BuiltInExchange> OpenAsync(
        ExchangeOptions options, string url, TimeProvider time, ILoggerFactory loggers, StreamOptions? streams, CancellationToken cancellationToken)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var isSynthetic = options.Market == MarketKind.Synthetic;
        if (isSynthetic) options = options with { StartTimeMs = options.StartTimeMs ?? nowMs - (long)Past.TotalMilliseconds };
        var exchange = new BuiltInExchange(options, time, loggers, streams);
        try
        {
            if (isSynthetic && exchange.Core.Progress.Trades == 0)
            {
                while (exchange.Core.Driver.NextTimeMs() < nowMs) exchange.Core.Driver.Step();
            }

            await exchange.ListenAsync(url, loggers, cancellationToken);
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

    /// <inheritdoc/>
    public double Speed
    {
        get => _pumping.Speed;
        set
        {
            _pumping.Speed = value;
            Streams.Overflow = OverflowAt(value);
        }
    }

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
    public Task PumpAsync(CancellationToken cancellationToken) => _pumping.RunAsync(cancellationToken);

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

    private static StreamOverflow OverflowAt(double speed) => speed == 1 ? StreamOverflow.Close : StreamOverflow.Wait;
}
