using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Grains.Interfaces;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Strategies;
using Granary.Grains.Telemetry;
using Granary.Journal;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Hosting;

/// <summary>
/// Everything of a silo that is not a grain: loads the venue's rules, keeps the configured grains alive, owns the sockets. One <see cref="RunAsync"/>, so
/// that a host and the deterministic scheduler start it the same way.
/// </summary>
public sealed partial class EngineServices
{
    private static readonly TimeSpan RulesInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan RulesRetry = TimeSpan.FromSeconds(1);

    private readonly EngineSettings _settings;
    private readonly IGrainFactory _grains;
    private readonly IMarketDataPort _market;
    private readonly IAccountPorts _accounts;
    private readonly SymbolCatalog _catalog;
    private readonly VenueClock _clock;
    private readonly MarketGateway _gateway;
    private readonly TimeProvider _time;
    private readonly EngineMetrics _metrics;
    private readonly ILoggerFactory _loggers;
    private readonly IJournal? _journal;
    private readonly ILogger<EngineServices> _logger;

    /// <summary>Creates the services; <see cref="RunAsync"/> starts them.</summary>
    public EngineServices(
        EngineSettings settings, IGrainFactory grains, IMarketDataPort market, IAccountPorts accounts, SymbolCatalog catalog, VenueClock clock,
        MarketGateway gateway, TimeProvider time, EngineMetrics metrics, ILoggerFactory loggers, IJournal? journal = null)
    {
        _settings = settings;
        _grains = grains;
        _market = market;
        _accounts = accounts;
        _catalog = catalog;
        _clock = clock;
        _gateway = gateway;
        _time = time;
        _metrics = metrics;
        _loggers = loggers;
        _journal = journal;
        _logger = loggers.CreateLogger<EngineServices>();
    }

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the only way this ends.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var rules = LoadRulesAsync(cancellationToken);
        await _catalog.Loaded.WaitAsync(cancellationToken);
        var tasks = new List<Task> { rules, KeepAliveAsync(cancellationToken), _clock.RunAsync(cancellationToken), _gateway.RunAsync(cancellationToken) };
        foreach (var account in _settings.Accounts)
        {
            var gateway = new AccountGateway(
                account.Name, _settings, _grains, _accounts.GetAccount(account.Name), _time, _metrics, _loggers.CreateLogger<AccountGateway>(),
                _journal);
            tasks.Add(gateway.RunAsync(cancellationToken));
        }

        try
        {
            await Task.WhenAll(tasks);
        }
        finally
        {
            // The sockets are closed; the grains end after this, in an order that leaves a symbol without its strategies.
            await SaveSymbolsAsync();
        }
    }

    /// <summary>The configured grains, each to be kept active.</summary>
    public IEnumerable<IKeepAlive> ConfiguredGrains()
    {
        yield return _grains.GetGrain<IKillSwitchGrain>(IKillSwitchGrain.Key);
        foreach (var account in _settings.Accounts)
        {
            yield return _grains.GetGrain<IRiskGrain>(account.Name);
            yield return _grains.GetGrain<IAccountReaderGrain>(account.Name);
        }

        foreach (var symbol in _settings.Symbols)
        {
            yield return _grains.GetGrain<ISymbolGrain>(symbol.Symbol);
            foreach (var name in symbol.Strategies) yield return StrategyNames.Resolve(_grains, name, symbol.Symbol);
            foreach (var account in symbol.Accounts) yield return _grains.GetGrain<IExecutionGrain>($"{account}/{symbol.Symbol}");
        }
    }

    private async Task SaveSymbolsAsync()
    {
        foreach (var symbol in _settings.Symbols)
        {
            try
            {
                await _grains.GetGrain<ISymbolGrain>(symbol.Symbol).Save();
            }
            catch (Exception e)
            {
                // The stop goes on: what came after the snapshot before is fetched again at the next start.
                LogSaveFailed(e, symbol.Symbol);
            }
        }
    }

    private async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var grain in ConfiguredGrains())
            {
                try
                {
                    await grain.Ping();
                }
                catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    LogPingFailed(e, grain.GetPrimaryKeyString());
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(_settings.KeepAliveIntervalMs), _time, cancellationToken);
        }
    }

    private async Task LoadRulesAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var wait = RulesInterval;
            try
            {
                _catalog.Load(await _market.GetSymbolRulesAsync(cancellationToken));
                foreach (var symbol in _settings.Symbols)
                {
                    if (_catalog.Find(symbol.Symbol) is null) LogUnknownSymbol(symbol.Symbol, _settings.VenueName);
                }
            }
            catch (VenueException e)
            {
                LogRulesFailed(e.Message);
                wait = RulesRetry;
            }

            await Task.Delay(wait, _time, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "grain {Key} could not be activated or did not answer; it is tried again")]
    private partial void LogPingFailed(Exception exception, string key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: the state was not written before the stop; the trades since the last time are fetched again")]
    private partial void LogSaveFailed(Exception exception, string symbol);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Symbol} is configured, but {Venue} does not list it: it cannot be traded; remove it from Engine:Symbols or correct its name")]
    private partial void LogUnknownSymbol(string symbol, string venue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the venue's symbol rules could not be loaded, trying again: {Error}")]
    private partial void LogRulesFailed(string error);
}
