using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>An account's wallet, positions, open and remembered orders.</summary>
internal sealed class AccountState
{
    /// <summary>Moves of isolated margin that are remembered; the venue shows as many at once.</summary>
    public const int MarginMovesMax = 1_000;

    private readonly Dictionary<long, AccountOrder> _orders = [];
    private readonly Dictionary<(string Symbol, string ClientId), AccountOrder> _byClientId = [];

    public AccountState(int owner, ExchangeAccount account, IReadOnlyList<ListedSymbol> symbols, IReadOnlyList<BracketTable> brackets, ExchangeOptions options)
    {
        Owner = owner;
        Name = account.Name;
        Initial = account.InitialBalance;
        Finished = new BoundedList<AccountOrder>(options.FinishedOrdersMax);
        Income = new BoundedList<IncomeRecord>(options.IncomeMax);
        Commission = new CommissionRates(account.MakerFee ?? options.MakerFee, account.TakerFee ?? options.TakerFee) { Asset = account.FeeAsset };
        Symbols = new SymbolAccount[symbols.Count];
        for (var i = 0; i < Symbols.Length; i++) Symbols[i] = new SymbolAccount(this, symbols[i], brackets[i], options.Leverage, options.FillsMax);
    }

    /// <summary>Owner number in the books: 1 and up.</summary>
    public int Owner { get; }

    public string Name { get; }

    public decimal Initial { get; private set; }

    /// <summary>Wallet balance, isolated margins included.</summary>
    public decimal Balance => Initial + RealizedPnl - Fees + Funding + Deposits - Withdrawals + InsuranceClear;

    public decimal RealizedPnl { get; private set; }

    public decimal Fees { get; private set; }

    public decimal Funding { get; private set; }

    public decimal Deposits { get; private set; }

    public decimal Withdrawals { get; private set; }

    public decimal InsuranceClear { get; private set; }

    public CommissionRates Commission { get; }

    public bool IsHedged { get; set; }

    /// <summary>Whether the owner has been warned since the crossed positions were last safe.</summary>
    public bool IsWarned { get; set; }

    public long UpdatedMs { get; private set; }

    /// <summary>By symbol index.</summary>
    public SymbolAccount[] Symbols { get; }

    public BoundedList<IncomeRecord> Income { get; }

    public BoundedList<PositionMarginMove> MarginMoves { get; } = new(MarginMovesMax);

    public BoundedList<AccountOrder> Finished { get; }

    public bool IsDirty { get; set; }

    public void Book(decimal realizedPnl, decimal fee, long timeMs)
    {
        RealizedPnl += realizedPnl;
        Fees += fee;
        Touch(timeMs);
    }

    public void BookFunding(decimal amount, long timeMs)
    {
        Funding += amount;
        Touch(timeMs);
    }

    public void BookTransfer(decimal amount, long timeMs)
    {
        if (amount > 0) Deposits += amount;
        else Withdrawals -= amount;
        Touch(timeMs);
    }

    public void BookInsurance(decimal amount, long timeMs)
    {
        InsuranceClear += amount;
        Touch(timeMs);
    }

    public void Touch(long timeMs)
    {
        UpdatedMs = timeMs;
        IsDirty = true;
    }

    public void Restore(
        decimal initial, decimal realizedPnl, decimal fees, decimal funding, decimal deposits, decimal withdrawals, decimal insuranceClear, long updatedMs)
    {
        Initial = initial;
        RealizedPnl = realizedPnl;
        Fees = fees;
        Funding = funding;
        Deposits = deposits;
        Withdrawals = withdrawals;
        InsuranceClear = insuranceClear;
        UpdatedMs = updatedMs;
    }

    /// <summary>An order by the venue's id, or by client id when that is 0: an open one first, else the latest finished one that is remembered.</summary>
    public AccountOrder? Find(string symbol, long orderId, string? clientOrderId)
    {
        AccountOrder? order;
        if (orderId != 0) _orders.TryGetValue(orderId, out order);
        else _byClientId.TryGetValue((symbol, clientOrderId ?? ""), out order);
        return order?.Symbol.Name == symbol ? order : null;
    }

    public void Add(AccountOrder order)
    {
        _orders.Add(order.OrderId, order);
        _byClientId[(order.Symbol.Name, order.ClientOrderId)] = order;
        Symbols[order.Symbol.Index].Orders.Add(order);
    }

    /// <summary>Moves a final order from the open ones to the remembered ones.</summary>
    public void Finish(AccountOrder order)
    {
        Symbols[order.Symbol.Index].Orders.Remove(order);
        if (!Finished.Add(order, out var dropped) || dropped is null) return;
        _orders.Remove(dropped.OrderId);
        var key = (dropped.Symbol.Name, dropped.ClientOrderId);
        if (_byClientId.TryGetValue(key, out var latest) && ReferenceEquals(latest, dropped)) _byClientId.Remove(key);
    }

    public AccountOrder? FindById(long orderId) => _orders.GetValueOrDefault(orderId);
}
