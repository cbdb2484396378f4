using Granary.Engine.Market;
using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Conditional;

/// <summary>
/// The conditional orders of all accounts. Prices only mark orders as triggering and line them up; the exchange places their orders afterwards, one
/// operation each. Bounded: at most <see cref="WaitingMax"/> waiting ones an account, and the newest <see cref="EndedMax"/> that have ended.
/// </summary>
internal sealed class ConditionalBook(IReadOnlyList<ListedSymbol> symbols, PendingEvents events)
{
    /// <summary>Waiting conditional orders of one account over all symbols.</summary>
    public const int WaitingMax = 200;

    /// <summary>Ended conditional orders remembered.</summary>
    public const int EndedMax = 10_000;

    private const long FirstAlgoId = 1_000_000_000;

    private readonly List<ConditionalState>[] _waiting = [.. symbols.Select(_ => new List<ConditionalState>())];
    private readonly SortedDictionary<long, ConditionalState> _byId = [];
    private readonly Dictionary<(string Account, string ClientId), ConditionalState> _byClientId = [];
    private readonly BoundedList<ConditionalState> _ended = new(EndedMax);
    private readonly Queue<ConditionalState> _due = new();

    public long LastAlgoId { get; set; } = FirstAlgoId;

    /// <summary>Changed since the last record.</summary>
    public List<ConditionalState> Changed { get; } = [];

    public IEnumerable<ConditionalState> All => _byId.Values;

    public ConditionalState? NextDue()
    {
        // What has ended since it was lined up is passed over.
        while (_due.TryDequeue(out var due))
            if (due.Order.Status == ConditionalStatus.Triggering) return due;
        return null;
    }

    public int WaitingCount(string account) => _waiting.Sum(orders => orders.Count(state => state.Account == account));

    public IReadOnlyList<ConditionalState> Waiting(string account, ListedSymbol symbol) =>
        [.. _waiting[symbol.Index].Where(state => state.Account == account)];

    public ConditionalState? Find(string account, long algoId, string? clientAlgoId)
    {
        var state = algoId != 0 ? _byId.GetValueOrDefault(algoId) : _byClientId.GetValueOrDefault((account, clientAlgoId ?? ""));
        return state?.Account == account ? state : null;
    }

    public ConditionalState Add(string account, ListedSymbol symbol, NewConditionalOrder request, decimal price, long timeMs)
    {
        var id = ++LastAlgoId;
        var order = new ConditionalOrder(id, request.ClientAlgoId ?? $"granary-algo-{id}", request, ConditionalStatus.New, timeMs, timeMs);
        var state = new ConditionalState(account, symbol, price == 0 ? order : ConditionalTrigger.Follow(order, price));
        Index(state);
        Touch(state);
        events.Conditional(account, state.Order);
        return state;
    }

    /// <summary>Lets every waiting order of the symbol see a price.</summary>
    public void OnPrice(ListedSymbol symbol, decimal price, WorkingType source, long timeMs)
    {
        var waiting = _waiting[symbol.Index];
        for (var i = 0; i < waiting.Count; i++)
        {
            var state = waiting[i];
            if (state.Order.Request.WorkingType != source) continue;
            var followed = ConditionalTrigger.Follow(state.Order, price);
            if (!ReferenceEquals(followed, state.Order))
            {
                state.Order = followed;
                Touch(state);
            }
            if (!ConditionalTrigger.IsReached(followed, price)) continue;
            if (ConditionalTrigger.IsHeldBack(followed.Request, symbol.Mark.Mark, Fixed8.ToDecimal(symbol.State.LastPriceE8))) continue;
            Set(state, followed with { Status = ConditionalStatus.Triggering, TriggeredMs = timeMs, UpdatedMs = timeMs });
            _due.Enqueue(state);
            i--;
        }
    }

    /// <summary>What the placed order became; once it is final the conditional order is finished.</summary>
    public void OnOrder(AccountOrder order)
    {
        if (!_byId.TryGetValue(order.Terms.AlgoId, out var state) || state.Order.Status != ConditionalStatus.Triggered) return;
        state.Order = state.Order with { ExecutedQuantity = Fixed8.ToDecimal(order.ExecutedE8), ExecutedQuote = order.ExecutedQuote };
        if (order.IsOpen) Touch(state);
        else Set(state, state.Order with { Status = ConditionalStatus.Finished, UpdatedMs = order.UpdatedMs });
    }

    /// <summary>Ends what the account has in the symbol and has placed no order yet.</summary>
    public void Expire(string account, ListedSymbol symbol, string reason, long timeMs)
    {
        foreach (var state in Waiting(account, symbol).Concat(_due.Where(d => d.Account == account && d.Symbol == symbol)).ToArray())
        {
            if (IsFinal(state.Order)) continue;
            Set(state, state.Order with { Status = ConditionalStatus.Expired, Reason = reason, UpdatedMs = timeMs });
        }
    }

    /// <summary>Changes the order and tells it.</summary>
    public ConditionalOrder Set(ConditionalState state, ConditionalOrder order)
    {
        if (state.Order.IsWaiting && !order.IsWaiting) _waiting[state.Symbol.Index].Remove(state);
        state.Order = order;
        Touch(state);
        if (IsFinal(order)) Remember(state);
        events.Conditional(state.Account, order);
        return order;
    }

    /// <summary>Puts a recorded order in the place of what was there.</summary>
    public void Restore(ConditionalState state)
    {
        if (_byId.TryGetValue(state.Order.AlgoId, out var known))
        {
            if (known.Order.IsWaiting) _waiting[known.Symbol.Index].Remove(known);
            var wasFinal = IsFinal(known.Order);
            known.Order = state.Order;
            if (known.Order.IsWaiting) _waiting[known.Symbol.Index].Add(known);
            else if (!wasFinal && IsFinal(known.Order)) Remember(known);
            return;
        }
        Index(state);
        if (IsFinal(state.Order)) Remember(state);
    }

    /// <summary>Lines up again what triggered before a restart and was not placed.</summary>
    public void Resume()
    {
        foreach (var state in _byId.Values)
            if (state.Order.Status == ConditionalStatus.Triggering) _due.Enqueue(state);
    }

    public void ClearChanges()
    {
        foreach (var state in Changed) state.IsDirty = false;
        Changed.Clear();
    }

    private static bool IsFinal(ConditionalOrder order) =>
        order.Status is not (ConditionalStatus.New or ConditionalStatus.Triggering or ConditionalStatus.Triggered);

    private void Index(ConditionalState state)
    {
        _byId.Add(state.Order.AlgoId, state);
        _byClientId[(state.Account, state.Order.ClientAlgoId)] = state;
        if (state.Order.IsWaiting) _waiting[state.Symbol.Index].Add(state);
    }

    private void Touch(ConditionalState state)
    {
        if (state.IsDirty) return;
        state.IsDirty = true;
        Changed.Add(state);
    }

    private void Remember(ConditionalState state)
    {
        if (!_ended.Add(state, out var dropped) || dropped is null) return;
        _byId.Remove(dropped.Order.AlgoId);
        var key = (dropped.Account, dropped.Order.ClientAlgoId);
        if (_byClientId.TryGetValue(key, out var latest) && ReferenceEquals(latest, dropped)) _byClientId.Remove(key);
    }
}
