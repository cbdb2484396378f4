using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Reconciliation;
using Granary.Grains.Configuration;
using Granary.Grains.Hosting;
using Granary.Grains.Interfaces.Execution;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Granary.Grains.Execution;

/// <summary>
/// One account's questions to the venue, asked once for all of its symbols. It begins each periodic round by a one-way word to every execution grain; each of
/// them takes note of its own side, comes back for a look, and compares. So nobody's side is older than the question, and no state is held here.
/// </summary>
[GrainType("account-reader")]
public sealed partial class AccountReaderGrain(EngineSettings settings, IAccountPorts ports, TimeProvider time, ILogger<AccountReaderGrain> logger)
    : Grain, IAccountReaderGrain
{
    /// <summary>How long a look waits for others to join: the symbols are told of a round one after the other.</summary>
    private const long GatherMs = 50;

    private readonly CancellationTokenSource _stopping = new();
    private readonly bool _hasTriggers = settings.Protection.AtVenue;
    private List<Waiting> _waiting = [];
    private TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _account = "";
    private string[] _symbols = [];
    private ITradingPort _trading = null!;
    private IAccountPort _accountPort = null!;
    private bool _isLooking;
    private Task _asking = Task.CompletedTask;
    private long _startedMs;
    private int _weight;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private LookBudget Budget => new(
        _accountPort.WeightLimit * settings.ReconcileWeightShare / settings.Accounts.Count, settings.ReconcileIntervalMs);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _account = this.GetPrimaryKeyString();
        if (settings.Accounts.All(a => a.Name != _account)) throw new KeyNotFoundException($"account {_account} is not configured; add it to Accounts");
        _symbols = [.. settings.Symbols.Where(s => s.Accounts.Contains(_account)).Select(s => s.Symbol)];
        _trading = ports.GetTrading(_account);
        _accountPort = ports.GetAccount(_account);
        var interval = TimeSpan.FromMilliseconds(settings.ReconcileIntervalMs);
        this.RegisterGrainTimer(
            static (grain, _) => grain.BeginRoundAsync(), this, new GrainTimerCreationOptions(interval, interval) { KeepAlive = true, Interleave = true });
        return base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Not CancelAsync, which would go on in the thread pool.
        _stopping.Cancel();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <summary>
    /// Answers when the venue has answered the question under way. Looks interleave, so that nothing else would tell whoever watches that one of them hangs.
    /// </summary>
    public ValueTask Ping() => new(_asking);

    /// <inheritdoc/>
    public async ValueTask<SymbolLook> Look(LookRequest request)
    {
        var waiting = new Waiting(request);
        _waiting.Add(waiting);
        if (request.IsUrgent) _hurry.TrySetResult();
        if (!_isLooking) _ = LookAsync();
        return await waiting.Answer.Task;
    }

    private Task BeginRoundAsync()
    {
        foreach (var symbol in _symbols) _ = GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}").OnRound();
        return Task.CompletedTask;
    }

    /// <summary>Looks until nobody waits any more.</summary>
    private async Task LookAsync()
    {
        _isLooking = true;
        while (_waiting.Count > 0)
        {
            try
            {
                await PauseAsync();
            }
            catch (OperationCanceledException)
            {
                // It ends: who waits is told, and asks the next activation.
            }

            var asking = _waiting;
            _waiting = [];
            _asking = AnswerAsync(asking);
            await _asking;
        }

        _isLooking = false;
    }

    /// <summary>Waits for others to join, and for as long as the looks before have used up the share.</summary>
    private async Task PauseAsync()
    {
        var nowMs = NowMs;
        var isUrgent = _waiting.Exists(w => w.Request.IsUrgent);
        var dueMs = Math.Max(nowMs + GatherMs, _startedMs + Budget.PauseMs(_weight, isUrgent));
        if (!isUrgent) _hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pause = Task.Delay(TimeSpan.FromMilliseconds(dueMs - nowMs), time, _stopping.Token);
        if (isUrgent) await pause;
        else if (await Task.WhenAny(pause, _hurry.Task) != pause) await PauseAsync();
        else await pause;
    }

    private async Task AnswerAsync(List<Waiting> asking)
    {
        var symbols = asking.Select(w => w.Request.Symbol).Distinct().ToArray();
        var candidates = asking.Select(w => new AuditCandidate(w.Request.Symbol, w.Request.FillsAuditedMs, w.Request.MayHaveTraded)).DistinctBy(c => c.Symbol).ToArray();
        var picked = FillRotation.Pick(candidates, NowMs, Budget.Audits(symbols.Length, _hasTriggers));
        (_startedMs, _weight) = (NowMs, LookBudget.ListWeight(symbols.Length, _hasTriggers) + (picked.Count * LookBudget.Fills));
        try
        {
            // Positions come after the orders and before the fills, which the symbols ask for themselves: a fill that a position contains is then among those.
            var orders = await ListAsync(symbols, _trading.GetOpenOrdersAsync, static report => report.Symbol);
            var listed = await _accountPort.GetPositionsAsync(symbols.Length == 1 ? symbols[0] : null, _stopping.Token);
            var positions = listed.ToLookup(position => position.Symbol);
            var triggers = _hasTriggers ? await ListAsync(symbols, _trading.GetOpenTriggersAsync, static report => report.Symbol) : null;
            foreach (var waiting in asking)
            {
                var symbol = waiting.Request.Symbol;
                waiting.Answer.TrySetResult(new SymbolLook(
                    "", [.. orders[symbol]], positions[symbol].FirstOrDefault(), triggers is null ? null : [.. triggers[symbol].Select(TriggerReportMessage.From)],
                    picked.Contains(symbol)));
            }
        }
        catch (Exception e)
        {
            // Whatever it is, those who wait for it have to hear.
            if (!_stopping.IsCancellationRequested) LogFailed(_account, symbols.Length, e.Message);
            foreach (var waiting in asking) waiting.Answer.TrySetResult(SymbolLook.Failed(e.Message));
        }
    }

    private async Task<ILookup<string, T>> ListAsync<T>(
        string[] symbols, Func<string?, CancellationToken, ValueTask<IReadOnlyList<T>>> ask, Func<T, string> symbolOf)
    {
        var lists = LookBudget.IsWholeAccount(symbols.Length)
            ? [await ask(null, _stopping.Token)]
            : await Task.WhenAll(symbols.Select(symbol => ask(symbol, _stopping.Token).AsTask()));
        return lists.SelectMany(static list => list).ToLookup(symbolOf);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "account {Account}: the lists of {Symbols} symbols could not be asked for: {Error}")]
    private partial void LogFailed(string account, int symbols, string error);

    /// <summary>Who waits for a look.</summary>
    private sealed record Waiting(LookRequest Request)
    {
        public TaskCompletionSource<SymbolLook> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
