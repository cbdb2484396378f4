using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Conditional;

/// <summary>Conditional orders, amendments and countdowns: what the order desk keeps beside the ledger. Part of the exchange's durable record.</summary>
internal sealed class OrderDeskState(IReadOnlyList<ListedSymbol> symbols, PendingEvents events)
{
    /// <summary>Amendments remembered over all accounts.</summary>
    public const int AmendmentsMax = 10_000;

    private bool _countdownsChanged;

    public ConditionalBook Conditionals { get; } = new(symbols, events);

    public BoundedList<(string Account, OrderAmendment Amendment)> Amendments { get; } = new(AmendmentsMax);

    public List<(string Account, OrderAmendment Amendment)> NewAmendments { get; } = [];

    /// <summary>Protocol time at which all open orders of an account in a symbol are cancelled.</summary>
    public SortedDictionary<(string Account, int Symbol), long> Countdowns { get; } = [];

    public long LastAmendmentId { get; set; }

    public bool HasChanges => _countdownsChanged || NewAmendments.Count != 0 || Conditionals.Changed.Count != 0;

    /// <summary>Whether the record must name the countdowns.</summary>
    public bool HasCountdownChanges
    {
        get => _countdownsChanged;
        set => _countdownsChanged = value;
    }

    public void Amended(AccountOrder order, decimal price, decimal quantity, PriceMatch match, long timeMs)
    {
        var amendment = new OrderAmendment(
            ++LastAmendmentId, order.Symbol.Name, order.OrderId, order.ClientOrderId, timeMs, order.Price, price, order.Quantity, quantity,
            order.Terms.Amendments + 1, match);
        NewAmendments.Add((order.Account.Name, amendment));
        Amendments.Add((order.Account.Name, amendment), out _);
    }

    public void Arm(string account, ListedSymbol symbol, long? atMs)
    {
        if (atMs is { } at) Countdowns[(account, symbol.Index)] = at;
        else if (!Countdowns.Remove((account, symbol.Index))) return;
        _countdownsChanged = true;
    }

    public void ClearChanges()
    {
        _countdownsChanged = false;
        NewAmendments.Clear();
        Conditionals.ClearChanges();
    }
}
