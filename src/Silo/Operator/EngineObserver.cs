using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Supervision;
using Granary.Silo.Configuration;
using Granary.Silo.Configuration.Mapping;
using Granary.Silo.Configuration.Sections;
using Granary.Silo.Hosting;
using Granary.Silo.Metrics;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Operator;

/// <summary>
/// Looks at the engine by asking its grains for views. The configured grains are always active, so that asking starts nothing. A grain that does not
/// answer within <see cref="AnswerMsMax"/> is reported as such and holds nothing up.
/// </summary>
public sealed class EngineObserver
{
    /// <summary>Longest wait for a grain's view: 2,000 ms.</summary>
    public const int AnswerMsMax = 2_000;

    /// <summary>Age of market data that counts as a problem: 30,000 ms.</summary>
    public const int DataAgeMsMax = 30_000;

    private readonly IGrainFactory _grains;
    private readonly EngineSettings _settings;
    private readonly GranaryOptions _options;
    private readonly TimeProvider _time;
    private readonly RuntimeMetrics _metrics;
    private readonly WatchdogFindings? _findings;
    private readonly long _startedMs;

    /// <summary>Creates an observer.</summary>
    public EngineObserver(
        IGrainFactory grains, EngineSettings settings, GranaryOptions options, SiloStart start, RuntimeMetrics metrics, TimeProvider time,
        WatchdogFindings? findings = null)
    {
        _findings = findings;
        _grains = grains;
        _settings = settings;
        _options = options;
        _time = time;
        _metrics = metrics;
        _startedMs = start.TimeMs;
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>One account.</summary>
    /// <exception cref="OperatorProblem">503 when its grain does not answer.</exception>
    public async Task<AccountBody> GetAccountAsync(string account, CancellationToken cancellationToken)
    {
        var body = await ReadAccountAsync(account, cancellationToken);
        if (body.State != AccountBody.NoAnswer) return body;
        throw new OperatorProblem(StatusCodes.Status503ServiceUnavailable, "No answer", $"account {account} does not answer: {body.StateReason}");
    }

    /// <summary>The risk of one account.</summary>
    /// <exception cref="OperatorProblem">503 when its grain does not answer.</exception>
    public Task<RiskReport> GetRiskAsync(string account, CancellationToken cancellationToken) =>
        DemandAsync("risk", $"account {account}", () => _grains.GetGrain<IRiskGrain>(account).GetReport(), cancellationToken);

    /// <summary>The stop of the whole engine.</summary>
    /// <exception cref="OperatorProblem">503 when its grain does not answer.</exception>
    public Task<EngineStop> GetEngineStopAsync(CancellationToken cancellationToken) =>
        DemandAsync("kill switch", "the kill switch", () => _grains.GetGrain<IKillSwitchGrain>(IKillSwitchGrain.Key).GetStop(), cancellationToken);

    /// <summary>What orders cost against their arrival prices, of one account and symbol or with null of all, in the order of the configuration.</summary>
    /// <exception cref="OperatorProblem">503 when a grain does not answer.</exception>
    public async Task<SlippageView[]> GetSlippageAsync(string? account, string? symbol, CancellationToken cancellationToken)
    {
        var asked = _settings.Symbols.Where(s => symbol is null || s.Symbol == symbol)
            .SelectMany(s => s.Accounts.Where(a => account is null || a == account).Select(a => $"{a}/{s.Symbol}"));
        var groups = await Task.WhenAll(asked.Select(key =>
            DemandAsync("execution", $"execution {key}", () => _grains.GetGrain<IExecutionGrain>(key).GetSlippage(), cancellationToken)));
        return [.. groups.SelectMany(g => g)];
    }

    /// <summary>One symbol.</summary>
    /// <exception cref="OperatorProblem">503 when its grain does not answer.</exception>
    public async Task<SymbolBody> GetSymbolAsync(string symbol, CancellationToken cancellationToken)
    {
        var body = await ReadSymbolAsync(symbol, cancellationToken);
        if (body.Error.Length == 0) return body;
        throw new OperatorProblem(StatusCodes.Status503ServiceUnavailable, "No answer", $"symbol {symbol} does not answer: {body.Error}");
    }

    /// <summary>The newest closed bars of a configured symbol, and the running one.</summary>
    /// <exception cref="OperatorProblem">The symbol does not answer in time.</exception>
    public Task<BarsView> GetBarsAsync(string symbol, int countMax, CancellationToken cancellationToken) =>
        DemandAsync("symbol", $"symbol {symbol}", () => _grains.GetGrain<ISymbolGrain>(symbol).GetBars(countMax), cancellationToken);

    /// <summary>All accounts, in the order of the configuration.</summary>
    public Task<AccountBody[]> GetAccountsAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_settings.Accounts.Select(a => ReadAccountAsync(a.Name, cancellationToken)));

    /// <summary>All symbols, in the order of the configuration, without the last bar and decision.</summary>
    public async Task<SymbolBody[]> GetSymbolsAsync(CancellationToken cancellationToken)
    {
        var symbols = await Task.WhenAll(_settings.Symbols.Select(s => ReadSymbolAsync(s.Symbol, cancellationToken)));
        return [.. symbols.Select(s => s with { LastBar = null, LastDecision = null, LastMinute = null, Book = null })];
    }

    /// <summary>The whole picture.</summary>
    public async Task<StatusBody> GetStatusAsync(CancellationToken cancellationToken)
    {
        var accountsTask = GetAccountsAsync(cancellationToken);
        var symbols = await GetSymbolsAsync(cancellationToken);
        var accounts = await accountsTask;
        var problems = new List<string>();
        var notes = new List<string>();
        foreach (var account in accounts) Judge(account, problems, notes);
        foreach (var symbol in symbols) Judge(symbol, problems, notes);
        if (_findings is not null) problems.AddRange(_findings.Open);
        return new StatusBody(
            _settings.EngineId, typeof(EngineObserver).Assembly.GetName().Version?.ToString(3) ?? "", RuntimeIdentity.Name, _settings.VenueName,
            _options.IsRealMoney(), _options.Venue.Name == VenueSection.BuiltIn ? _options.Exchange.Market.ToString().ToLowerInvariant() : "", _startedMs, NowMs,
            problems.Count == 0 ? StatusBody.Healthy : StatusBody.Unhealthy, problems, notes, accounts, symbols);
    }

    private static void Judge(AccountBody account, List<string> problems, List<string> notes)
    {
        var why = account.StateReason.Length > 0 ? $": {account.StateReason}" : "";
        if (account.State == AccountBody.NoAnswer) problems.Add($"account {account.Account} does not answer{why}");
        else if (account.State == "Recovering") problems.Add($"account {account.Account} is recovering and opens nothing{why}");
        else if (account.State != "Active") notes.Add($"account {account.Account} is {account.State}{why}");
        if (account.UnknownOrders > 0) problems.Add($"account {account.Account} has {account.UnknownOrders} orders with unknown outcome");
    }

    private void Judge(SymbolBody symbol, List<string> problems, List<string> notes)
    {
        if (symbol.Error.Length > 0) problems.Add($"symbol {symbol.Symbol} does not answer: {symbol.Error}");
        else if (symbol.LastTradeTimeMs == 0 && NowMs - _startedMs > DataAgeMsMax) problems.Add($"symbol {symbol.Symbol} has had no trade yet");
        else if (symbol.LastTradeTimeMs != 0 && symbol.DataAgeMs > DataAgeMsMax)
            (_options.IsRecordedMarket() ? notes : problems).Add($"symbol {symbol.Symbol} has had no data for {symbol.DataAgeMs / 1_000} s");
        if (symbol.Holes > 0) notes.Add($"symbol {symbol.Symbol} has {symbol.Holes} holes in its trades that could not be filled");
    }

    private async Task<AccountBody> ReadAccountAsync(string account, CancellationToken cancellationToken)
    {
        var (view, why) = await AskAsync("risk", () => _grains.GetGrain<IRiskGrain>(account).GetView(), cancellationToken);
        return view is null ? AccountBody.Silent(account, why, NowMs) : AccountBody.From(view);
    }

    private async Task<SymbolBody> ReadSymbolAsync(string symbol, CancellationToken cancellationToken)
    {
        var (view, why) = await AskAsync("symbol", () => _grains.GetGrain<ISymbolGrain>(symbol).GetView(), cancellationToken);
        return view is null ? SymbolBody.Silent(symbol, why) : SymbolBody.From(view);
    }

    private async Task<T> DemandAsync<T>(string kind, string name, Func<ValueTask<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var (view, why) = await AskAsync(kind, ask, cancellationToken);
        return view ?? throw new OperatorProblem(StatusCodes.Status503ServiceUnavailable, "No answer", $"{name} does not answer: {why}");
    }

    private async Task<(T? View, string Why)> AskAsync<T>(string kind, Func<ValueTask<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var started = _time.GetTimestamp();
        try
        {
            var view = await ask().AsTask().WaitAsync(TimeSpan.FromMilliseconds(AnswerMsMax), _time, cancellationToken);
            _metrics.Answered(kind, _time.GetElapsedTime(started));
            return (view, "");
        }
        catch (TimeoutException)
        {
            return (null, $"no answer within {AnswerMsMax} ms");
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever a grain throws, an operator wants to see the rest of the picture.
            return (null, e.Message);
        }
    }
}
