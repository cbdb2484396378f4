using Granary.Engine.Orders;
using Granary.Engine.Reconciliation;
using Granary.Grains.Interfaces.Execution;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>Both sides of a comparison: what the engine holds at this moment, and what the venue answers.</summary>
public sealed partial class ExecutionGrain
{
    private const int PageSize = 1_000;

    /// <summary>The audited trade id before the last settled round: trades are asked for from there, so that one which the venue shows late is not passed over.</summary>
    private long _fetchedTradeId;

    /// <summary>When the fills were last held against the books; 0 when not since the start or the user stream's return.</summary>
    private long _fillsAuditedMs;

    /// <summary>When books and venue were last known to agree, as far back as the journal tells.</summary>
    private long _settledMs;

    private EngineSide Capture() => new()
    {
        Symbol = _symbol,
        NowMs = NowMs,
        Orders = [.. _tracker.Live.Where(order => !_sending.Contains(order.ClientOrderId))],
        Lacking = [.. _tracker.Lacking.Where(order => !_books.Synthetic.IsInferredFor(order.ClientOrderId))],
        Stops = _stops.All,
        Quantity = _books.Ledger.Quantity,
        CostBasis = _books.Ledger.CostBasis,
        FillCount = _books.FillCount,
        LastFillMs = _books.LastFillMs,
        FindOrder = _tracker.Find,
        KnowsTrade = _tracker.KnowsTrade,
        IsOwnStop = _stops.IsOwn,
    };

    /// <summary>
    /// Asks the venue for the lists, for the fills where they are due, and for what the lists leave open. Fills come after the position: one that the position
    /// contains is then among them.
    /// </summary>
    /// <returns>The answers, and the fills, or null where they were not asked for.</returns>
    private async Task<(VenueSide Venue, IReadOnlyList<Fill>? Trades)> FetchAsync(EngineSide asked, LookScope scope, CancellationToken token)
    {
        var askedMs = NowMs + (_clock.SkewMs ?? 0);
        var areTradesComplete = !_isNew && NowMs - _settledMs < Reconciler.HistoryMs;
        var look = scope == LookScope.Symbol ? await LookAsync(token) : await LookWithAccountAsync(asked, scope == LookScope.AccountNow);
        foreach (var report in look.Orders) await RecallListedAsync(report, token);
        var venue = new VenueSide
        {
            AskedMs = askedMs,
            Orders = look.Orders,
            Position = look.Position,
            Trades = [],
            AreTradesComplete = areTradesComplete,
            Triggers = look.Triggers?.Select(trigger => trigger.ToReport()).ToArray(),
        };
        var isDue = look.MayAskFills || (_fillsAuditedMs == 0 && FillAudit.MayHaveTraded(asked)) || FillAudit.IsNeeded(asked, Capture(), venue);
        var trades = isDue ? await FetchTradesAsync(token) : null;
        if (trades is not null) venue = venue with { Trades = trades };
        return (await AskOneByOneAsync(asked, venue, token), trades);
    }

    /// <summary>This symbol's lists alone.</summary>
    private async Task<SymbolLook> LookAsync(CancellationToken token)
    {
        var orders = await _trading.GetOpenOrdersAsync(_symbol, token);
        var positions = await _accountPort.GetPositionsAsync(_symbol, token);
        var triggers = _settings.Protection.AtVenue ? await _trading.GetOpenTriggersAsync(_symbol, token) : null;
        return new SymbolLook(
            "", [.. orders], positions.FirstOrDefault(p => p.Symbol == _symbol), triggers?.Select(TriggerReportMessage.From).ToArray(), MayAskFills: true);
    }

    /// <summary>This symbol's part of the account's lists.</summary>
    private async Task<SymbolLook> LookWithAccountAsync(EngineSide asked, bool isUrgent)
    {
        SymbolLook look;
        try
        {
            look = await GrainFactory.GetGrain<IAccountReaderGrain>(_account)
                .Look(new LookRequest(_symbol, _fillsAuditedMs, FillAudit.MayHaveTraded(asked), isUrgent));
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stopping.IsCancellationRequested)
        {
            throw new VenueException($"the account's reader did not answer: {e.Message}", innerException: e);
        }

        return look.Fault.Length == 0 ? look : throw new VenueException(look.Fault);
    }

    private async Task<VenueSide> AskOneByOneAsync(EngineSide asked, VenueSide venue, CancellationToken token)
    {
        var questions = Reconciler.Ask(asked, Capture(), venue);
        var (orderAnswers, stopAnswers) = (new Dictionary<string, OrderReport?>(), new Dictionary<string, TriggerOrderReport?>());
        foreach (var id in questions.Orders)
        {
            var answer = await _trading.QueryAsync(_symbol, id, token);
            if (answer.Kind == OrderAnswerKind.Accepted) orderAnswers[id] = answer.Report;
            else if (IsAbsence(answer.Kind, answer.Code)) orderAnswers[id] = null;
        }

        foreach (var id in questions.Stops)
        {
            var answer = await _trading.QueryTriggerAsync(_symbol, id, token);
            if (answer is { Kind: OrderAnswerKind.Accepted, Report: { } report }) stopAnswers[id] = report;
            else if (IsAbsence(answer.Kind, answer.Code)) stopAnswers[id] = null;
        }

        return venue with { OrderAnswers = orderAnswers, StopAnswers = stopAnswers };
    }

    private async Task<IReadOnlyList<Fill>> FetchTradesAsync(CancellationToken token)
    {
        var trades = new List<Fill>();
        for (var from = _fetchedTradeId + 1; ; from = trades[^1].TradeId + 1)
        {
            var page = await _accountPort.GetUserTradesAsync(_symbol, from, PageSize, token);
            trades.AddRange(page);
            if (page.Count < PageSize) return trades;
        }
    }

    /// <summary>The very first look at an account: what it holds already is foreign, and its trade history is not ours to book.</summary>
    private async Task SkipHistoryAsync(CancellationToken token)
    {
        var last = 0L;
        for (var from = 0L; ;)
        {
            var page = await _accountPort.GetUserTradesAsync(_symbol, from, PageSize, token);
            if (page.Count > 0) last = Math.Max(last, page[^1].TradeId);
            if (page.Count < PageSize) break;
            from = last + 1;
        }

        (_auditedTradeId, _fetchedTradeId) = (last, last);
        if (last > 0) _tracker.RaiseTradeFloor(last);
        await SaveAsync([_books.ToRecord(_auditedTradeId, NowMs)]);
        _isHistorySkipped = true;
        LogOpened(_account, _symbol, last);
    }

    private static bool IsAbsence(OrderAnswerKind kind, int code) => kind == OrderAnswerKind.Rejected && code is OrderDoesNotExist or UnknownOrder;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Account}/{Symbol}: books opened after trade {TradeId}")]
    private partial void LogOpened(string account, string symbol, long tradeId);
}
