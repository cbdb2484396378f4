using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Grains.Hosting;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Telemetry;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Granary.Grains.Risk;

/// <summary>
/// The gate of one account. A proposal is decided by the kernel, recorded with its features, and, when approved, handed to execution, which has it in the
/// journal before this returns. Books come from the execution grains: every notice carries the whole of a symbol, an audit asks for them every few seconds,
/// so a lost notice heals. Until every symbol is reconciled and the user stream is up, the account is Recovering and opens nothing.
/// </summary>
[GrainType("risk")]
public sealed partial class RiskGrain : Grain, IRiskGrain
{
    private const string Approved = "Approved";

    private static readonly TimeSpan AuditInterval = TimeSpan.FromSeconds(5);

    private readonly EngineSettings _settings;
    private readonly IAccountPorts _ports;
    private readonly IMarketDataPort _market;
    private readonly IJournal _journal;
    private readonly SymbolCatalog _catalog;
    private readonly VenueClock _clock;
    private readonly TimeProvider _time;
    private readonly EngineMetrics _metrics;
    private readonly ILogger<RiskGrain> _logger;
    private readonly SortedDictionary<string, ExecutionView> _books = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, MarkNotice> _markets = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _refusals = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, InFlight> _inFlight = new(StringComparer.Ordinal);

    private string _account = "";
    private string[] _symbols = [];
    private JournalEpoch _epoch = null!;
    private RiskGate _gate = null!;
    private AccountFunds _funds = null!;
    private bool _streamUp;
    private long _streamChanges;
    private string _streamDetail = "the user stream is not connected yet";
    private ReturnHistory _returns = null!;
    private AccountSettings _own = null!;
    private long _approvals;
    private long _marketTimeMs;
    private RiskView _view = null!;

    /// <summary>Creates the grain.</summary>
    public RiskGrain(
        EngineSettings settings, IAccountPorts ports, IMarketDataPort market, IJournal journal, SymbolCatalog catalog, VenueClock clock, TimeProvider time,
        EngineMetrics metrics, ILogger<RiskGrain> logger)
    {
        _settings = settings;
        _ports = ports;
        _market = market;
        _journal = journal;
        _catalog = catalog;
        _clock = clock;
        _time = time;
        _metrics = metrics;
        _logger = logger;
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private string Owner => $"risk/{_account}";

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _account = this.GetPrimaryKeyString();
        _own = _settings.Accounts.FirstOrDefault(a => a.Name == _account)
            ?? throw new KeyNotFoundException($"account {_account} is not configured; add it to Accounts");
        _symbols = [.. _settings.Symbols.Where(s => s.Accounts.Contains(_account)).Select(s => s.Symbol)];
        _epoch = await _journal.AcquireEpochAsync(Owner, cancellationToken);
        _gate = new RiskGate(_settings.EngineId, _account, _own.Limits);
        _funds = new AccountFunds();
        _returns = NewReturns();
        _streamLostMs = NowMs;
        await LoadAsync(cancellationToken);
        ApplyState();
        await NoticeChangesAsync();
        _view = MakeView();
        this.RegisterGrainTimer(
            static (grain, token) => grain.AuditAsync(token), this,
            new GrainTimerCreationOptions(TimeSpan.Zero, AuditInterval) { KeepAlive = true, Interleave = true });
        await base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask Ping() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<RiskView> GetView() => ValueTask.FromResult(_view);

    /// <inheritdoc/>
    public async ValueTask<ProposalAnswer> Propose(ProposalMessage message)
    {
        using var span = EngineTraces.Gate(message.Proposal.IntentId);
        var answer = await DecideAsync(message.Proposal, message.Market, message.Features, message.ReceivedTimestamp);
        await NoticeChangesAsync();
        _view = MakeView();
        return answer;
    }

    /// <inheritdoc/>
    public async Task OnOrder(OrderNotice notice)
    {
        try
        {
            await TakeAsync(notice.View);
        }
        catch (JournalException e)
        {
            // One-way: nobody else would hear of it. The audit comes round.
            LogReconcileFailed(e, _account, notice.View.Symbol);
        }
    }

    /// <inheritdoc/>
    public async Task OnMark(MarkNotice notice)
    {
        _markets[notice.Symbol] = notice;
        _marketTimeMs = Math.Max(_marketTimeMs, notice.TimeMs);
        _returns.Observe(notice.Symbol, notice.Mark, notice.TimeMs);
        _gate.OnMark(notice.Symbol, notice.Mark, notice.TimeMs);
        await NoticeChangesAsync();
    }

    /// <inheritdoc/>
    public async ValueTask OnStream(bool connected, string detail)
    {
        var number = ++_streamChanges;
        if (_streamUp && !connected) _streamLostMs = NowMs;
        _streamUp = connected;
        _streamDetail = detail;
        if (!connected)
        {
            ApplyState();
            _view = MakeView();
            await NoticeChangesAsync();
            return;
        }

        // Events may have been missed: nothing is opened before books and venue have been compared again.
        (_streamUp, _streamLostMs) = (false, NowMs);
        await CheckModeAsync(CancellationToken.None);
        await ReconcileAllAsync("user stream connected");

        // Proposals and prices were taken meanwhile, and so may have been another loss: then this says nothing any more.
        if (number != _streamChanges) return;
        _streamUp = true;
        ApplyState();
        _view = MakeView();
        await NoticeChangesAsync();
    }

    /// <inheritdoc/>
    public async ValueTask<RiskView> Reconcile(string reason)
    {
        await ReconcileAllAsync(reason);
        return _view = MakeView();
    }

    private async Task<ProposalAnswer> DecideAsync(Proposal proposal, MarketState market, string features, long receivedTimestamp)
    {
        if (_catalog.Find(proposal.Symbol) is not { } rules)
            return await RecordAsync(proposal, features, null, new Refusal(RefusalReason.UnknownSymbol, $"symbol={proposal.Symbol} the venue does not list it"));
        var told = _markets.GetValueOrDefault(proposal.Symbol);
        var context = new MarketContext(
            rules, market.LastPrice, market.BidPrice, market.AskPrice, market.MarkPrice ?? told?.Mark, market.DataAgeMs, market.MarketTimeMs)
        {
            Guard = _settings.Symbols.FirstOrDefault(s => s.Symbol == proposal.Symbol)?.Guard ?? GuardProfiles.Atr,
            ClockSkewMs = _clock.SkewMs,
            TradeIntensityShare = market.TradeIntensityShare,
            CrossMarketFlow = market.CrossMarketFlow,
            FeedDoubt = market.FeedDoubt,
            PriceImpact = told?.PriceImpact,
            Depth = market.Depth?.ToDepth() ?? default,
            Fees = _fees.TryGetValue(proposal.Symbol, out var fees) ? fees : null,
            FundingShare = FundingShare(told, proposal.Side, market.MarketTimeMs),
        };
        _marketTimeMs = Math.Max(_marketTimeMs, market.MarketTimeMs);
        var decision = _gate.Decide(Placed(WithinParity(proposal)), context);

        // Its objects are made here, once.
        var minted = decision.Approved;
        if (minted is not { } approved)
        {
            var refused = await RecordAsync(proposal, features, null, decision.Refusal);
            HastenExit(proposal, decision.Refusal!);
            return refused;
        }

        // Known from the moment of its reservation on, which an interleaved snapshot may catch; it ends by its record or its failure, and by no audit.
        var id = approved.Value.Request.ClientOrderId;
        _inFlight[id] = new InFlight(proposal.Symbol, long.MaxValue, long.MaxValue);
        ProposalAnswer answer;
        try
        {
            answer = await RecordAsync(proposal, features, approved.Value, null);
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            // Not recorded, not sent: another activation may have taken over, and would mint the same id.
            _inFlight.Remove(id);
            _gate.OnNeverSubmitted(id);
            if (e is StaleEpochException) DeactivateOnIdle();
            throw;
        }

        _inFlight[id] = new InFlight(proposal.Symbol, long.MaxValue, NowMs);
        try
        {
            var version = await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{proposal.Symbol}")
                .Submit(new ApprovedOrderMessage(approved, receivedTimestamp)
                {
                    IsPatient = proposal.IsPatient,
                    BidPrice = market.BidPrice,
                    AskPrice = market.AskPrice,
                    LastPrice = market.LastPrice,
                    ReferencePrice = proposal.ReferencePrice,
                    Depth = market.Depth,
                    PriceImpact = told?.PriceImpact,
                });
            _inFlight[id] = new InFlight(proposal.Symbol, version, NowMs);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Nobody knows whether execution took it: the reservation stays until an audit shows the order, or shows that it never came.
            LogSubmitFailed(e, id);
        }

        return answer;
    }

    private decimal? Known(string symbol) => _markets.GetValueOrDefault(symbol)?.Mark;

    /// <summary>
    /// Records the decision. An approval is durable when this returns: its append is what tells a gate that it has been replaced, before its order leaves, for
    /// execution's own epoch may still be good. A refusal is queued.
    /// </summary>
    private async Task<ProposalAnswer> RecordAsync(Proposal proposal, string features, Order? order, Refusal? refusal)
    {
        var reason = refusal?.Reason.ToString() ?? "";
        if (refusal is null)
        {
            _approvals++;
            _metrics.Approvals.Add(1);
        }
        else
        {
            _refusals[reason] = _refusals.GetValueOrDefault(reason) + 1;
            _metrics.Refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));
        }

        var detail = refusal?.Detail ?? order!.Request.ClientOrderId;
        var record = DecisionOf(proposal, features, refusal is null ? Approved : "Refused", reason, detail);
        if (refusal is null) await _journal.AppendAsync([record], _epoch);
        else await _journal.EnqueueAsync([record], _epoch);
        return new ProposalAnswer(refusal is null, order?.Request.ClientOrderId ?? "", reason, refusal?.Detail ?? "");
    }

    private DecisionRecord DecisionOf(Proposal proposal, string features, string outcome, string reason, string detail) => new(
        _account, proposal.Symbol, proposal.Strategy, proposal.IntentId, proposal.Kind.ToString(), proposal.Side.ToString(), proposal.Strength,
        proposal.BarIndex, outcome, reason, detail, proposal.Why, features, proposal.MarketTimeMs, NowMs);

    [LoggerMessage(Level = LogLevel.Error, Message = "order {ClientOrderId} was approved, but execution did not confirm it; it stays reserved until the audit")]
    private partial void LogSubmitFailed(Exception exception, string clientOrderId);
}
