using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Supervision;
using Granary.Grains.Telemetry;
using Granary.Journal;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Gateway;

/// <summary>
/// Owns the user stream of one account and carries its events to the grains. An event that cannot be delivered is not retried for ever: the account is
/// told to reconcile, which finds what the event would have said.
/// </summary>
public sealed partial class AccountGateway : IUserStreamHandler
{
    private const int AttemptsMax = 3;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetellInterval = TimeSpan.FromSeconds(10);

    private readonly string _account;
    private readonly IGrainFactory _grains;
    private readonly IAccountPort _port;
    private readonly TimeProvider _time;
    private readonly EngineMetrics _metrics;
    private readonly ILogger<AccountGateway> _logger;
    private readonly HashSet<string> _symbols;
    private readonly StreamIncidents _incidents;
    private readonly UserStreamSilence? _silence;
    private readonly Lock _gate = new();
    private CancellationTokenSource? _stream;
    private bool _isConnected;
    private string _connectionDetail = "";

    /// <summary>Creates the gateway; <see cref="RunAsync"/> starts it.</summary>
    public AccountGateway(
        string account, EngineSettings settings, IGrainFactory grains, IAccountPort port, TimeProvider time, EngineMetrics metrics, ILogger<AccountGateway> logger,
        IJournal? journal = null, WatchdogFindings? findings = null)
    {
        _account = account;
        _grains = grains;
        _port = port;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _incidents = new StreamIncidents(journal, time);
        if (findings is not null && settings.Watchdog.StreamSilentMs > 0)
        {
            string[] traded = [.. settings.Symbols.Where(s => s.Accounts.Contains(account)).Select(s => s.Symbol)];
            _silence = new UserStreamSilence(account, traded, grains, port, findings, time, GiveUp);
        }

        _symbols = settings.Symbols.Select(s => s.Symbol).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Receives and delivers until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        RunStreamAsync(cancellationToken), RetellAsync(cancellationToken), _silence?.RunAsync(cancellationToken) ?? Task.CompletedTask);

    /// <summary>One connection after another: a stream that is found silent is given up, with its key.</summary>
    private async Task RunStreamAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var stream = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            lock (_gate) _stream = stream;
            try
            {
                await _port.RunUserStreamAsync(this, stream.Token);
            }
            catch (OperationCanceledException) when (stream.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Given up here.
            }
            finally
            {
                lock (_gate) _stream = null;
            }

            if (!stream.IsCancellationRequested) return;
        }
    }

    private void GiveUp()
    {
        lock (_gate) _stream?.Cancel();
    }

    /// <inheritdoc/>
    public async ValueTask OnOrderAsync(OrderReport report, CancellationToken cancellationToken)
    {
        _silence?.OnEvent(report.Symbol, report.Fill?.TradeId ?? 0);
        if (!_symbols.Contains(report.Symbol))
        {
            LogForeign(_account, report.Symbol, report.ClientOrderId);
            return;
        }

        var grain = _grains.GetGrain<IExecutionGrain>($"{_account}/{report.Symbol}");
        await DeliverAsync(async () => await grain.OnOrder(new OrderReportMessage(report)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask OnTriggerAsync(TriggerOrderReport report, CancellationToken cancellationToken)
    {
        _silence?.OnEvent(report.Symbol, 0);
        if (!_symbols.Contains(report.Symbol))
        {
            LogForeign(_account, report.Symbol, report.ClientId);
            return;
        }

        var grain = _grains.GetGrain<IExecutionGrain>($"{_account}/{report.Symbol}");
        await DeliverAsync(async () => await grain.OnTrigger(TriggerReportMessage.From(report)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask OnAccountAsync(
        string reason, IReadOnlyList<BalanceReport> balances, IReadOnlyList<PositionReport> positions, long timeMs, CancellationToken cancellationToken)
    {
        _silence?.OnEvent("", 0);
        var notice = new AccountNotice(reason, [.. balances], [.. positions], timeMs);
        await DeliverAsync(async () => await Risk.OnAccount(notice), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask OnConnectionAsync(bool connected, string detail, CancellationToken cancellationToken)
    {
        _metrics.Reconnects.Add(1, new KeyValuePair<string, object?>("stream", "user"), new KeyValuePair<string, object?>("connected", connected));
        (_isConnected, _connectionDetail) = (connected, detail);
        _silence?.OnConnection(false);
        LogConnection(_account, connected ? "connected" : "lost", detail);
        _incidents.UserStream(_account, connected, detail);
        await DeliverAsync(async () => await Risk.OnStream(connected, detail), cancellationToken);

        // What was missed before the connection has been found by then.
        _silence?.OnConnection(connected);
    }

    private IRiskGrain Risk => _grains.GetGrain<IRiskGrain>(_account);

    /// <summary>
    /// A risk grain that was activated anew knows nothing of a stream that has been up for long, and would recover for ever: it is told again while it does.
    /// </summary>
    private async Task RetellAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(RetellInterval, _time, cancellationToken);
            if (!_isConnected) continue;
            try
            {
                if ((await Risk.GetView()).State == nameof(TradingState.Recovering) && _isConnected) await Risk.OnStream(true, _connectionDetail);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogFailed(e, _account, 1);
            }
        }
    }

    private async Task DeliverAsync(Func<Task> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogFailed(e, _account, attempt);
                if (attempt == AttemptsMax) break;
                await Task.Delay(RetryDelay, _time, cancellationToken);
            }
        }

        try
        {
            await Risk.OnStream(true, "an event could not be delivered");
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The periodic reconciliation comes round in any case.
            LogFailed(e, _account, AttemptsMax + 1);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "account {Account}: order event of {Symbol}, which is not configured here (order {ClientOrderId})")]
    private partial void LogForeign(string account, string symbol, string clientOrderId);

    [LoggerMessage(Level = LogLevel.Information, Message = "account {Account}: user stream {State}: {Detail}")]
    private partial void LogConnection(string account, string state, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "account {Account}: an account event could not be delivered (attempt {Attempt})")]
    private partial void LogFailed(Exception exception, string account, int attempt);
}
